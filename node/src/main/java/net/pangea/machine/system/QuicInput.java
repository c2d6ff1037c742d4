package net.pangea.machine.system;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.NetworkFailure;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived on one stream and was not read: the socket's loop puts it in, one task takes it out.
 *
 * <p>The loop asks the stream for more only while little lies here, so what nobody reads stays in the stream's window and
 * stops the other side.
 */
final class QuicInput {
    /** What lies ready while the reader works on what it has taken; memory that is held, not bytes in it. */
    private static final int HELD_BYTES_MAX = 1 << 17;

    private final Runnable askForMore;
    private final String what;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock. A buffer in the queue belongs to it; one that was taken belongs to the reader.
    private final Deque<ByteBuf> queue = new ArrayDeque<>();
    private int heldBytes;
    private boolean asked;
    private boolean ended;
    private NetworkFailure.@Nullable Kind failure;

    /** @param askForMore asks the stream for more, from any thread */
    QuicInput(String what, Runnable askForMore) {
        this.what = what;
        this.askForMore = askForMore;
    }

    /** Reads as {@link net.pangea.machine.Connection#read} says. */
    int read(ByteBuffer target) throws InterruptedException {
        int before = target.position();
        ByteBuf next = await();
        while (next != null) {
            move(next, target);
            giveBack(next);
            next = target.hasRemaining() ? poll() : null;
        }
        int count = target.position() - before;
        return count == 0 ? -1 : count;
    }

    private static void move(ByteBuf from, ByteBuffer to) {
        int limit = to.limit();
        ByteBuffer room = to.limit(to.position() + Math.min(to.remaining(), from.readableBytes()));
        ByteBuf _ = from.readBytes(room);
        ByteBuffer _ = to.limit(limit);
    }

    /** {@return the next buffer, now the caller's; null at the end} */
    private @Nullable ByteBuf await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                if (failure != null) {
                    throw new NetworkFailure(failure, "read from " + what);
                }
                ByteBuf next = queue.poll();
                if (next != null || ended) {
                    return next;
                }
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ByteBuf poll() {
        lock.lock();
        try {
            return queue.poll();
        } finally {
            lock.unlock();
        }
    }

    private void giveBack(ByteBuf taken) {
        lock.lock();
        try {
            if (failure == null && taken.isReadable()) {
                queue.addFirst(taken);
                return;
            }
            heldBytes -= taken.capacity();
        } finally {
            lock.unlock();
        }
        boolean _ = taken.release();
        if (asks(HELD_BYTES_MAX / 2)) {
            askForMore.run();
        }
    }

    /** {@return whether the stream is to be asked for more, which then counts as done} */
    private boolean asks(int below) {
        lock.lock();
        try {
            boolean ask = !asked && !ended && failure == null && heldBytes < below;
            asked |= ask;
            return ask;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What was asked for has come: the reader is woken, once for all of it. On the loop.
     *
     * @return whether the stream is to be asked for more
     */
    boolean asksAgain() {
        lock.lock();
        try {
            asked = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return asks(HELD_BYTES_MAX);
    }

    /** Takes what has arrived; {@link #asksAgain} follows. On the loop. */
    void put(ByteBuf arrived) {
        lock.lock();
        try {
            if (failure == null) {
                heldBytes += arrived.capacity();
                queue.add(arrived);
                return;
            }
        } finally {
            lock.unlock();
        }
        boolean _ = arrived.release();
    }

    /** The other side has ended its output. On the loop. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the input, unless it has ended: what was not read is dropped. */
    void fail(NetworkFailure.Kind why) {
        lock.lock();
        try {
            if (failure == null) {
                failure = why;
                queue.forEach(ByteBuf::release);
                queue.clear();
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The connection has ended. What arrived whole before may still be read. On the loop. */
    void cut(NetworkFailure.Kind why) {
        boolean whole;
        lock.lock();
        try {
            whole = ended;
        } finally {
            lock.unlock();
        }
        if (!whole) {
            fail(why);
        }
    }
}
