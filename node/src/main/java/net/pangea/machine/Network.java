package net.pangea.machine;

import java.util.List;

/**
 * A machine's network: byte streams (TCP), datagrams (UDP), and connections of many streams (QUIC).
 *
 * <p>It does not frame, pool or retry, and encrypts only QUIC, of which that is a part; it knows no peers. Everything it
 * hands out belongs to the incarnation that asked: a crash of the process resets its TCP connections, a power cut leaves the
 * others waiting; of QUIC, which is a part of the process, both leave silence. A deadline or cancellation never closes what
 * other tasks use; the one exception is a write cut half-way ({@link Connection#write}).
 *
 * <p>Every call that blocks is a scheduling point: in simulation a crash can fall before and after it.
 */
public interface Network {

    /**
     * Accepts connections at {@code local}.
     *
     * @param local port 0 takes a free port, see {@link Listener#local}
     * @throws NetworkFailure ADDRESS_IN_USE, ADDRESS_NOT_AVAILABLE or EXHAUSTED
     */
    Listener listen(Endpoint local);

    /**
     * Opens a connection. An interrupted connect leaves nothing behind.
     *
     * @throws NetworkFailure REFUSED, UNREACHABLE, EXHAUSTED, or TIMED_OUT after as long as the transport
     *     tries (minutes): put a deadline around it
     */
    Connection connect(Endpoint remote) throws InterruptedException;

    /**
     * Opens a datagram socket.
     *
     * @throws NetworkFailure ADDRESS_IN_USE, ADDRESS_NOT_AVAILABLE or EXHAUSTED
     */
    DatagramSocket bind(Endpoint local);

    /**
     * Opens a socket that speaks QUIC.
     *
     * @param identity what it proves itself with to whom it dials and who dials it
     * @param admission asked about who dials it
     * @throws NetworkFailure ADDRESS_IN_USE, ADDRESS_NOT_AVAILABLE or EXHAUSTED; UNSUPPORTED if this machine speaks no QUIC
     */
    QuicSocket quic(Endpoint local, QuicIdentity identity, QuicSettings settings, QuicAdmission admission);
    /**
     * Opens a datagram socket that also gets what is sent to a group, by whoever of the same local network has joined it: by
     * other sockets of this machine and by this one too. What it sends comes from the group's port and, to a group, goes into
     * that local network only. Several sockets of a machine may join a group, each gets all of it.
     *
     * <p>What is sent to this machine itself at the group's port is not for a member: whether it gets any of that depends on the
     * machine.
     *
     * @param group a multicast address of IPv4 and a port, not 0
     * @param at this machine's address in the local network that is meant
     * @throws NetworkFailure ADDRESS_NOT_AVAILABLE (also if that network carries no groups), ADDRESS_IN_USE if somebody who does
     *     not share has the port, or EXHAUSTED
     * @throws IllegalArgumentException if {@code group} is none of IPv4
     */
    DatagramSocket join(Endpoint group, IpAddress at);

    /** Requires an endpoint to be what {@link #join} takes. */
    static void requireGroup(Endpoint group) {
        if (!(group.address() instanceof IpAddress.V4) || !group.address().isMulticast() || group.port() == 0) {
            throw new IllegalArgumentException(group + " is no multicast address of IPv4 with a port");
        }
    }

    /**
     * {@return the addresses of {@code host}, at least one, in the order of preference; a spelt-out address is
     * itself}
     *
     * @throws NetworkFailure UNKNOWN_HOST or TIMED_OUT
     */
    List<IpAddress> resolve(String host) throws InterruptedException;

    /** {@return this machine's own addresses, without the wildcard, in order} */
    List<IpAddress> addresses();
}
