package net.pangea.machine;

import java.nio.ByteBuffer;

/**
 * A byte stream between two machines, in order and without gaps, or broken.
 *
 * <p>Both directions are bounded: a writer waits when the reader does not read. At most one task reads and
 * one task writes at a time; the two do not disturb each other. Boundaries of writes are not kept.
 */
public interface Connection extends AutoCloseable {

    Endpoint local();

    Endpoint remote();

    /**
     * Reads at least one byte into {@code target}, as many as are there, and returns how many; -1 once the
     * other side has closed its output and everything was read. A target without room reads 0 at once.
     * An interrupted read takes no byte and leaves the connection as it was.
     *
     * @throws NetworkFailure RESET, TIMED_OUT or CLOSED
     */
    int read(ByteBuffer target) throws InterruptedException;

    /**
     * Writes all of {@code source}, waiting for room. Returning means that the bytes are on their way, not that
     * they have arrived.
     *
     * <p>If it is interrupted, or fails, after a part was taken ({@code source}'s position says how much), the
     * framing of the stream is lost for the other side, so the connection is reset. Interrupted before
     * the first byte, it is left as it was.
     *
     * @throws NetworkFailure RESET (also when the other side no longer reads), TIMED_OUT or CLOSED
     */
    void write(ByteBuffer source) throws InterruptedException;

    /** Ends the output (half-close): the other side reads what is under way, then -1. Idempotent. */
    void closeOutput();

    /** Breaks the connection at once; the other side gets RESET, bytes under way may be lost. Idempotent. */
    void reset();

    /**
     * Closes both directions without waiting: what was written is still delivered if the other side reads it, what
     * was not read is dropped (the other side then gets RESET when it writes). Idempotent.
     */
    @Override
    void close();
}
