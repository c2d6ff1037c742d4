package net.pangea.sim.network;

import java.time.Duration;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import net.pangea.machine.RandomStream;
import net.pangea.machine.SecureConnection;
import net.pangea.sim.engine.Incarnation;
import net.pangea.sim.engine.Pauses;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.device.Flow;
import net.pangea.sim.network.device.PacketKind;
import net.pangea.sim.network.device.Protocol;
import net.pangea.sim.network.device.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * The handshake of a QUIC connection, from the side that dials: one round trip, in which each side shows its certificate.
 *
 * <p>What is lost is sent again after a second, then two, then four (RFC 9002, section 6.2.2), until the settings'
 * timeout. Nobody says that nobody listens. There is no Retry.
 */
final class QuicDial {
    /** Three times the round trip that is assumed before one is known, 333 ms. */
    private static final Duration FIRST_RETRY = Duration.ofMillis(999);

    /** An Initial packet is padded against amplification (RFC 9000, section 14.1). */
    private static final int INITIAL_BYTES = 1_200;

    /** A flight with a certificate of P-256 and its proof: two packets. */
    private static final int CERTIFICATE_FLIGHT_BYTES = 1_800;

    private final SimQuicSocket socket;
    private final Endpoint remote;
    private final Waiters waiters = new Waiters();
    private @Nullable SimQuicConnection client;
    private @Nullable SimQuicConnection server;
    private @Nullable Kind failure;
    private boolean answered;
    private boolean over;

    QuicDial(SimQuicSocket socket, Endpoint remote) {
        this.socket = socket;
        this.remote = remote;
    }

    SecureConnection await() throws InterruptedException {
        Simulation simulation = simulation();
        Pauses.interruptibly(simulation, nic().number(), SimConnection.CALL_NANOS);
        socket.began(this);
        Nic target = socket.stack().fabric().find(nic(), remote.address());
        if (target != null) {
            sendInitial(target, 0);
        }
        Step timeout = new Step(() -> {
            // If it was answered, only a pause of this machine lets this come: it reads first what has come meanwhile.
            if (!answered) {
                fail(Kind.TIMED_OUT);
            }
        });
        simulation.after(socket.settings().handshakeTimeout().toNanos(), timeout);
        boolean done = false;
        try {
            while (!answered) {
                requireNotFailed();
                waiters.await(simulation);
            }
            requireNotFailed();
            SimQuicConnection connection = proved();
            done = true;
            return connection;
        } finally {
            over = true;
            simulation.cancel(timeout);
            socket.ended(this);
            SimQuicConnection begun = client;
            if (!done && begun != null) {
                begun.close();
            }
        }
    }

    private void requireNotFailed() {
        if (failure != null) {
            throw new NetworkFailure(failure, "dial " + remote);
        }
    }

    /** {@return the connection, of which this side is sure} The other side is as soon as it hears of it. */
    private SimQuicConnection proved() {
        SimQuicConnection near = client;
        SimQuicConnection far = server;
        if (near == null || far == null) {
            throw new IllegalStateException("answered without a connection");
        }
        near.begin();
        near.send(CERTIFICATE_FLIGHT_BYTES, far::handshakeDone);
        return near;
    }

    private void sendInitial(Nic target, int tries) {
        Fabric fabric = socket.stack().fabric();
        Simulation simulation = simulation();
        RandomStream random = nic().draw(target, simulation.now());
        fabric.countMessage();
        Endpoint source = leaves(target);
        if (source != null && !fabric.isCut(nic(), target) && !fabric.isLostSealed(nic(), target, random)) {
            long sent = nic().reserveUp(simulation.now(), INITIAL_BYTES);
            long way = fabric.delay(nic(), target, random) + target.downNanos(INITIAL_BYTES);
            simulation.at(sent + way, new Step(() -> handled(target, () -> initialArrived(target, source, random))));
        }
        simulation.after(FIRST_RETRY.toNanos() << tries, new Step(() -> {
            if (!answered) {
                sendInitial(target, tries + 1);
            }
        }));
    }

    /** {@return where a packet to the target seems to come from; null if the devices on this side drop it} */
    private @Nullable Endpoint leaves(Nic target) {
        if (Passage.isFree(nic(), target)) {
            return socket.local();
        }
        long now = simulation().now();
        Flow flow = new Flow(Protocol.UDP, socket.local(), remote);
        Passage.sent(nic(), target, socket.local(), remote, PacketKind.DATAGRAM, now);
        return Passage.leaves(nic(), target, flow, PacketKind.DATAGRAM, now) == Verdict.PASS
                ? Passage.source(nic(), target, flow, PacketKind.DATAGRAM, now)
                : null;
    }

    /** {@return where at the target a packet from {@code source} comes to; null if the devices there drop it} */
    private @Nullable Endpoint enters(Nic target, Endpoint source) {
        if (Passage.isFree(nic(), target)) {
            return remote;
        }
        long now = simulation().now();
        Endpoint at = Passage.destination(nic(), target, source, remote, PacketKind.DATAGRAM, now);
        return at != null
                        && Passage.enters(nic(), target, new Flow(Protocol.UDP, at, source), PacketKind.DATAGRAM, now)
                                == Verdict.PASS
                ? at
                : null;
    }

    /** By the target's process, once it runs: QUIC is a part of it. */
    private void handled(Nic target, Runnable handling) {
        NetworkStack stack = target.stack();
        if (stack != null && stack.incarnation().isPaused()) {
            stack.incarnation().whenResumed(new Step(handling));
        } else {
            handling.run();
        }
    }

    /** @param source this side, as the network sees it */
    private void initialArrived(Nic target, Endpoint source, RandomStream random) {
        Fabric fabric = socket.stack().fabric();
        if (fabric.isClogged(nic(), target)) {
            fabric.whenFree(
                    nic(), target, new Step(() -> handled(target, () -> initialArrived(target, source, random))));
            return;
        }
        NetworkStack stack = target.stack();
        if (stack == null || fabric.isCut(nic(), target)) {
            return;
        }
        Endpoint at = enters(target, source);
        SimQuicSocket other = at == null ? null : stack.quicSocket(at.port());
        if (at == null || other == null) {
            return;
        }
        Passage.delivered(
                nic(), target, at, source, PacketKind.DATAGRAM, simulation().now());
        if (server == null) {
            if (!other.admits(source)) {
                return;
            }
            SimQuicConnection near = new SimQuicConnection(socket, remote, other);
            SimQuicConnection far = new SimQuicConnection(other, source, socket);
            SimQuicConnection.join(near, far, random.nextLong());
            socket.began(near);
            other.beganHandshake(far);
            client = near;
            server = far;
        }
        if (!fabric.isCut(target, nic()) && !fabric.isLostSealed(target, nic(), random)) {
            long sent = target.reserveUp(simulation().now(), CERTIFICATE_FLIGHT_BYTES);
            long way = fabric.delay(target, nic(), random) + nic().downNanos(CERTIFICATE_FLIGHT_BYTES);
            Passage.sent(
                    target, nic(), at, source, PacketKind.DATAGRAM, simulation().now());
            simulation().at(sent + way, new Step(() -> answerArrived(target, at, source)));
        }
    }

    private void answerArrived(Nic target, Endpoint at, Endpoint source) {
        Fabric fabric = socket.stack().fabric();
        if (fabric.isClogged(target, nic())) {
            fabric.whenFree(target, nic(), new Step(() -> answerArrived(target, at, source)));
            return;
        }
        Passage.End far = new Passage.End(target, at, source);
        Passage.End near = new Passage.End(nic(), socket.local(), remote);
        long now = simulation().now();
        if (!fabric.isCut(target, nic()) && Passage.between(far, near, PacketKind.DATAGRAM, now) == Verdict.PASS) {
            Passage.delivered(target, nic(), socket.local(), remote, PacketKind.DATAGRAM, now);
            answered = true;
            waiters.wake();
        }
    }

    void socketClosed() {
        fail(Kind.CLOSED);
    }

    private void fail(Kind why) {
        if (failure == null) {
            failure = why;
            waiters.wake();
        }
    }

    private Nic nic() {
        return socket.stack().nic();
    }

    private Simulation simulation() {
        return socket.stack().fabric().simulation();
    }

    /** Something that happens to this dial later, if it still goes on; it dies with the incarnation that dials. */
    private final class Step extends SimEvent {
        private final Runnable effect;

        Step(Runnable effect) {
            this.effect = effect;
        }

        @Override
        protected Incarnation owner() {
            return socket.stack().incarnation();
        }

        @Override
        protected void fire() {
            if (!over && !socket.stack().incarnation().hasCrashed()) {
                effect.run();
            }
        }
    }
}
