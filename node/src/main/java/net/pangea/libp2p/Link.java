package net.pangea.libp2p;

import java.util.concurrent.atomic.AtomicLong;
import net.pangea.libp2p.yamux.YamuxEnd;
import net.pangea.libp2p.yamux.YamuxSession;
import net.pangea.machine.MultiplexedConnection;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** A secured connection to a peer that carries streams. Two are equal only if they are the same. */
final class Link {
    private final PeerId peer;
    private final Multiaddr address;
    private final boolean dialed;
    private final String security;
    private final YamuxSession session;
    private final AtomicLong usedAtNanos;

    /**
     * @param peer who is at the other end, as the handshake has proven
     * @param address of the other end, without its id
     * @param dialed whether this side dialed
     */
    Link(PeerId peer, Multiaddr address, boolean dialed, String security, YamuxSession session, long nowNanos) {
        this.peer = peer;
        this.address = address;
        this.dialed = dialed;
        this.security = security;
        this.session = session;
        this.usedAtNanos = new AtomicLong(nowNanos);
    }

    PeerId peer() {
        return peer;
    }

    Multiaddr address() {
        return address;
    }

    boolean dialed() {
        return dialed;
    }

    String security() {
        return security;
    }

    MultiplexedConnection streams() {
        return session;
    }

    /** Notes that a stream is opened over it. */
    void used(long nowNanos) {
        usedAtNanos.set(nowNanos);
    }

    /** {@return when a stream was last opened over it} */
    long usedAtNanos() {
        return usedAtNanos.get();
    }

    boolean isIdle() {
        return session.openStreams() == 0;
    }

    /**
     * Does the connection's work until it has ended.
     *
     * @return why it has, in a few words
     */
    String run(Scope scope) throws InterruptedException {
        YamuxEnd end = session.run(scope);
        return end.reason().isViolation()
                ? "broke the protocol: " + end.reason().text()
                : end.reason().text();
    }

    /** Looks whether the other side is still there; see {@link YamuxSession#beat}. */
    void beat() {
        session.beat();
    }

    void close() {
        session.close();
    }
}
