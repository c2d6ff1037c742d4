package net.pangea.machine.system;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.quic.DefaultQuicStreamFrame;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import net.pangea.machine.NetworkFailure;
import org.jspecify.annotations.Nullable;

/**
 * What one stream is given to send: one task hands it over, the socket's loop puts it into the stream as its window and
 * the way allow. The end goes in one frame with the last piece where it can; {@link LoneEnd} says why.
 */
final class QuicOutput {
    /** What lies ready so that the loop never waits for the writer. */
    private static final int WAITING_BYTES_MAX = 1 << 17;

    /** Small enough that the loop sends one while the next is copied. */
    private static final int PIECE_BYTES_MAX = 1 << 15;

    private final QuicStreamChannel channel;
    private final String what;
    private final Predicate<Runnable> onLoop;
    private final Consumer<Throwable> onFailure;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock. A piece in the queue belongs to it.
    private final Deque<ByteBuf> pieces = new ArrayDeque<>();
    private int waitingBytes;
    private boolean midWrite;
    private boolean pumping;
    private boolean lingered;
    private @Nullable Runnable onEndSent;
    private boolean ended;
    private boolean endTaken; // by the loop, which sends it when it may
    private NetworkFailure.@Nullable Kind failure;
    // On the loop only.
    private boolean anySent;
    private long lastSentNanos;

    /**
     * @param onLoop has something run on the loop; false if the loop has ended
     * @param onFailure told on the loop why something could not be sent
     */
    QuicOutput(QuicStreamChannel channel, String what, Predicate<Runnable> onLoop, Consumer<Throwable> onFailure) {
        this.channel = channel;
        this.what = what;
        this.onLoop = onLoop;
        this.onFailure = onFailure;
    }

    /** Hands over all of {@code source}; {@link ByteBuffer#position} says how much was taken when it throws. */
    void write(ByteBuffer source) throws InterruptedException {
        while (source.hasRemaining()) {
            ByteBuf piece = copy(source, awaitRoom());
            hand(piece, source.hasRemaining());
        }
    }

    private int awaitRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            requireUsable();
            while (waitingBytes >= WAITING_BYTES_MAX) {
                changed.await();
                requireUsable();
            }
            return WAITING_BYTES_MAX - waitingBytes;
        } finally {
            lock.unlock();
        }
    }

    private ByteBuf copy(ByteBuffer source, int room) {
        int count = Math.min(Math.min(room, PIECE_BYTES_MAX), source.remaining());
        ByteBuf piece = channel.alloc().directBuffer(count);
        ByteBuf _ = piece.writeBytes(source.slice(source.position(), count));
        ByteBuffer _ = source.position(source.position() + count);
        return piece;
    }

    private void hand(ByteBuf piece, boolean more) {
        boolean handed = false;
        lock.lock();
        try {
            requireUsable();
            waitingBytes += piece.readableBytes();
            midWrite = more;
            pieces.add(piece);
            handed = true;
        } finally {
            lock.unlock();
            if (!handed) {
                boolean _ = piece.release();
            }
        }
        startPump();
    }

    private void requireUsable() {
        if (ended) {
            throw new NetworkFailure(NetworkFailure.Kind.CLOSED, "write to " + what);
        }
        if (failure != null) {
            throw new NetworkFailure(failure, "write to " + what);
        }
    }

    /**
     * Ends the output after what was written.
     *
     * @param onSent run on the loop when the end has been sent, or could not be
     * @return whether it has ended well, now or before; not if a write is cut by it
     */
    boolean end(Runnable onSent) {
        lock.lock();
        try {
            if (ended || failure != null) {
                return true;
            }
            if (midWrite) {
                return false; // a message cut short must not look like the end
            }
            ended = true;
            onEndSent = onSent;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        startPump();
        return true;
    }

    /** Breaks the output, unless it is broken: what was not sent is dropped. */
    void fail(NetworkFailure.Kind why) {
        lock.lock();
        try {
            if (failure == null) {
                failure = why;
                pieces.forEach(ByteBuf::release);
                pieces.clear();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void startPump() {
        boolean start;
        lock.lock();
        try {
            start = !pumping;
            pumping = true;
        } finally {
            lock.unlock();
        }
        if (start) {
            schedulePump();
        }
    }

    private void schedulePump() {
        if (!onLoop.test(this::pump)) {
            fail(NetworkFailure.Kind.CLOSED);
        }
    }

    /** Sends what lies ready, but comes again once for what may be the last piece: the end often follows close behind. */
    private void pump() {
        QuicStreamFrame ready = ready();
        if (ready != null) {
            send(ready);
        }
        boolean again;
        boolean endIsAlone;
        lock.lock();
        try {
            again = !pieces.isEmpty();
            pumping = again;
            lingered = again;
            endIsAlone = ended && !endTaken && !again;
            endTaken |= endIsAlone;
        } finally {
            lock.unlock();
        }
        if (again) {
            schedulePump();
        } else if (endIsAlone) {
            sendWhenSafe(new LoneEnd(System.nanoTime(), anySent, lastSentNanos));
        }
    }

    /**
     * {@return what is to be sent now, all of it in one frame; null if nothing is} After each frame the codec makes packets
     * of what the stream has: of a few pieces together it makes full ones, and hands them to the system in one call.
     */
    private @Nullable QuicStreamFrame ready() {
        lock.lock();
        try {
            int kept = ended || lingered ? 0 : 1;
            int count = pieces.size() - kept;
            if (count <= 0) {
                return null;
            }
            ByteBuf[] sent = new ByteBuf[count];
            Arrays.setAll(sent, _ -> pieces.remove());
            endTaken = ended && pieces.isEmpty();
            return new DefaultQuicStreamFrame(Unpooled.wrappedBuffer(sent), endTaken);
        } finally {
            lock.unlock();
        }
    }

    private void sendWhenSafe(LoneEnd end) {
        if (hasFailed()) {
            return;
        }
        long wait = end.waitNanos(
                System.nanoTime(),
                QuicheStreams.nextTimerNanos(channel),
                QuicheStreams.roundTripNanos(channel),
                QuicheStreams.capacity(channel));
        if (wait > 0) {
            var _ = channel.eventLoop().schedule(() -> sendWhenSafe(end), wait, TimeUnit.NANOSECONDS);
        } else {
            send(new DefaultQuicStreamFrame(Unpooled.EMPTY_BUFFER, true));
        }
    }

    private boolean hasFailed() {
        lock.lock();
        try {
            return failure != null;
        } finally {
            lock.unlock();
        }
    }

    private void send(QuicStreamFrame frame) {
        int count = frame.content().readableBytes();
        boolean last = frame.hasFin();
        ChannelFuture _ = channel.write(frame).addListener(sent -> sent(sent, count, last));
    }

    private void sent(Future<?> sent, int count, boolean last) {
        anySent = true;
        lastSentNanos = System.nanoTime();
        Runnable onEnd;
        lock.lock();
        try {
            waitingBytes -= count;
            if (waitingBytes <= WAITING_BYTES_MAX / 2) {
                changed.signalAll(); // not for every piece, as each wake-up costs as much as sending one
            }
            onEnd = last ? onEndSent : null;
        } finally {
            lock.unlock();
        }
        Throwable cause = sent.cause();
        if (cause != null && count > 0) { // with an end alone nothing is lost that somebody has written
            onFailure.accept(cause);
        }
        if (onEnd != null) {
            onEnd.run();
        }
    }
}
