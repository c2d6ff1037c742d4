package net.pangea.sim.network;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.RandomStream;
import net.pangea.sim.engine.Incarnation;
import net.pangea.sim.engine.Pauses;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.Simulation;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream of a QUIC connection, as {@code machine.system} has it: a reset of one direction is taken for one of
 * both, and who closes a stream tells the other side to stop sending at the first byte that is new, or after a while.
 */
final class SimQuicStream implements Connection {
    /** More of one stream is not under way at a time, as a congestion window would have it, whatever its own window is. */
    private static final int UNDER_WAY_BYTES_MAX = 256 * 1024;

    /** What a network card takes at once (segmentation offload). */
    private static final int PIECE_BYTES_MAX = 64 * 1024;

    /** One piece in this many is tiny, to cut frames and headers in the middle. */
    private static final int TINY_ONE_IN = 8;

    private static final int TINY_BYTES_MAX = 16;

    /** How long a stream that was closed here may stay open from the other side. */
    private static final Duration LINGER = Duration.ofSeconds(10);

    private final SimQuicConnection connection;
    private final long id;
    private final int window;
    private final Waiters readers = new Waiters();
    private final Waiters writers = new Waiters();
    private final Deque<ByteBuffer> received = new ArrayDeque<>();
    private @Nullable QuicFlow output;
    private @Nullable Kind inputFailure;
    private @Nullable Kind outputFailure;
    private @Nullable SimEvent lingering;
    private long outstanding;
    private int unreported;
    private boolean known;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean inputDone;
    private boolean outputDone;
    private boolean writing;
    private boolean closed;
    private boolean settled;

    /** @param peers the settings of the side that reads what this end writes */
    SimQuicStream(SimQuicConnection connection, long id, QuicSettings peers) {
        this.connection = connection;
        this.id = id;
        this.window = Math.min(UNDER_WAY_BYTES_MAX, peers.streamWindowBytes());
    }

    /** Connects two ends; {@code far} is known to its connection only when something arrives there. */
    static void join(SimQuicStream near, SimQuicStream far) {
        near.output = new QuicFlow(near, far);
        far.output = new QuicFlow(far, near);
        near.known = true;
    }

    SimQuicConnection connection() {
        return connection;
    }

    long id() {
        return id;
    }

    @Override
    public Endpoint local() {
        return connection.local();
    }

    @Override
    public Endpoint remote() {
        return connection.remote();
    }

    @Override
    public int read(ByteBuffer target) throws InterruptedException {
        while (true) {
            require(inputFailure);
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
        report(count);
        return count;
    }

    /** Tells the other end's sender what this end has read, for every quarter of the window. */
    private void report(int bytes) {
        connection.read(bytes);
        unreported += bytes;
        SimQuicStream peer = flow().receiver();
        if (4 * unreported >= peer.window && !inputEnded) {
            int reported = unreported;
            unreported = 0;
            connection.send(0, () -> peer.acceptReport(reported));
        }
    }

    private void acceptReport(int bytes) {
        outstanding -= bytes;
        writers.wake();
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        Pauses.interruptibly(simulation(), connection.stack().nic().number(), SimConnection.CALL_NANOS);
        int start = source.position();
        boolean whole = false;
        writing = true;
        try {
            while (source.hasRemaining()) {
                require(outputEnded ? Kind.CLOSED : outputFailure);
                long room = Math.min(window - outstanding, connection.roomBytes());
                if (room > 0) {
                    sendPiece(source, (int) Math.min(room, pieceBytes()));
                } else {
                    connection.blocks(this);
                    writers.await(simulation());
                }
            }
            whole = true;
        } finally {
            writing = false;
            if (!whole && source.position() > start) {
                reset(outputFailure == null ? Kind.CLOSED : outputFailure);
            }
        }
        Pauses.uninterruptibly(simulation(), connection.stack().nic().number(), SimConnection.CALL_NANOS);
    }

    private void sendPiece(ByteBuffer source, int bytesMax) {
        byte[] bytes = new byte[Math.min(bytesMax, source.remaining())];
        source.get(bytes);
        outstanding += bytes.length;
        connection.sent(bytes.length);
        flow().send(ByteBuffer.wrap(bytes));
    }

    private int pieceBytes() {
        RandomStream random = connection.cutting();
        return 1 + random.nextInt(random.nextInt(TINY_ONE_IN) == 0 ? TINY_BYTES_MAX : PIECE_BYTES_MAX);
    }

    void wakeWriter() {
        writers.wake();
    }

    @Override
    public void closeOutput() {
        if (outputEnded || outputFailure != null) {
            return;
        }
        if (writing) {
            reset(); // what is cut short must not look like a whole
            return;
        }
        outputEnded = true;
        outputDone = true;
        flow().sendEnd();
        settle();
    }

    @Override
    public void reset() {
        reset(Kind.CLOSED);
    }

    private void reset(Kind why) {
        closed = true;
        dropInput(why);
        if (!outputDone) {
            breakOutput(why);
        } else if (!inputDone) {
            stopInput();
        }
        wakeAll();
        settle();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closeOutput();
        closed = true;
        dropInput(Kind.CLOSED);
        if (outputFailure == null) {
            outputFailure = Kind.CLOSED;
        }
        wakeAll();
        settle();
    }

    /** Nobody reads on. The other side is told when it sends more, or has not ended its output in a while. */
    private void dropInput(Kind why) {
        failInput(why);
        if (!inputDone && lingering == null && !connection.hasEnded()) {
            SimEvent event = new Linger();
            lingering = event;
            simulation().after(LINGER.toNanos(), event);
        }
    }

    private void failInput(Kind why) {
        if (inputFailure == null) {
            inputFailure = why;
            received.forEach(unread -> connection.read(unread.remaining()));
            received.clear();
        }
    }

    /** Ends the output, and says so. */
    private void breakOutput(Kind why) {
        if (outputFailure == null) {
            outputFailure = why;
        }
        if (!outputDone) {
            outputDone = true;
            dropOutput();
            connection.send(0, flow().receiver()::acceptReset);
        }
    }

    private void dropOutput() {
        long bytes = flow().abort();
        outstanding -= bytes;
        connection.release(bytes);
    }

    private void stopInput() {
        inputDone = true;
        connection.send(0, flow().receiver()::acceptStop);
        settle();
    }

    private void arrives() {
        if (!known) {
            known = true;
            connection.offer(this);
        }
    }

    /** The next bytes have arrived. */
    void accept(ByteBuffer bytes) {
        arrives();
        if (inputFailure == null) {
            received.add(bytes);
            readers.wake();
            return;
        }
        connection.read(bytes.remaining());
        if (!inputDone) {
            stopInput();
        }
    }

    /** The other side has ended its output, and all before has arrived. */
    void acceptEnd() {
        arrives();
        inputDone = true;
        inputEnded = true;
        readers.wake();
        settle();
    }

    private void acceptReset() {
        arrives();
        if (!inputDone) {
            inputDone = true;
            failInput(Kind.RESET);
            breakOutput(Kind.RESET);
            wakeAll();
            settle();
        }
    }

    private void acceptStop() {
        arrives();
        if (outputFailure == null) {
            outputFailure = Kind.RESET;
        }
        outputDone = true;
        dropOutput();
        writers.wake();
        settle();
    }

    private void settle() {
        if (inputDone && outputDone && !settled) {
            settled = true;
            stopLingering();
            connection.ended(this);
        }
    }

    /** What arrived whole before may still be read, unless it was this side that has closed the connection. */
    void connectionEnded(Kind why) {
        settled = true;
        stopLingering();
        if (outputFailure == null) {
            outputFailure = why;
        }
        if (inputFailure == null && (!inputEnded || why == Kind.CLOSED)) {
            inputFailure = why;
            received.clear();
        }
        long _ = flow().abort();
        wakeAll();
    }

    private void stopLingering() {
        SimEvent event = lingering;
        lingering = null;
        if (event != null) {
            simulation().cancel(event);
        }
    }

    private void wakeAll() {
        readers.wake();
        writers.wake();
    }

    private void require(@Nullable Kind none) {
        if (none != null) {
            throw new NetworkFailure(none, toString());
        }
    }

    private QuicFlow flow() {
        if (output == null) {
            throw new IllegalStateException("an unconnected end");
        }
        return output;
    }

    private Simulation simulation() {
        return connection.simulation();
    }

    @Override
    public String toString() {
        return "stream " + id + " of " + connection;
    }

    /** A while after the close. */
    private final class Linger extends SimEvent {
        @Override
        protected Incarnation owner() {
            return connection.stack().incarnation();
        }

        @Override
        protected void fire() {
            lingering = null;
            if (!inputDone) {
                stopInput();
            }
        }
    }
}
