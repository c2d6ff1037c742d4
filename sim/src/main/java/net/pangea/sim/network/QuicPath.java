package net.pangea.sim.network;

import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure.Kind;
import net.pangea.machine.RandomStream;
import net.pangea.sim.engine.Incarnation;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.device.Flow;
import net.pangea.sim.network.device.PacketKind;
import net.pangea.sim.network.device.Protocol;
import net.pangea.sim.network.device.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a QUIC connection: packets, each on its own, late where one would be lost.
 *
 * <p>What would be lost arrives a probe timeout later, then twice that (RFC 9002, section 6.2). If the way is cut, it is tried
 * again at such times until the sender's end has ended. Acknowledgements are no packets: what arrives is heard of by the
 * sender after the way back, if that is open.
 *
 * <p>QUIC is a part of the process: what reaches a machine that is paused waits there, as in its kernel's buffer, and nothing
 * is acknowledged. A connection's window bounds how much that is.
 *
 * <p>What a device on the way drops is as if the way were cut. It is UDP to them, so a packet from within opens the way back.
 */
final class QuicPath {
    /** IPv4 and UDP headers, a short header with a connection id of 20 bytes, and the tag (RFC 9000, section 17.3). */
    private static final int OVERHEAD_BYTES = 28 + 23 + 16;

    /** Of an Ethernet's packet, what is left for frames. */
    private static final int FRAMES_BYTES = 1_400;

    /** How long an acknowledgement may be held back (RFC 9000, section 18.2). */
    private static final long ACK_DELAY_NANOS = 25_000_000;

    /** The finest of timers (RFC 9002, section 6.1.2). */
    private static final long GRANULARITY_NANOS = 1_000_000;

    private final SimQuicConnection sender;
    private final SimQuicConnection receiver;
    private final RandomStream random;

    /** @param random of this connection and direction */
    QuicPath(SimQuicConnection sender, SimQuicConnection receiver, RandomStream random) {
        this.sender = sender;
        this.receiver = receiver;
        this.random = random;
    }

    SimQuicConnection receiver() {
        return receiver;
    }

    void send(int bytes, Runnable effect) {
        transmit(bytes, effect, 0);
    }

    /** @param timeoutNanos when it is sent again if it is lost; 0 for the first time */
    private void transmit(int bytes, Runnable effect, long timeoutNanos) {
        if (sender.hasEnded() || sender.isDead()) {
            return;
        }
        Fabric fabric = fabric();
        Simulation simulation = fabric.simulation();
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        fabric.countMessage();
        sender.silence().sent(simulation.now());
        Endpoint destination = sender.remote();
        Endpoint source = leaves(sender, receiver);
        int size = sizeOf(bytes);
        long sent = from.reserveUp(simulation.now(), size);
        long way = fabric.delay(from, to, random) + to.downNanos(size);
        long timeout = timeoutNanos == 0 ? probeTimeout(way) : timeoutNanos;
        long delay = way;
        while (fabric.isLostSealed(from, to, random)
                && timeout < sender.silence().idleNanos()) {
            delay += timeout;
            timeout *= 2;
        }
        delay += Fabric.heldBack(from, to, delay, random);
        Packet packet = new Packet(bytes, effect, source, destination, 2 * timeout, to.downBytesPerSecond() == 0);
        packet.doubled = Fabric.isDoubled(from, to, random);
        simulation.at(sent + delay, packet);
    }

    /** {@return where a packet that leaves now seems to come from; null if the devices of its sender drop it} */
    private static @Nullable Endpoint leaves(SimQuicConnection origin, SimQuicConnection target) {
        Nic from = origin.stack().nic();
        Nic to = target.stack().nic();
        if (Passage.isFree(from, to)) {
            return origin.local();
        }
        long now = origin.simulation().now();
        Flow flow = new Flow(Protocol.UDP, origin.local(), origin.remote());
        Passage.sent(from, to, origin.local(), origin.remote(), PacketKind.DATAGRAM, now);
        return Passage.leaves(from, to, flow, PacketKind.DATAGRAM, now) == Verdict.PASS
                ? Passage.source(from, to, flow, PacketKind.DATAGRAM, now)
                : null;
    }

    /** {@return whether a packet that comes now passes the devices of its receiver, and is one of this connection} */
    private static boolean enters(
            SimQuicConnection origin, SimQuicConnection target, @Nullable Endpoint source, Endpoint destination) {
        Nic from = origin.stack().nic();
        Nic to = target.stack().nic();
        if (Passage.isFree(from, to)) {
            return true;
        }
        if (source == null || !target.follows(source)) {
            return false;
        }
        long now = origin.simulation().now();
        Endpoint at = Passage.destination(from, to, source, destination, PacketKind.DATAGRAM, now);
        if (at == null || !at.equals(target.local())) {
            return false;
        }
        Flow flow = new Flow(Protocol.UDP, at, source);
        if (Passage.enters(from, to, flow, PacketKind.DATAGRAM, now) != Verdict.PASS) {
            return false;
        }
        Passage.delivered(from, to, at, source, PacketKind.DATAGRAM, now);
        target.moved(source);
        return true;
    }

    private static int sizeOf(int bytes) {
        return bytes + OVERHEAD_BYTES * Math.max(1, Math.ceilDiv(bytes, FRAMES_BYTES));
    }

    private static long probeTimeout(long way) {
        return 2 * way + Math.max(way, GRANULARITY_NANOS) + ACK_DELAY_NANOS;
    }

    private void arrived(Packet packet) {
        Fabric fabric = fabric();
        Simulation simulation = fabric.simulation();
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        if (receiver.isDead() || receiver.hasEnded()) {
            return; // nobody answers, and the sender will notice
        }
        if (fabric.isClogged(from, to)) {
            fabric.whenFree(from, to, new Effect(() -> arrived(packet)));
            return;
        }
        if (fabric.isCut(from, to) || !enters(sender, receiver, packet.source, packet.destination)) {
            simulation.after(
                    packet.nextTimeout,
                    new Effect(() -> transmit(packet.bytes, packet.effect, 2 * packet.nextTimeout)));
            return;
        }
        handled(() -> taken(packet));
    }

    /** By the receiver's process, once it runs. */
    private void handled(Runnable handling) {
        Incarnation process = receiver.stack().incarnation();
        if (process.isPaused()) {
            process.whenResumed(new Effect(handling));
        } else {
            handling.run();
        }
    }

    private void taken(Packet packet) {
        if (receiver.isDead() || receiver.hasEnded()) {
            return;
        }
        Fabric fabric = fabric();
        long now = fabric.simulation().now();
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        receiver.silence().heard(now);
        if (!fabric.isCut(to, from) && enters(receiver, sender, leaves(receiver, sender), receiver.remote())) {
            sender.silence().heard(now + fabric.delay(to, from, random));
        }
        packet.effect.run();
    }

    /** Says that the sender has closed the connection, once. */
    void sayGoodbye() {
        Fabric fabric = fabric();
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        fabric.countMessage();
        if (!fabric.isCut(from, to) && !fabric.isLost(from, to, random)) {
            Endpoint destination = sender.remote();
            Endpoint source = leaves(sender, receiver);
            fabric.simulation()
                    .after(fabric.delay(from, to, random), new Effect(() -> goodbyeArrived(source, destination)));
        }
    }

    private void goodbyeArrived(@Nullable Endpoint source, Endpoint destination) {
        Fabric fabric = fabric();
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        if (fabric.isClogged(from, to)) {
            fabric.whenFree(from, to, new Effect(() -> goodbyeArrived(source, destination)));
        } else if (!fabric.isCut(from, to) && enters(sender, receiver, source, destination)) {
            handled(() -> receiver.fail(Kind.RESET));
        }
    }

    private Fabric fabric() {
        return sender.stack().fabric();
    }

    /** Frames under way. */
    private final class Packet extends SimEvent {
        private final int bytes;
        private final Runnable effect;
        private final @Nullable Endpoint source;
        private final Endpoint destination;
        private final long nextTimeout;
        private final boolean throughDownlink;
        private boolean doubled;

        /** @param source where it seems to come from; null if the sender's devices have dropped it */
        Packet(
                int bytes,
                Runnable effect,
                @Nullable Endpoint source,
                Endpoint destination,
                long nextTimeout,
                boolean throughDownlink) {
            this.bytes = bytes;
            this.effect = effect;
            this.source = source;
            this.destination = destination;
            this.nextTimeout = nextTimeout;
            this.throughDownlink = throughDownlink;
        }

        @Override
        protected void fire() {
            if (throughDownlink) {
                arrived(this);
                return;
            }
            Simulation simulation = fabric().simulation();
            int size = doubled ? 2 * sizeOf(bytes) : sizeOf(bytes);
            long through = receiver.stack().nic().reserveDown(simulation.now(), size);
            simulation.at(through, new Packet(bytes, effect, source, destination, nextTimeout, true));
        }
    }

    /** Something that happens later. */
    private static final class Effect extends SimEvent {
        private final Runnable effect;

        Effect(Runnable effect) {
            this.effect = effect;
        }

        @Override
        protected void fire() {
            effect.run();
        }
    }
}
