package net.pangea.sim.shrink;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Delta debugging: takes elements away, many at a time first, until no single one can be taken away (1-minimal).
 *
 * <p>The algorithm <i>ddmin</i> of Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", IEEE Transactions on
 * Software Engineering 28(2), 2002, section 3.2, with two changes that keep its result: nothing at all is tried first, and after a
 * complement that fails the next one is tried, not the first.
 *
 * @param kept elements of the smallest that fails
 * @param make makes a candidate of some of them
 * @param parts into how many parts they are cut
 * @param at which part is next
 * @param passed how many candidates of this stage have passed since the last that failed
 */
record Ddmin<E, T>(List<E> kept, Function<List<E>, T> make, T best, Stage stage, int parts, int at, int passed)
        implements Narrowing<T> {

    enum Stage {
        NOTHING,
        PARTS,
        COMPLEMENTS,
        OVER
    }

    Ddmin {
        kept = List.copyOf(kept);
    }

    /**
     * {@return the beginning}
     *
     * @param start what {@code make} makes of all elements: it fails
     */
    static <E, T> Ddmin<E, T> of(List<E> elements, Function<List<E>, T> make, T start) {
        return new Ddmin<>(elements, make, start, elements.isEmpty() ? Stage.OVER : Stage.NOTHING, 2, 0, 0);
    }

    @Override
    public Optional<T> candidate() {
        return elements().map(make);
    }

    /** The elements of the candidate. */
    private Optional<List<E>> elements() {
        return switch (stage) {
            case NOTHING -> Optional.of(List.of());
            case PARTS -> Optional.of(kept.subList(bound(at), bound(at + 1)));
            case COMPLEMENTS ->
                Optional.of(Stream.concat(
                                kept.subList(0, bound(at)).stream(), kept.subList(bound(at + 1), kept.size()).stream())
                        .toList());
            case OVER -> Optional.empty();
        };
    }

    private int bound(int part) {
        return (int) ((long) kept.size() * part / parts);
    }

    @Override
    public Ddmin<E, T> after(boolean fails) {
        List<E> tried = elements().orElseThrow();
        return fails ? reduced(tried) : further();
    }

    private Ddmin<E, T> reduced(List<E> left) {
        T smaller = make.apply(left);
        if (left.size() < 2) {
            return new Ddmin<>(left, make, smaller, Stage.OVER, 1, 0, 0);
        }
        if (stage == Stage.PARTS) {
            return new Ddmin<>(left, make, smaller, Stage.PARTS, 2, 0, 0);
        }
        int fewer = Math.max(parts - 1, 2);
        return new Ddmin<>(left, make, smaller, Stage.COMPLEMENTS, fewer, at % fewer, 0);
    }

    private Ddmin<E, T> further() {
        return switch (stage) {
            case NOTHING -> kept.size() < 2 ? in(Stage.OVER, 1) : in(Stage.PARTS, 2);
            case PARTS -> {
                if (passed + 1 < parts) {
                    yield new Ddmin<>(kept, make, best, stage, parts, at + 1, passed + 1);
                }
                // The complements of two halves are the halves.
                yield parts == 2 ? finer() : in(Stage.COMPLEMENTS, parts);
            }
            case COMPLEMENTS ->
                passed + 1 < parts
                        ? new Ddmin<>(kept, make, best, stage, parts, (at + 1) % parts, passed + 1)
                        : finer();
            case OVER -> this;
        };
    }

    private Ddmin<E, T> finer() {
        return parts >= kept.size() ? in(Stage.OVER, 1) : in(Stage.PARTS, Math.min(2 * parts, kept.size()));
    }

    private Ddmin<E, T> in(Stage next, int cut) {
        return new Ddmin<>(kept, make, best, next, cut, 0, 0);
    }
}
