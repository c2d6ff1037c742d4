package net.pangea.libp2p;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.libp2p.tls.PeerCertificate;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicIdentity;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.multiformats.IdentityKey;
import org.jspecify.annotations.Nullable;

/**
 * A host's QUIC sockets: those at which it listens, and from which it dials too, so that others see one address of it; and
 * one that only dials for each kind of address that none of them leads to. All show one certificate, made when the first is
 * opened. Any task may call it.
 */
final class QuicSockets {
    private static final Endpoint ANY_V4 = new Endpoint(IpAddress.of(0, 0, 0, 0), 0);
    private static final Endpoint ANY_V6 = new Endpoint(IpAddress.of(new byte[16]), 0);

    private final IdentityKey key;
    private final Machine machine;
    private final QuicSettings settings;
    private final QuicAdmission admission;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final List<QuicSocket> listening = new ArrayList<>();
    private final List<QuicSocket> dialing = new ArrayList<>();
    private @Nullable QuicIdentity identity;
    private boolean unsupported;
    private boolean closed;

    QuicSockets(IdentityKey key, HostLimits limits, Machine machine, QuicAdmission admission) {
        this.key = key;
        this.machine = machine;
        this.settings = settings(limits);
        this.admission = admission;
    }

    private static QuicSettings settings(HostLimits limits) {
        QuicSettings usual = QuicSettings.DEFAULT;
        // As many as are let in at all: so addresses have to be proved before there is no room for those who can.
        return usual.withBacklog(limits.handshakes())
                .withStreamsMax(limits.session().inboundStreams())
                .withTimes(usual.idleTimeout(), usual.keepAlive(), limits.handshake());
    }

    /**
     * Opens a socket that listens.
     *
     * @throws NetworkFailure as {@link net.pangea.machine.Network#quic}
     */
    QuicSocket listen(Endpoint place) {
        lock.lock();
        try {
            QuicSocket socket = open(place, settings);
            listening.add(socket);
            return socket;
        } finally {
            lock.unlock();
        }
    }

    /** {@return where it listens} */
    List<Endpoint> places() {
        lock.lock();
        try {
            return listening.stream().map(QuicSocket::local).toList();
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether this machine speaks QUIC, as far as is known} */
    boolean isSupported() {
        lock.lock();
        try {
            return !unsupported;
        } finally {
            lock.unlock();
        }
    }

    /**
     * {@return what to dial an address from}
     *
     * @throws NetworkFailure CLOSED, or if there is no socket yet and none can be opened
     */
    QuicSocket towards(IpAddress remote) {
        lock.lock();
        try {
            if (closed) {
                throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "dial " + remote + " from a host");
            }
            Optional<QuicSocket> there = find(listening, remote).or(() -> find(dialing, remote));
            if (there.isPresent()) {
                return there.get();
            }
            QuicSocket socket = open(remote instanceof IpAddress.V4 ? ANY_V4 : ANY_V6, settings.withBacklog(0));
            dialing.add(socket);
            return socket;
        } finally {
            lock.unlock();
        }
    }

    private static Optional<QuicSocket> find(List<QuicSocket> sockets, IpAddress remote) {
        return sockets.stream()
                .filter(socket -> OwnAddresses.leadsTo(socket.local().address(), remote))
                .findFirst();
    }

    private QuicSocket open(Endpoint place, QuicSettings with) {
        try {
            return machine.network().quic(place, identity(), with, admission);
        } catch (NetworkFailure e) {
            unsupported |= e.kind() == NetworkFailure.Kind.UNSUPPORTED;
            throw e;
        }
    }

    private QuicIdentity identity() {
        QuicIdentity made = identity;
        if (made == null) {
            PeerCertificate certificate =
                    PeerCertificate.create(key, machine.clock().now(), machine.secrets());
            made = new QuicIdentity(certificate.encoded().toArray(), certificate.key());
            identity = made;
        }
        return made;
    }

    /** Ends all sockets and what is on them; no other is opened. Idempotent. */
    void close() {
        List<QuicSocket> open;
        lock.lock();
        try {
            closed = true;
            open = new ArrayList<>(listening);
            open.addAll(dialing);
        } finally {
            lock.unlock();
        }
        open.forEach(QuicSocket::close);
    }
}
