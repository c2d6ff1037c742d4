package net.pangea.libp2p.security;

import net.pangea.machine.Connection;
import net.pangea.multiformats.PeerId;

/**
 * A way to secure connections, under the name by which multistream-select knows it.
 *
 * <p>Every wait of a handshake is a read or a write of the connection that is passed: put a deadline around the call. If the
 * handshake fails or is interrupted, that connection is reset or closed, and nothing else is left of it. Any task may call it.
 */
public interface SecurityProtocol {

    /** {@return its name in multistream-select} */
    String id();

    /**
     * Secures a connection that this side has opened, to a peer it knows the id of. Another peer is refused before anything
     * is sent to it.
     *
     * @throws SecurityFailure of any kind
     * @throws net.pangea.machine.NetworkFailure if the connection fails
     */
    Secured dial(Connection connection, PeerId expected) throws InterruptedException;

    /**
     * Secures a connection that the other side has opened.
     *
     * @throws SecurityFailure of any kind but WRONG_PEER
     * @throws net.pangea.machine.NetworkFailure if the connection fails
     */
    Secured accept(Connection connection) throws InterruptedException;
}
