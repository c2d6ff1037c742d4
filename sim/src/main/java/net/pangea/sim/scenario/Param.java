package net.pangea.sim.scenario;

import java.util.Optional;

/**
 * One key of the language: its name, what it says, how its value is written, and what holds without it.
 *
 * @param sentence what it says, for the reference page
 * @param fallback what holds when it is not written
 * @param required whether it must be written
 */
public record Param<T>(String name, String sentence, Type<T> type, Optional<T> fallback, boolean required) {

    /** {@return a key that must be written} */
    public static <T> Param<T> required(String name, Type<T> type, String sentence) {
        return new Param<>(name, sentence, type, Optional.empty(), true);
    }

    /** {@return a key that may be left out, and then says nothing} */
    public static <T> Param<T> optional(String name, Type<T> type, String sentence) {
        return new Param<>(name, sentence, type, Optional.empty(), false);
    }

    /** {@return a key that means {@code fallback} when it is left out} */
    public static <T> Param<T> standard(String name, Type<T> type, String fallback, String sentence) {
        return new Param<>(name, sentence, type, Optional.of(type.read(Yaml.text(fallback))), false);
    }

    /** {@return a key whose value is a mapping with defaults of its own} */
    public static Param<Arguments> nested(String name, Shape shape) {
        Type<Arguments> type = Types.shape(shape);
        Arguments empty = new Arguments(shape, Yaml.WRITTEN);
        return new Param<>(name, shape.sentence(), type, Optional.of(empty), false);
    }
}
