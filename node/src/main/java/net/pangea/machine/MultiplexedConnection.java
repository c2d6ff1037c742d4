package net.pangea.machine;

/**
 * A connection that carries many byte streams, each a {@link Connection} of its own: half-close, reset and backpressure are
 * the stream's, and a stream that nobody reads holds up no other.
 *
 * <p>Bounded: each side opens at most so many streams at a time, and each stream has a window. Any task may call it.
 */
public interface MultiplexedConnection extends AutoCloseable {

    Endpoint local();

    Endpoint remote();

    /**
     * Opens a stream. Nothing need have reached the other side when it returns; in QUIC nothing does before the first byte
     * or the end.
     *
     * @throws NetworkFailure EXHAUSTED if as many as may be are open, RESET, TIMED_OUT or CLOSED
     */
    Connection open() throws InterruptedException;

    /**
     * Waits for a stream that the other side opens. An interrupt takes none.
     *
     * @throws NetworkFailure RESET, TIMED_OUT or CLOSED once the connection has ended, also to those who wait then
     */
    Connection accept() throws InterruptedException;

    /** {@return how many streams are open, of both sides} */
    int openStreams();

    /** {@return whether the connection has ended} If so, that is known before any of its streams fails for it. */
    boolean hasEnded();

    /** Ends the connection in good order and resets its streams, without waiting. Idempotent. */
    @Override
    void close();
}
