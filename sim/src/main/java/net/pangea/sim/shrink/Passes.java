package net.pangea.sim.shrink;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Several searches one after the other, each from the smallest that the one before has found. The last of them are repeated until
 * all of them find nothing any more: then what each of them cannot make smaller, all of them cannot.
 *
 * @param passes each begins a search
 * @param again the number of the first of those that are repeated
 * @param at the number of the one that is on
 * @param current that one; over only when all are
 * @param before the smallest when the round began
 */
record Passes<T>(List<Function<T, Narrowing<T>>> passes, int again, int at, Narrowing<T> current, T before)
        implements Narrowing<T> {
    Passes {
        passes = List.copyOf(passes);
    }

    /** {@return the beginning} */
    static <T> Passes<T> of(List<Function<T, Narrowing<T>>> passes, int again, T start) {
        return new Passes<>(passes, again, 0, passes.getFirst().apply(start), start).settled();
    }

    /** On to the next search that has a candidate, if there is any. */
    private Passes<T> settled() {
        Passes<T> one = this;
        while (one.current.candidate().isEmpty()) {
            boolean isLast = one.at + 1 == passes.size();
            T smallest = one.best();
            if (isLast && smallest.equals(one.before)) {
                return one;
            }
            int next = isLast ? again : one.at + 1;
            one = new Passes<>(
                    passes, again, next, passes.get(next).apply(smallest), next == again ? smallest : one.before);
        }
        return one;
    }

    @Override
    public Optional<T> candidate() {
        return current.candidate();
    }

    @Override
    public Passes<T> after(boolean fails) {
        return new Passes<>(passes, again, at, current.after(fails), before).settled();
    }

    @Override
    public T best() {
        return current.best();
    }
}
