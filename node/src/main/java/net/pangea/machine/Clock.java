package net.pangea.machine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A machine's time.
 *
 * <p>{@link #now} is the wall clock: good for timestamps that others read, wrong by an offset, drifting and
 * jumping, backwards too. {@link #nanoTime} is the monotonic clock: good for measuring and for waiting; it
 * may run a little fast or slow (drift) but never jumps. Sleeps and deadlines follow the monotonic clock.
 *
 * <p>There are no timers and no callbacks here: start a task that sleeps.
 */
public interface Clock {

    /** {@return the wall clock's time, as wrong as this machine's clock is} */
    Instant now();

    /** {@return nanoseconds since an arbitrary point of this incarnation; only differences mean something} */
    long nanoTime();

    /**
     * Waits for {@code duration} by the monotonic clock. Zero or less still lets other tasks run.
     *
     * @throws InterruptedException if a deadline passed or the task was cancelled
     */
    void sleep(Duration duration) throws InterruptedException;

    /**
     * Runs {@code body} and returns its value, or throws {@link DeadlineExceeded} if {@code limit} passed
     * first.
     *
     * <p>At the deadline the calling task is interrupted once. The body waits interruptibly (every seam call
     * does), so it ends soon; it is never abandoned half-way. Exactly one of the two happens: if the deadline
     * passed before the body ended, the body's value is dropped, and what it threw becomes the
     * cause of the {@code DeadlineExceeded}.
     *
     * <p>Deadlines nest. Each is attributed to its own scope: an inner body stopped by an outer deadline sees
     * an {@link InterruptedException}, and only the outer call turns it into {@code DeadlineExceeded}. None
     * survives its scope: once this method has returned, its deadline interrupts nothing.
     *
     * <p>Neither a deadline nor a cancellation closes a file or a connection that others use; a stream write
     * cut half-way resets that one stream (see {@link Connection#write}).
     *
     * @param limit how long; zero or less has passed before the body runs, which then does not run
     */
    <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
            throws X, InterruptedException;
}
