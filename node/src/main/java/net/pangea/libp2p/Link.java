package net.pangea.libp2p;

import java.util.concurrent.atomic.AtomicLong;
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
    private final Carrier carrier;
    private final AtomicLong usedAtNanos;
    private final EarlyStreams early = new EarlyStreams();

    /**
     * @param peer who is at the other end, as the handshake has proven
     * @param address of the other end
     * @param dialed whether this side dialed
     * @param security how it is secured, for reading
     */
    Link(PeerId peer, Multiaddr address, boolean dialed, String security, Carrier carrier, long nowNanos) {
        this.peer = peer;
        this.address = address.withoutPeer();
        this.dialed = dialed;
        this.security = security;
        this.carrier = carrier;
        this.usedAtNanos = new AtomicLong(nowNanos);
    }

    PeerId peer() {
        return peer;
    }

    /** {@return of the other end, without its id} */
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
        return carrier.streams();
    }

    EarlyStreams early() {
        return early;
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
        return carrier.streams().openStreams() == 0;
    }

    /** See {@link Carrier#run}. */
    String run(Scope scope) throws InterruptedException {
        try {
            return carrier.run(scope);
        } finally {
            early.admitAll();
        }
    }

    /** See {@link Carrier#beat}. */
    void beat() {
        carrier.beat();
    }

    void close() {
        carrier.streams().close();
    }
}
