package net.pangea.sim.scenario;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be written as the value of a key: how it is read, checked, drawn and written back.
 *
 * @param <T> what the value is to the program
 */
public interface Type<T> {

    /** {@return what may be written, in words, with the range} */
    String words();

    /** {@return the same for who has written nothing} */
    default String form() {
        return words();
    }

    /** {@return the names of stored objects that a value refers to} */
    default List<String> objects(T value) {
        return List.of();
    }

    /**
     * {@return the value}
     *
     * @throws BadInput if this type is not written like that
     */
    T read(Yaml yaml);

    /** {@return the value as text that {@link #read} understands} */
    Yaml write(T value);

    /** {@return the JSON Schema of what may be written, as {@link JsonSchema} has it} */
    Map<String, Object> schema();

    /** {@return the value with everything drawn that is drawn at {@code moment}} */
    default T draw(T value, Moment moment, Draws draws) {
        return value;
    }

    /** {@return the value with machines in words replaced by the machines themselves} */
    default T meet(T value, Directory directory, Draws draws) {
        return value;
    }

    /** {@return the machines that the value names one by one} */
    default List<String> machines(T value) {
        return List.of();
    }

    /** {@return the value without single machines other than these, and without groups that have none of them} */
    default T restricted(T value, Set<String> machines) {
        return value;
    }

    /** {@return whether the value says that no machine is meant} */
    default boolean isNobody(T value) {
        return false;
    }

    /**
     * Refuses a value that refers to something that does not exist.
     *
     * @throws BadInput with the nearest that exists
     */
    default void check(T value, Mark mark, World world) {}

    /** {@return the text of a scalar}, for types that are one word or sentence */
    static String textOf(Yaml yaml, String words) {
        if (yaml instanceof Yaml.Scalar scalar && !scalar.text().isEmpty()) {
            return scalar.text();
        }
        throw new BadInput(yaml.mark(), "expected " + words + ", found " + yaml.noun());
    }
}
