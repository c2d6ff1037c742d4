package net.pangea.machine;

/**
 * A UDP port that speaks QUIC version 1 (RFC 9000): it dials, and accepts if its settings have a backlog. Both sides of a
 * connection show a single certificate (RFC 9001), prove that they hold its key, and agree on the protocol {@code libp2p}.
 * What a certificate says is not looked into: whoever has a connection does that before using it.
 *
 * <p>There are no unidirectional streams, no data before the handshake has ended, no resumption and no migration. Any task
 * may call it.
 */
public interface QuicSocket extends AutoCloseable {

    /** Where it is, with the real port. */
    Endpoint local();

    /**
     * Opens a connection: one round trip. An interrupted dial leaves nothing behind. The other side may still refuse the
     * connection when it returns, which is reset then.
     *
     * @throws NetworkFailure REFUSED if the other side answers and will not have the connection, TIMED_OUT after the
     *     settings' handshake timeout, also where nothing listens: UDP tells nobody; UNREACHABLE if this machine has no
     *     way there; EXHAUSTED; or CLOSED
     */
    SecureConnection dial(Endpoint remote) throws InterruptedException;

    /**
     * Waits for the next connection whose handshake is done. An interrupt takes none. Where more than the backlog wait,
     * new ones are given no answer, or are refused; so are those that the {@link QuicAdmission} does not let in.
     *
     * @throws NetworkFailure CLOSED, also to those who wait when the socket is closed
     */
    SecureConnection accept() throws InterruptedException;

    /** Ends all connections of the socket and gives the port back. Idempotent. */
    @Override
    void close();
}
