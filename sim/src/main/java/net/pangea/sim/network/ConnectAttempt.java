package net.pangea.sim.network;

import java.time.Duration;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
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
 * The opening of a connection: a SYN that is answered, refused, or sent again until the transport gives up.
 *
 * <p>Retries double from one second, as RFC 6298 (section 5.7) and Linux have it: six of them, 127 seconds.
 */
final class ConnectAttempt {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final int RETRIES = 6;

    /** A router's answer that it knows no way. */
    private static final long NO_ROUTE_NANOS = 20_000_000;

    private final NetworkStack stack;
    private final Endpoint local;
    private final Endpoint remote;
    private final Waiters waiters = new Waiters();
    private PacketTap.Opening tap = NoTap.NONE;
    private @Nullable SimConnection client;
    private @Nullable SimConnection accepted;
    private NetworkFailure.@Nullable Kind failure;
    private boolean established;
    private boolean abandoned;

    ConnectAttempt(NetworkStack stack, Endpoint local, Endpoint remote) {
        this.stack = stack;
        this.local = local;
        this.remote = remote;
    }

    Connection await() throws InterruptedException {
        Simulation simulation = stack.fabric().simulation();
        Pauses.interruptibly(simulation, stack.nic().number(), SimConnection.CALL_NANOS);
        Nic target = stack.fabric().find(stack.nic(), remote.address());
        if (target == null) {
            Pauses.interruptibly(simulation, stack.nic().number(), NO_ROUTE_NANOS);
            throw new NetworkFailure(NetworkFailure.Kind.UNREACHABLE, remote.toString());
        }
        tap = stack.fabric().tap().opening(simulation.now(), stack.nic(), local, target, remote);
        sendSyn(target, 0);
        try {
            while (!established) {
                NetworkFailure.Kind kind = failure;
                if (kind != null) {
                    throw new NetworkFailure(kind, remote.toString());
                }
                waiters.await(simulation);
            }
        } catch (InterruptedException e) {
            abandoned = true;
            if (client != null) {
                client.reset();
            }
            throw e;
        }
        SimConnection connection = client;
        if (connection == null) {
            throw new IllegalStateException("established without a connection");
        }
        return connection;
    }

    private void sendSyn(Nic target, int tries) {
        Fabric fabric = stack.fabric();
        Simulation simulation = fabric.simulation();
        Nic nic = stack.nic();
        long now = simulation.now();
        RandomStream random = nic.draw(target, now);
        fabric.countMessage();
        Flow flow = new Flow(Protocol.TCP, local, remote);
        Passage.sent(nic, target, local, remote, PacketKind.SYN, now);
        Verdict leaves = Passage.leaves(nic, target, flow, PacketKind.SYN, now);
        if (leaves == Verdict.REJECT) {
            failed(NetworkFailure.Kind.REFUSED);
            return;
        }
        Endpoint source = leaves == Verdict.PASS ? Passage.source(nic, target, flow, PacketKind.SYN, now) : null;
        if (source != null && !fabric.isCut(nic, target) && !fabric.isLost(nic, target, random)) {
            simulation.after(fabric.delay(nic, target, random), new Step(() -> synArrived(target, source, random)));
        }
        simulation.after(FIRST_RETRY.toNanos() << tries, new Step(() -> {
            if (!isSettled()) {
                if (tries == RETRIES) {
                    failed(NetworkFailure.Kind.TIMED_OUT);
                } else {
                    sendSyn(target, tries + 1);
                }
            }
        }));
    }

    private boolean isSettled() {
        return established || abandoned || failure != null;
    }

    /** @param source the client, as the network sees it */
    private void synArrived(Nic target, Endpoint source, RandomStream random) {
        Fabric fabric = stack.fabric();
        Nic nic = stack.nic();
        if (isSettled()) {
            return;
        }
        if (fabric.isClogged(nic, target)) {
            fabric.whenFree(nic, target, new Step(() -> synArrived(target, source, random)));
            return;
        }
        if (fabric.isCut(nic, target) || !target.isPowered()) {
            return;
        }
        long now = fabric.simulation().now();
        Endpoint at = Passage.destination(nic, target, source, remote, PacketKind.SYN, now);
        if (at == null) {
            return;
        }
        Flow flow = new Flow(Protocol.TCP, at, source);
        switch (Passage.enters(nic, target, flow, PacketKind.SYN, now)) {
            case PASS -> requested(target, at, source, random);
            case REJECT -> answer(target, at, source, random, true);
            case DROP -> {}
        }
    }

    /** @param at what the client's request names, as the server's machine knows it */
    private void requested(Nic target, Endpoint at, Endpoint source, RandomStream random) {
        tap.requested(stack.fabric().simulation().now(), at, source);
        Passage.delivered(
                stack.nic(),
                target,
                at,
                source,
                PacketKind.SYN,
                stack.fabric().simulation().now());
        NetworkStack other = target.stack();
        SimListener listener = other == null ? null : other.listener(at.port());
        if (listener != null && accepted == null) {
            if (!listener.hasRoom()) {
                return; // as Linux does: no answer, the other side tries again
            }
            client = new SimConnection(stack, local, remote);
            accepted = new SimConnection(listener.stack(), at, source);
            SimConnection.join(client, accepted, random.nextLong());
            tap.accepted();
            client.tapped(tap.client());
            accepted.tapped(tap.server());
            listener.offer(accepted);
        }
        answer(target, at, source, random, listener == null && accepted == null);
    }

    private void answer(Nic target, Endpoint at, Endpoint source, RandomStream random, boolean refused) {
        Fabric fabric = stack.fabric();
        Nic nic = stack.nic();
        if (fabric.isCut(target, nic) || fabric.isLost(target, nic, random)) {
            return; // the answer is lost; the next SYN is answered again
        }
        fabric.simulation()
                .after(fabric.delay(target, nic, random), new Step(() -> answerArrived(target, at, source, refused)));
    }

    private void answerArrived(Nic target, Endpoint at, Endpoint source, boolean refused) {
        Fabric fabric = stack.fabric();
        Nic nic = stack.nic();
        if (fabric.isClogged(target, nic)) {
            fabric.whenFree(target, nic, new Step(() -> answerArrived(target, at, source, refused)));
            return;
        }
        PacketKind kind = refused ? PacketKind.RST : PacketKind.SEGMENT;
        Passage.End server = new Passage.End(target, at, source);
        Passage.End here = new Passage.End(nic, local, remote);
        long now = fabric.simulation().now();
        if (fabric.isCut(target, nic) || isSettled() || Passage.between(server, here, kind, now) != Verdict.PASS) {
            return;
        }
        Passage.delivered(target, nic, local, remote, kind, now);
        if (refused) {
            tap.refused(now);
            failed(NetworkFailure.Kind.REFUSED);
        } else {
            tap.established(now);
            established = true;
            waiters.wake();
        }
    }

    private void failed(NetworkFailure.Kind kind) {
        failure = kind;
        if (client != null) {
            client.reset();
        }
        waiters.wake();
    }

    /** Something that happens to this attempt later; it dies with the incarnation that connects. */
    private final class Step extends SimEvent {
        private final Runnable effect;

        Step(Runnable effect) {
            this.effect = effect;
        }

        @Override
        protected Incarnation owner() {
            return stack.incarnation();
        }

        @Override
        protected void fire() {
            if (!stack.incarnation().hasCrashed()) {
                effect.run();
            }
        }
    }
}
