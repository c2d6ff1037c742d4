package net.pangea.machine;

import java.nio.ByteBuffer;

/** A UDP socket: messages that may be lost, doubled or reordered, never joined or split. */
public interface DatagramSocket extends AutoCloseable {

    /** The largest payload of a datagram over IPv4: 65,535 less the headers. */
    int MAX_PAYLOAD_BYTES = 65_507;

    Endpoint local();

    /**
     * Sends what remains of {@code payload}. Does not block: when the machine's queue is full the datagram is
     * dropped, as on any link.
     *
     * @throws NetworkFailure TOO_LARGE, UNREACHABLE (this machine has no way) or CLOSED
     */
    void send(Endpoint to, ByteBuffer payload);

    /**
     * Waits for a datagram, puts it into {@code target} and returns its sender. What does not fit is cut off.
     * An interrupted call takes none. Datagrams that nobody takes wait in a bounded queue; beyond it
     * new ones are dropped.
     *
     * @throws NetworkFailure CLOSED
     */
    Endpoint receive(ByteBuffer target) throws InterruptedException;

    /** Idempotent. */
    @Override
    void close();
}
