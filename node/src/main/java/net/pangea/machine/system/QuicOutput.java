package net.pangea.machine.system;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamFrame;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import net.pangea.machine.NetworkFailure;
import org.jspecify.annotations.Nullable;

/**
 * What one stream is given to send: one task hands it over, the socket's loop puts it into the stream as its window and
 * the way allow.
 */
final class QuicOutput {
    /** What lies ready so that the loop never waits for the writer. */
    private static final int WAITING_BYTES_MAX = 1 << 17;

    /** Small enough that the loop sends one while the next is copied. */
    private static final int PIECE_BYTES_MAX = 1 << 15;

    private final QuicStreamChannel channel;
    private final String what;
    private final Consumer<Throwable> onFailure;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock.
    private int waitingBytes;
    private boolean midWrite;
    private boolean ended;
    private NetworkFailure.@Nullable Kind failure;

    /** @param onFailure told on the loop why something could not be sent */
    QuicOutput(QuicStreamChannel channel, String what, Consumer<Throwable> onFailure) {
        this.channel = channel;
        this.what = what;
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
        int count = piece.readableBytes();
        boolean handed = false;
        lock.lock();
        try {
            requireUsable();
            waitingBytes += count;
            midWrite = more;
            handed = true;
            // Under the lock, so that the end of the output comes after what was written before it. Flushed, although a
            // stream has nothing to flush: Netty does not wake the loop for a write alone.
            ChannelFuture _ = channel.writeAndFlush(piece).addListener(sent -> sent(sent, count));
        } finally {
            lock.unlock();
            if (!handed) {
                boolean _ = piece.release();
            }
        }
    }

    private void sent(Future<?> sent, int count) {
        lock.lock();
        try {
            waitingBytes -= count;
            if (waitingBytes <= WAITING_BYTES_MAX / 2) {
                changed.signalAll(); // not for every piece, as each wake-up costs as much as sending one
            }
        } finally {
            lock.unlock();
        }
        Throwable cause = sent.cause();
        if (cause != null) {
            onFailure.accept(cause);
        }
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
            ChannelFuture _ = channel.writeAndFlush(QuicStreamFrame.EMPTY_FIN).addListener(_ -> onSent.run());
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Breaks the output, unless it is broken. */
    void fail(NetworkFailure.Kind why) {
        lock.lock();
        try {
            if (failure == null) {
                failure = why;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
