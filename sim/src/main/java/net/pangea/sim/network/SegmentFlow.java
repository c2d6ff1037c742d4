package net.pangea.sim.network;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import net.pangea.sim.network.device.PacketKind;
import net.pangea.sim.network.device.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a byte stream: segments under way, in order, late when packets are lost.
 *
 * <p>A segment that would be lost arrives a retransmission timeout later, and later ones wait behind it. If the
 * way is cut, or the receiving machine has no power, the flow stalls: the segments are kept, and tried again
 * at doubling intervals from {@link #RETRY_FIRST} to {@link #RETRY_MOST} (RFC 6298, section 5.5), until
 * {@link #GIVE_UP} after the first failure, when the sender's end times out. An end that is gone (its
 * process ended or it was closed) answers with a reset. What a device on the way drops is as if the way were cut.
 */
final class SegmentFlow {
    private static final Duration RETRY_FIRST = Duration.ofMillis(200);
    private static final Duration RETRY_MOST = Duration.ofSeconds(60);

    /** Linux's fifteen retries (net.ipv4.tcp_retries2). */
    private static final Duration GIVE_UP = Duration.ofSeconds(924);

    /** IPv4 and TCP headers with timestamps. */
    private static final int HEADER_BYTES = 52;

    private final SimConnection sender;
    private final SimConnection receiver;
    private final RandomStream random;
    private final Deque<Segment> stalled = new ArrayDeque<>();
    private long lastArrival;
    private long stalledSince;
    private long retryNanos;
    private boolean aborted;

    /** @param random of this connection and direction */
    SegmentFlow(SimConnection sender, SimConnection receiver, RandomStream random) {
        this.sender = sender;
        this.receiver = receiver;
        this.random = random;
    }

    SimConnection receiver() {
        return receiver;
    }

    void send(ByteBuffer bytes) {
        transmit(new Segment(bytes));
    }

    void sendEnd() {
        transmit(new Segment(null));
    }

    /** Drops what is under way; with {@code tell} a reset follows it. */
    void abort(boolean tell) {
        aborted = true;
        stalled.clear();
        if (tell) {
            sendReset(sender, receiver);
        }
    }

    /** Tells the other end's sender that this end has read {@code bytes}. */
    void report(long bytes) {
        reportAfter(bytes, 0, RETRY_FIRST.toNanos());
    }

    private void reportAfter(long bytes, long wait, long nextWait) {
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        Fabric fabric = fabric();
        fabric.countMessage();
        fabric.simulation().after(wait + fabric.delay(from, to, random), new Effect(() -> {
            if (aborted || receiver.isDead()) {
                return;
            }
            if (isUnreachable(from, to) || meets(PacketKind.SEGMENT) != Verdict.PASS) {
                // A window report is probed for as long as there is something to send.
                reportAfter(bytes, nextWait, Math.min(2 * nextWait, RETRY_MOST.toNanos()));
            } else {
                delivered(sender, receiver, PacketKind.SEGMENT);
                receiver.acceptReport(bytes);
            }
        }));
    }

    private void transmit(Segment segment) {
        if (aborted) {
            return;
        }
        if (!stalled.isEmpty()) {
            stalled.add(segment);
            return;
        }
        Fabric fabric = fabric();
        Simulation simulation = fabric.simulation();
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        fabric.countMessage();
        Passage.sent(from, to, sender.local(), sender.remote(), segment.kind(), simulation.now());
        long sent = from.reserveUp(simulation.now(), segment.size());
        long delay = fabric.delay(from, to, random);
        long timeout = Math.max(RETRY_FIRST.toNanos(), 2 * delay);
        while (fabric.isLost(from, to, random) && timeout < RETRY_MOST.toNanos()) {
            delay += timeout;
            timeout *= 2;
        }
        lastArrival = Math.max(lastArrival, sent + delay + to.downNanos(segment.size()));
        simulation.at(lastArrival, segment);
    }

    private void arrived(Segment segment) {
        if (aborted) {
            return;
        }
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        if (!stalled.isEmpty() || isUnreachable(from, to)) {
            stall(segment);
            return;
        }
        switch (meets(segment.kind())) {
            case PASS -> deliver(segment);
            case DROP -> stall(segment);
            case REJECT -> refuse();
        }
    }

    private void deliver(Segment segment) {
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        delivered(sender, receiver, segment.kind());
        Simulation simulation = fabric().simulation();
        ByteBuffer bytes = segment.bytes;
        simulation
                .trace()
                .record(
                        simulation.now(),
                        Trace.Kind.SEGMENT_DELIVERED,
                        to.number(),
                        from.number(),
                        receiver.local().port(),
                        bytes == null ? ByteBuffer.allocate(0) : bytes);
        boolean accepted = bytes == null ? receiver.acceptEnd() : receiver.accept(bytes);
        if (!accepted) {
            refuse();
        }
    }

    /** Answers what came with a reset. */
    private void refuse() {
        aborted = true;
        sendReset(receiver, sender);
    }

    /** {@return what the devices on the way do with a packet that arrives} */
    private Verdict meets(PacketKind kind) {
        return passage(sender, receiver, kind);
    }

    private static Verdict passage(SimConnection from, SimConnection to, PacketKind kind) {
        boolean isFree = Passage.isFree(from.stack().nic(), to.stack().nic());
        return isFree
                ? Verdict.PASS
                : Passage.between(
                        end(from),
                        end(to),
                        kind,
                        from.stack().fabric().simulation().now());
    }

    private static Passage.End end(SimConnection connection) {
        return new Passage.End(connection.stack().nic(), connection.local(), connection.remote());
    }

    private static void delivered(SimConnection from, SimConnection to, PacketKind kind) {
        long now = to.stack().fabric().simulation().now();
        Passage.delivered(from.stack().nic(), to.stack().nic(), to.local(), to.remote(), kind, now);
    }

    private void stall(Segment segment) {
        Simulation simulation = fabric().simulation();
        if (stalled.isEmpty()) {
            stalledSince = simulation.now();
            retryNanos = RETRY_FIRST.toNanos();
            simulation.after(retryNanos, new Effect(this::retry));
        }
        stalled.add(segment);
    }

    private void retry() {
        if (aborted) {
            return;
        }
        Simulation simulation = fabric().simulation();
        boolean isCutOff = isUnreachable(sender.stack().nic(), receiver.stack().nic());
        if (isCutOff || meets(stalled.element().kind()) == Verdict.DROP) {
            if (simulation.now() - stalledSince > GIVE_UP.toNanos()) {
                sender.fail(NetworkFailure.Kind.TIMED_OUT);
                return;
            }
            retryNanos = Math.min(2 * retryNanos, RETRY_MOST.toNanos());
            simulation.after(retryNanos, new Effect(this::retry));
            return;
        }
        Deque<Segment> waiting = new ArrayDeque<>(stalled);
        stalled.clear();
        for (Segment segment : waiting) {
            transmit(new Segment(segment.bytes));
        }
    }

    private static void sendReset(SimConnection source, SimConnection target) {
        Fabric fabric = target.stack().fabric();
        Nic from = source.stack().nic();
        Nic to = target.stack().nic();
        RandomStream draw = from.draw(to, fabric.simulation().now());
        fabric.countMessage();
        if (!fabric.isCut(from, to) && !fabric.isLost(from, to, draw)) {
            fabric.simulation().after(fabric.delay(from, to, draw), new Effect(() -> {
                if (!fabric.isCut(from, to) && passage(source, target, PacketKind.RST) == Verdict.PASS) {
                    delivered(source, target, PacketKind.RST);
                    target.acceptReset();
                }
            }));
        }
    }

    private boolean isUnreachable(Nic from, Nic to) {
        return fabric().isCut(from, to) || !to.isPowered();
    }

    private Fabric fabric() {
        return sender.stack().fabric();
    }

    /** Bytes under way; none means the end of the stream. */
    private final class Segment extends SimEvent {
        private final @Nullable ByteBuffer bytes;
        /** Whether it has waited for what was before it in the receiver's downlink. */
        private boolean throughDownlink;

        Segment(@Nullable ByteBuffer bytes) {
            this.bytes = bytes;
        }

        PacketKind kind() {
            return bytes == null ? PacketKind.FIN : PacketKind.SEGMENT;
        }

        long size() {
            return HEADER_BYTES + (long) (bytes == null ? 0 : bytes.remaining());
        }

        @Override
        protected void fire() {
            Nic to = receiver.stack().nic();
            Simulation simulation = fabric().simulation();
            long through = throughDownlink ? 0 : to.reserveDown(simulation.now(), size());
            if (through > simulation.now()) {
                Segment behind = new Segment(bytes);
                behind.throughDownlink = true;
                simulation.at(through, behind);
            } else {
                arrived(this);
            }
        }
    }

    /** Something that happens to the flow later. */
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
