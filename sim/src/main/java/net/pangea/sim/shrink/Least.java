package net.pangea.sim.shrink;

import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Looks for the least number whose candidate fails, as if all greater ones failed too. Small numbers make cheap candidates: so it
 * grows from below, twice as large each time, and halves what is left between the last that passed and the first that failed.
 *
 * @param passes the greatest number that is known to pass, or 0
 * @param fails the least that is known to fail
 * @param next the number to try; not below {@code fails} when the search is over
 * @param grows whether nothing was found yet
 */
record Least<T>(LongFunction<T> make, T best, long passes, long fails, long next, boolean grows)
        implements Narrowing<T> {

    /** The first try is one such part of the whole. */
    private static final int FIRST_PART = 64;

    /** What is left between the two is not halved when it is less than one such part. */
    private static final int FINE = 16;

    /**
     * {@return the beginning}
     *
     * @param start the candidate of {@code whole}: it fails
     */
    static <T> Least<T> of(LongFunction<T> make, T start, long whole) {
        return new Least<>(make, start, 0, whole, Math.max(1, whole / FIRST_PART), true);
    }

    @Override
    public Optional<T> candidate() {
        return next < fails ? Optional.of(make.apply(next)) : Optional.empty();
    }

    @Override
    public Least<T> after(boolean failed) {
        long low = failed ? passes : next;
        long high = failed ? next : fails;
        T smallest = failed ? make.apply(next) : best;
        boolean growing = grows && !failed && 2 * next < fails;
        return new Least<>(make, smallest, low, high, growing ? 2 * next : between(low, high), growing);
    }

    private static long between(long low, long high) {
        return high - low <= Math.max(1, high / FINE) ? high : low + (high - low) / 2;
    }
}
