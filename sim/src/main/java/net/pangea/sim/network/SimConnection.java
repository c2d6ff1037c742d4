package net.pangea.sim.network;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.sim.engine.Pauses;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import org.jspecify.annotations.Nullable;

/**
 * One end of a byte stream.
 *
 * <p>What was written and not yet reported as read by the other side is bounded by the window; a report comes
 * back for every quarter of it that was read. Segments have lengths drawn from the seed, so a reader meets
 * every way of cutting a stream into pieces.
 */
final class SimConnection implements Connection {
    /** What a system call costs, so that a crash can fall before it. */
    static final long CALL_NANOS = 1_000;

    /** One write in this many waits so long: each wait is an event, and as many crashes fall before one in eight over more seeds. */
    private static final int WAITS_ONE_IN = 8;

    /** Socket buffers of a size that systems grow to by themselves. */
    static final int WINDOW_BYTES = 256 * 1024;

    private static final int REPORT_BYTES = WINDOW_BYTES / 4;

    /** What a network card takes at once (segmentation offload). */
    private static final int SEGMENT_BYTES_MAX = 64 * 1024;

    /** One segment in this many is tiny, to cut frames and headers in the middle. */
    private static final int TINY_ONE_IN = 8;

    private static final int TINY_BYTES_MAX = 16;

    private final NetworkStack stack;
    private final Endpoint local;
    private final Endpoint remote;
    private final Waiters readers = new Waiters();
    private final Waiters writers = new Waiters();
    private final Deque<ByteBuffer> received = new ArrayDeque<>();
    private @Nullable SegmentFlow output;
    private @Nullable RandomStream cutting;
    private PacketTap.End tap = PacketTap.End.NONE;
    private NetworkFailure.@Nullable Kind failure;
    private long outstanding;
    private int unreported;
    private boolean inputEnded;
    private boolean outputClosed;
    private boolean writing;
    private boolean closed;
    private boolean dead;

    SimConnection(NetworkStack stack, Endpoint local, Endpoint remote) {
        this.stack = stack;
        this.local = local;
        this.remote = remote;
    }

    /** Connects two ends. */
    static void join(SimConnection client, SimConnection server, long key) {
        client.output = new SegmentFlow(client, server, RandomStream.at(key, 0, 0));
        server.output = new SegmentFlow(server, client, RandomStream.at(key, 0, 1));
        client.cutting = RandomStream.at(key, 1, 0);
        server.cutting = RandomStream.at(key, 1, 1);
        client.stack.opened(client);
        server.stack.opened(server);
        client.traced(1, client.local.port());
    }

    /** Lets a tap see what happens at this end from now on. */
    void tapped(PacketTap.End newTap) {
        tap = newTap;
    }

    NetworkStack stack() {
        return stack;
    }

    @Override
    public Endpoint local() {
        return local;
    }

    @Override
    public Endpoint remote() {
        return remote;
    }

    @Override
    public int read(ByteBuffer target) throws InterruptedException {
        while (true) {
            requireUsable();
            if (!target.hasRemaining()) {
                return 0;
            }
            if (Thread.currentThread().isInterrupted()) {
                readers.await(simulation()); // throws
            }
            if (!received.isEmpty()) {
                return take(target);
            }
            if (inputEnded) {
                return -1;
            }
            readers.await(simulation());
        }
    }

    private int take(ByteBuffer target) {
        int before = target.position();
        while (target.hasRemaining() && !received.isEmpty()) {
            ByteBuffer head = received.element();
            int count = Math.min(head.remaining(), target.remaining());
            target.put(target.position(), head, head.position(), count);
            target.position(target.position() + count);
            head.position(head.position() + count);
            if (!head.hasRemaining()) {
                received.remove();
            }
        }
        int count = target.position() - before;
        unreported += count;
        if (unreported >= REPORT_BYTES) {
            tap.read(simulation().now(), unreported);
            flow().report(unreported);
            unreported = 0;
        }
        return count;
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        boolean waits =
                cutting().nextInt(WAITS_ONE_IN) == 0 || Thread.currentThread().isInterrupted();
        if (waits) {
            Pauses.interruptibly(simulation(), stack.nic().number(), CALL_NANOS); // throws if the task is cancelled
        }
        int start = source.position();
        boolean whole = false;
        writing = true;
        try {
            while (source.hasRemaining()) {
                requireUsable();
                if (outputClosed) {
                    throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "the output of " + this);
                }
                long room = WINDOW_BYTES - outstanding;
                if (room <= 0) {
                    writers.await(simulation());
                } else {
                    sendSegment(source, (int) Math.min(room, segmentBytes()));
                }
            }
            whole = true;
        } finally {
            writing = false;
            if (!whole && source.position() > start) {
                reset();
            }
        }
        // No pause behind it: what a crash could prevent there is the task's next call, which waits before its own
        // effect.
    }

    private void sendSegment(ByteBuffer source, int bytesMax) {
        byte[] bytes = new byte[Math.min(bytesMax, source.remaining())];
        source.get(bytes);
        outstanding += bytes.length;
        flow().send(ByteBuffer.wrap(bytes));
    }

    private RandomStream cutting() {
        RandomStream random = cutting;
        if (random == null) {
            throw new IllegalStateException("an unconnected end");
        }
        return random;
    }

    private int segmentBytes() {
        RandomStream random = cutting();
        return 1 + random.nextInt(random.nextInt(TINY_ONE_IN) == 0 ? TINY_BYTES_MAX : SEGMENT_BYTES_MAX);
    }

    @Override
    public void closeOutput() {
        if (!outputClosed && !closed && failure == null) {
            outputClosed = true;
            flow().sendEnd();
        }
    }

    @Override
    public void reset() {
        if (!closed) {
            boolean tell = failure == null;
            end(NetworkFailure.Kind.CLOSED);
            flow().abort(tell);
        }
    }

    @Override
    public void close() {
        if (writing) {
            reset(); // what is cut short must not look like a whole
        } else if (!closed) {
            closeOutput();
            end(NetworkFailure.Kind.CLOSED);
        }
    }

    /** Ends this end for its user. What it has sent stays under way. */
    private void end(NetworkFailure.Kind why) {
        closed = true;
        if (failure == null) {
            failure = why;
        }
        received.clear();
        tap.gone(simulation().now());
        stack.closed(this);
        readers.wake();
        writers.wake();
    }

    /** {@return whether this end took a segment that came in order; if not, the sender is to be told} */
    boolean accept(ByteBuffer segment) {
        boolean taken = !dead && failure == null;
        tap.received(simulation().now(), segment, taken);
        if (taken) {
            received.add(segment);
            readers.wake();
        }
        return taken;
    }

    /** {@return whether this end knew of the connection whose other side ended its output; if not, that is to be told} */
    boolean acceptEnd() {
        tap.receivedEnd(simulation().now(), !dead);
        if (!dead && failure == null) {
            inputEnded = true;
            readers.wake();
        }
        return !dead;
    }

    /** {@return whether its incarnation has ended without closing it} */
    boolean isDead() {
        return dead;
    }

    /** The other side has read {@code bytes}. */
    void acceptReport(long bytes) {
        outstanding -= bytes;
        writers.wake();
    }

    /** The other side, or a device in its name, resets the connection. */
    void acceptReset() {
        if (stack.nic().isPowered()) {
            tap.receivedReset(simulation().now());
        }
        fail(NetworkFailure.Kind.RESET);
    }

    /** The connection broke for a reason from outside. */
    void fail(NetworkFailure.Kind why) {
        if (!dead && failure == null) {
            failure = why;
            received.clear();
            tap.gone(simulation().now());
            traced(2, why == NetworkFailure.Kind.RESET ? 0 : 1);
            stack.closed(this);
            flow().abort(false);
            readers.wake();
            writers.wake();
        }
    }

    /** A device on the way resets both directions. */
    void resetByDevice() {
        SimConnection other = flow().receiver();
        acceptReset();
        other.acceptReset();
    }

    /** The incarnation has ended. */
    void die(boolean tell) {
        boolean wasOpen = failure == null;
        dead = true;
        received.clear();
        tap.gone(simulation().now());
        flow().abort(tell && wasOpen);
    }

    private SegmentFlow flow() {
        SegmentFlow flow = output;
        if (flow == null) {
            throw new IllegalStateException("an unconnected end");
        }
        return flow;
    }

    private Simulation simulation() {
        return stack.fabric().simulation();
    }

    private void traced(int what, long detail) {
        simulation()
                .trace()
                .record(simulation().now(), Trace.Kind.CONNECTION, stack.nic().number(), what, detail);
    }

    private void requireUsable() {
        NetworkFailure.Kind kind = failure;
        if (kind != null) {
            throw new NetworkFailure(kind, toString());
        }
    }

    @Override
    public String toString() {
        return "connection " + local + " to " + remote;
    }
}
