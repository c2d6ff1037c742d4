package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The values written for a {@link Shape}, typed by its {@link Param}s. Immutable. */
public final class Arguments {

    private record Written(Object value, Mark mark) {}

    private final Shape shape;
    private final Mark mark;
    private final Map<String, Written> written;

    Arguments(Shape shape, Mark mark) {
        this(shape, mark, Map.of());
    }

    private Arguments(Shape shape, Mark mark, Map<String, Written> written) {
        this.shape = shape;
        this.mark = mark;
        this.written = written;
    }

    /** {@return nothing written yet, for a verb that stands for others} */
    public static Arguments none(Shape shape, Mark mark) {
        return new Arguments(shape, mark);
    }

    public Shape shape() {
        return shape;
    }

    /** {@return where the mapping starts} */
    public Mark mark() {
        return mark;
    }

    /** {@return where the value of {@code param} is, or the mapping if it is not written} */
    public Mark markOf(Param<?> param) {
        Written value = written.get(param.name());
        return value == null ? mark : value.mark;
    }

    /** {@return whether the file says it, or a draw has} */
    public boolean isWritten(Param<?> param) {
        return written.containsKey(param.name());
    }

    /** {@return the value or its default, if it has one} */
    @SuppressWarnings("unchecked") // with() and read() put only what the param's type gave
    public <T> Optional<T> find(Param<T> param) {
        Written value = written.get(param.name());
        return value == null ? param.fallback() : Optional.of((T) value.value);
    }

    /** {@return where the value of a key is, or the mapping if it is not written} */
    Mark markOf(String key) {
        Written value = written.get(key);
        return value == null ? mark : value.mark;
    }

    /** {@return the machines under a key of any shape, if it has that key and it is written} */
    Optional<Target> target(String key) {
        return Optional.ofNullable(written.get(key))
                .map(Written::value)
                .filter(Target.class::isInstance)
                .map(Target.class::cast);
    }

    /** {@return what is written under a key of any shape, as text} */
    Optional<String> text(String key) {
        return write().entry(key).map(Yaml.Entry::value).map(YamlWriter::flow);
    }

    /** {@return the value or its default, of a param that is required or has one} */
    public <T> T get(Param<T> param) {
        return find(param).orElseThrow(() -> new IllegalStateException(shape.name() + " without " + param.name()));
    }

    /** {@return a quantity that is not left to chance, in its base unit} */
    public long number(Param<Distribution> param) {
        return get(param).constant();
    }

    /** {@return these arguments with another value of {@code param}} */
    public <T> Arguments with(Param<T> param, T value) {
        Map<String, Written> changed = new LinkedHashMap<>(written);
        changed.put(param.name(), new Written(value, markOf(param)));
        return new Arguments(shape, mark, changed);
    }

    /** {@return these arguments without {@code param}} */
    public Arguments without(Param<?> param) {
        Map<String, Written> changed = new LinkedHashMap<>(written);
        changed.remove(param.name());
        return new Arguments(shape, mark, changed);
    }

    /** {@return these arguments, and what {@code over} has written in place of them} */
    Arguments overlaidBy(Arguments over) {
        Map<String, Written> changed = new LinkedHashMap<>(written);
        changed.putAll(over.written);
        return new Arguments(shape, mark, changed);
    }

    <T> Arguments read(Param<T> param, Yaml yaml) {
        Map<String, Written> changed = new LinkedHashMap<>(written);
        changed.put(param.name(), new Written(param.type().read(yaml), yaml.mark()));
        return new Arguments(shape, mark, changed);
    }

    void requireComplete() {
        for (Param<?> param : shape.params()) {
            if (param.required() && !isWritten(param)) {
                throw new BadInput(
                        mark,
                        shape.name() + " needs the key '" + param.name() + "', "
                                + param.type().form());
            }
        }
        shape.rules().forEach(rule -> rule.check().check(this));
    }

    /** {@return these arguments with everything drawn that is drawn at {@code moment}} */
    public Arguments draw(Moment moment, Draws draws) {
        Arguments drawn = this;
        for (Param<?> param : shape.params()) {
            drawn = drawn.drawOne(param, moment, draws.in(param.name()));
        }
        return drawn;
    }

    private <T> Arguments drawOne(Param<T> param, Moment moment, Draws draws) {
        Optional<T> value = find(param);
        if (value.isEmpty()) {
            return this;
        }
        T drawn = param.type().draw(value.get(), moment, draws);
        return drawn.equals(value.get()) ? this : with(param, drawn);
    }

    /** {@return these arguments with machines in words replaced by the machines themselves} */
    public Arguments meet(Directory directory, Draws draws) {
        Arguments met = this;
        for (Param<?> param : shape.params()) {
            met = met.meetOne(param, directory, draws.in(param.name()));
        }
        return met;
    }

    private <T> Arguments meetOne(Param<T> param, Directory directory, Draws draws) {
        Optional<T> value = find(param);
        return value.isEmpty() ? this : with(param, param.type().meet(value.get(), directory, draws));
    }

    /** {@return the machines that are named one by one} */
    List<String> machines() {
        return shape.params().stream().flatMap(this::machinesOf).toList();
    }

    private <T> Stream<String> machinesOf(Param<T> param) {
        return find(param).stream().flatMap(value -> param.type().machines(value).stream());
    }

    /** {@return these arguments without single machines other than these, and without groups that have none of them} */
    Arguments restricted(Set<String> machines) {
        Arguments restricted = this;
        for (Param<?> param : shape.params()) {
            restricted = restricted.restrictedOne(param, machines);
        }
        return restricted;
    }

    private <T> Arguments restrictedOne(Param<T> param, Set<String> machines) {
        return isWritten(param)
                ? with(param, param.type().restricted(find(param).orElseThrow(), machines))
                : this;
    }

    /** {@return whether some key says that no machine is meant} */
    boolean hasNobody() {
        return shape.params().stream().anyMatch(this::isNobody);
    }

    private <T> boolean isNobody(Param<T> param) {
        return find(param).filter(param.type()::isNobody).isPresent();
    }

    /** {@return these arguments with a path that leads from the folder of {@code file} to where it leads now} */
    <T> Arguments moved(Param<T> param, String file) {
        return isWritten(param) && find(param).orElseThrow() instanceof InputPath path
                ? read(param, UserFiles.from(file, path))
                : this;
    }

    /** {@return these arguments with the quantity that {@code text} spells, if it is less than what may be now} */
    <T> Optional<Arguments> smaller(Param<T> param, String text) {
        T value = param.type().read(Yaml.text(text));
        boolean isSmaller = value instanceof Distribution wanted
                && find(param).orElseThrow() instanceof Distribution now
                && (!now.isConstant() || wanted.constant() < now.constant());
        return isSmaller ? Optional.of(with(param, value)) : Optional.empty();
    }

    /** Refuses references to what does not exist. */
    void check(World world) {
        shape.params().forEach(param -> checkOne(param, world));
    }

    private <T> void checkOne(Param<T> param, World world) {
        find(param).ifPresent(value -> param.type().check(value, markOf(param), world));
    }

    /** {@return the names of stored objects that these arguments refer to} */
    List<String> objects() {
        return shape.params().stream().flatMap(param -> objects(param).stream()).toList();
    }

    private <T> List<String> objects(Param<T> param) {
        return find(param).map(value -> param.type().objects(value)).orElse(List.of());
    }

    /** {@return everything that is written or has a default, as text} */
    public Yaml.Mapping write() {
        List<Yaml.Entry> entries = new ArrayList<>();
        shape.params().forEach(param -> writeOne(param, entries));
        return new Yaml.Mapping(entries, Yaml.WRITTEN);
    }

    private <T> void writeOne(Param<T> param, List<Yaml.Entry> entries) {
        find(param)
                .ifPresent(value ->
                        entries.add(Yaml.entry(param.name(), param.type().write(value))));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Arguments that && shape.equals(that.shape) && write().equals(that.write());
    }

    @Override
    public int hashCode() {
        return write().hashCode();
    }

    @Override
    public String toString() {
        return shape.name() + " " + written.keySet();
    }
}
