package net.pangea.libp2p;

import net.pangea.machine.MultiplexedConnection;
import net.pangea.machine.Scope;

/** What the streams of a link are carried by: a multiplexer over a byte stream, or QUIC, which has streams of its own. */
interface Carrier {

    MultiplexedConnection streams();

    /**
     * Does the connection's work until it has ended.
     *
     * @return why it has, in a few words
     */
    String run(Scope scope) throws InterruptedException;

    /** Looks whether the other side is still there; called in even steps. */
    void beat();
}
