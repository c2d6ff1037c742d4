package net.pangea.sim.shrink;

import java.util.Optional;

/**
 * A search for something smaller that still fails, as far as it has come: it names a candidate and, told whether that fails, gives
 * what it has come to then. Immutable, and decided by nothing but its start and the verdicts: so one can look ahead, and the same
 * verdicts always lead to the same end.
 *
 * @param <T> what fails
 */
interface Narrowing<T> {

    /** {@return what to try next; nothing when the search is over} */
    Optional<T> candidate();

    /**
     * {@return how the search goes on}
     *
     * @param fails whether the candidate fails in the way that is looked for
     */
    Narrowing<T> after(boolean fails);

    /** {@return the smallest that is known to fail} */
    T best();
}
