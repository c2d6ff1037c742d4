package net.pangea.machine;

/**
 * A port that accepts connections. Connections that nobody accepts wait in a bounded backlog; beyond it new
 * ones get no answer, as if the packet had been lost.
 */
public interface Listener extends AutoCloseable {

    /** Where it listens, with the real port. */
    Endpoint local();

    /**
     * Waits for the next connection. An interrupt takes none and leaves the listener open.
     *
     * @throws NetworkFailure CLOSED, also to those who wait when the listener is closed
     */
    Connection accept() throws InterruptedException;

    /** Stops listening and resets connections not yet accepted. Accepted ones stay. Idempotent. */
    @Override
    void close();
}
