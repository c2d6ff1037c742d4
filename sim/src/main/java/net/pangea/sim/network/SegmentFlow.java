package net.pangea.sim.network;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
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
 * way is cut, or lets no segment of that size through, or the receiving machine has no power, the flow stalls: the segments are kept, and tried again
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
    private @Nullable SimEvent retry;
    private @Nullable Consumer<ByteBuffer> line;
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
        transmit(bytes);
    }

    void sendEnd() {
        transmit(null);
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
        fabric.simulation()
                .after(wait + fabric.delay(from, to, random), new Effect(() -> reportArrived(bytes, nextWait)));
    }

    private void reportArrived(long bytes, long nextWait) {
        if (aborted || receiver.isDead()) {
            return;
        }
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        if (fabric().isClogged(from, to)) {
            fabric().whenFree(from, to, new Effect(() -> reportArrived(bytes, nextWait)));
        } else if (isUnreachable(from, to) || meets(PacketKind.SEGMENT) != Verdict.PASS) {
            // A window report is probed for as long as there is something to send.
            reportAfter(bytes, nextWait, Math.min(2 * nextWait, RETRY_MOST.toNanos()));
        } else {
            delivered(sender, receiver, PacketKind.SEGMENT);
            receiver.acceptReport(bytes);
        }
    }

    private void transmit(@Nullable ByteBuffer bytes) {
        if (aborted) {
            return;
        }
        if (!stalled.isEmpty()) {
            stalled.add(new Segment(bytes, false));
            return;
        }
        Fabric fabric = fabric();
        Simulation simulation = fabric.simulation();
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        fabric.countMessage();
        long size = sizeOf(bytes);
        PacketKind kind = bytes == null ? PacketKind.FIN : PacketKind.SEGMENT;
        Passage.sent(from, to, sender.local(), sender.remote(), kind, simulation.now());
        long sent = from.reserveUp(simulation.now(), size);
        long delay = fabric.delay(from, to, random);
        long timeout = Math.max(RETRY_FIRST.toNanos(), 2 * delay);
        while (fabric.isLost(from, to, random) && timeout < RETRY_MOST.toNanos()) {
            delay += timeout;
            timeout *= 2;
        }
        delay += Fabric.heldBack(from, to, delay, random);
        Segment segment = new Segment(bytes, Fabric.isDamaged(from, to, random));
        segment.doubled = Fabric.isDoubled(from, to, random);
        lastArrival = Math.max(lastArrival, sent + delay + to.downNanos(size));
        simulation.at(lastArrival, segment);
    }

    private static long sizeOf(@Nullable ByteBuffer bytes) {
        return HEADER_BYTES + (long) (bytes == null ? 0 : bytes.remaining());
    }

    private void arrived(Segment segment) {
        if (aborted) {
            return;
        }
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        if (!stalled.isEmpty() || isUnreachable(from, to) || isTooLarge(segment)) {
            stall(segment);
        } else if (fabric().isClogged(from, to)) {
            stall(segment);
            fabric().whenFree(from, to, new Effect(this::freed));
        } else {
            switch (meets(segment.kind())) {
                case PASS -> deliver(segment);
                case DROP -> stall(segment);
                case REJECT -> refuse();
            }
        }
    }

    /** What was held arrives, in order. */
    private void freed() {
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        while (!aborted && !stalled.isEmpty()) {
            if (fabric().isClogged(from, to)) {
                fabric().whenFree(from, to, new Effect(this::freed));
                return;
            }
            if (isUnreachable(from, to) || isTooLarge(stalled.element())) {
                return; // it is tried again as what was sent before the clog
            }
            switch (meets(stalled.element().kind())) {
                case PASS -> deliver(stalled.remove());
                case REJECT -> refuse();
                case DROP -> {
                    return;
                }
            }
        }
        if (retry != null) {
            fabric().simulation().cancel(retry);
            retry = null;
        }
    }

    private boolean isTooLarge(Segment segment) {
        return Fabric.isTooLarge(sender.stack().nic(), receiver.stack().nic(), segment.size());
    }

    private void deliver(Segment segment) {
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        delivered(sender, receiver, segment.kind());
        Simulation simulation = fabric().simulation();
        ByteBuffer bytes = segment.taken();
        simulation
                .trace()
                .record(
                        simulation.now(),
                        Trace.Kind.SEGMENT_DELIVERED,
                        to.number(),
                        from.number(),
                        receiver.local().port(),
                        bytes == null ? ByteBuffer.allocate(0) : bytes);
        if (bytes != null) {
            heard(bytes);
        }
        boolean accepted = bytes == null ? receiver.acceptEnd() : receiver.accept(bytes);
        if (!accepted) {
            refuse();
        }
    }

    private void heard(ByteBuffer bytes) {
        if (line == null) {
            line = fabric().line(sender.stack().nic(), receiver.stack().nic());
        }
        if (line != null) {
            line.accept(bytes.asReadOnlyBuffer());
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
            retryLater();
        }
        stalled.add(segment);
    }

    private void retryLater() {
        SimEvent event = new Effect(this::retry);
        retry = event;
        fabric().simulation().after(retryNanos, event);
    }

    private void retry() {
        retry = null;
        if (aborted) {
            return;
        }
        Simulation simulation = fabric().simulation();
        Nic from = sender.stack().nic();
        Nic to = receiver.stack().nic();
        boolean clogged = fabric().isClogged(from, to);
        if (clogged) {
            fabric().whenFree(from, to, new Effect(this::freed));
        }
        Segment first = stalled.element();
        if (clogged || isUnreachable(from, to) || isTooLarge(first) || meets(first.kind()) == Verdict.DROP) {
            if (simulation.now() - stalledSince > GIVE_UP.toNanos()) {
                sender.fail(NetworkFailure.Kind.TIMED_OUT);
                return;
            }
            retryNanos = Math.min(2 * retryNanos, RETRY_MOST.toNanos());
            retryLater();
            return;
        }
        Deque<Segment> waiting = new ArrayDeque<>(stalled);
        stalled.clear();
        for (Segment segment : waiting) {
            transmit(segment.bytes);
        }
    }

    private static void sendReset(SimConnection source, SimConnection target) {
        Fabric fabric = target.stack().fabric();
        Nic from = source.stack().nic();
        Nic to = target.stack().nic();
        RandomStream draw = from.draw(to, fabric.simulation().now());
        fabric.countMessage();
        if (!fabric.isCut(from, to) && !fabric.isLost(from, to, draw)) {
            fabric.simulation().after(fabric.delay(from, to, draw), new Effect(() -> resetArrived(source, target)));
        }
    }

    private static void resetArrived(SimConnection source, SimConnection target) {
        Fabric fabric = target.stack().fabric();
        Nic from = source.stack().nic();
        Nic to = target.stack().nic();
        if (fabric.isClogged(from, to)) {
            fabric.whenFree(from, to, new Effect(() -> resetArrived(source, target)));
        } else if (!fabric.isCut(from, to) && passage(source, target, PacketKind.RST) == Verdict.PASS) {
            delivered(source, target, PacketKind.RST);
            target.acceptReset();
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
        private final boolean damaged;
        private boolean doubled;
        /** Whether it has waited for what was before it in the receiver's downlink. */
        private boolean throughDownlink;

        /** @param damaged whether a bit turns on the way and no checksum tells */
        Segment(@Nullable ByteBuffer bytes, boolean damaged) {
            this.bytes = bytes;
            this.damaged = damaged;
        }

        PacketKind kind() {
            return bytes == null ? PacketKind.FIN : PacketKind.SEGMENT;
        }

        long size() {
            return sizeOf(bytes);
        }

        /** {@return the bytes as they arrive} */
        @Nullable
        ByteBuffer taken() {
            if (bytes == null || !damaged) {
                return bytes;
            }
            byte[] sent = new byte[bytes.remaining()];
            bytes.duplicate().get(sent);
            return ByteBuffer.wrap(TurnedBit.in(sent, random));
        }

        @Override
        protected void fire() {
            Nic to = receiver.stack().nic();
            Simulation simulation = fabric().simulation();
            long through = throughDownlink ? 0 : to.reserveDown(simulation.now(), doubled ? 2 * size() : size());
            if (through > simulation.now()) {
                Segment behind = new Segment(bytes, damaged);
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
