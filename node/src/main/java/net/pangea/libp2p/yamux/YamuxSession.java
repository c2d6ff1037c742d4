package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;
import net.pangea.machine.Clock;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.MultiplexedConnection;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import org.jspecify.annotations.Nullable;

/**
 * A Yamux session: many streams over one {@link Connection}, which is the session's own from then on.
 *
 * <p>Its owner calls {@link #run}, which reads and returns once the session has ended, and every so often {@link #beat}.
 * Two tasks belong to a session, and only they touch the transport: one reads, one writes. So a deadline or a cancellation
 * that hits the user of a stream never cuts a write to the transport, which would break all the others.
 *
 * <p><b>No deadlock.</b> Two sides that both write more than the line holds would wait for each other for ever, if either
 * stopped reading because it cannot write. Here the reader never waits but for the transport: what it has to answer (window
 * updates, pongs, refusals) it leaves to the writer, in bounded lists, and data that nobody reads it keeps, within the windows
 * that bound it. So the transport is always read; so the other side's writer gets on; so, if the other side keeps to the
 * same, does this one. A writer waits either for the transport, which is read, or for a stream's window, which only that
 * stream's reader opens: a stream that nobody reads stops its own writer and no other, and holds no control frame up, because
 * data enters the write buffer only when its window has room for it. A side that does not read its transport stops all of its
 * own streams, and {@link #beat} ends the session once it is silent as well.
 *
 * <p><b>Bounds.</b> {@link YamuxLimits}; data in a stream's window; one write buffer of about 64 KiB being filled and one being
 * written; a read buffer of 64 KiB. Buffers are given back when nothing is to be written and when a beat passes
 * without a byte read; an idle session keeps 256 bytes for the next read.
 *
 * <p>Streams are opened and accepted without a message of their own where data follows: the first frame carries the flag. A
 * stream that was closed before anything was sent on it was never seen by the other side.
 *
 * <p>Once the other side has ended the session, what a stream had received in full can still be read.
 */
public final class YamuxSession implements MultiplexedConnection {
    /** The protocol's name, by which peers agree on it. */
    public static final String ID = "/yamux/1.0.0";

    private final Connection transport;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition acceptable = lock.newCondition();
    // Guarded by lock.
    private final Multiplexer multiplexer;
    private final ReadBuffer buffer = new ReadBuffer();
    private boolean isRun;
    private boolean isLastBeat;

    private YamuxSession(Connection transport, boolean isDialer, YamuxLimits limits, UnreadBudget budget) {
        this.transport = transport;
        this.multiplexer = new Multiplexer(
                "yamux with " + transport.remote(), isDialer, limits, budget, work::signal, acceptable::signalAll);
    }

    /** {@return the session of the side that dialled} */
    public static YamuxSession dialer(Connection transport, YamuxLimits limits) {
        return dialer(transport, limits, new UnreadBudget(limits.unreadBytes()));
    }

    /**
     * {@return the session of the side that dialled}
     *
     * @param budget which other sessions may share
     */
    public static YamuxSession dialer(Connection transport, YamuxLimits limits, UnreadBudget budget) {
        return new YamuxSession(transport, true, limits, budget);
    }

    /** {@return the session of the side that was dialled} */
    public static YamuxSession listener(Connection transport, YamuxLimits limits) {
        return listener(transport, limits, new UnreadBudget(limits.unreadBytes()));
    }

    /**
     * {@return the session of the side that was dialled}
     *
     * @param budget which other sessions may share
     */
    public static YamuxSession listener(Connection transport, YamuxLimits limits, UnreadBudget budget) {
        return new YamuxSession(transport, false, limits, budget);
    }

    @Override
    public Endpoint local() {
        return transport.local();
    }

    @Override
    public Endpoint remote() {
        return transport.remote();
    }

    /**
     * Does the session's work until it has ended, then closes the transport. Called once. A cancelled call ends the session.
     *
     * @param scope where the task that writes is started
     * @return why it has ended
     */
    public YamuxEnd run(Scope scope) throws InterruptedException {
        boolean isFirst = locked(() -> !isRun && (isRun = true));
        if (!isFirst) {
            throw new IllegalStateException(multiplexer + " is run twice");
        }
        try {
            var _ = scope.start("yamux writer", () -> {
                writeAll();
                return true;
            });
            readAll();
        } catch (NetworkFailure e) {
            transportFailed(e);
        } finally {
            YamuxEnd cancelled = new YamuxEnd(Reason.CANCELLED, "");
            end(cancelled);
            transport.close();
        }
        return ended().orElseThrow();
    }

    private void readAll() throws InterruptedException {
        ByteBuffer target = buffer.target();
        int count = transport.read(target);
        while (count >= 0) {
            target = received();
            count = transport.read(target);
        }
        boolean isBetweenFrames = target.position() == 0;
        boolean _ = locked(() -> {
            multiplexer.receiveEnd(isBetweenFrames);
            return true;
        });
    }

    /** {@return where to read next, after what was read is taken} */
    private ByteBuffer received() {
        lock.lock();
        try {
            ByteBuffer content = buffer.content();
            try {
                multiplexer.receive(content);
            } catch (YamuxFailure e) {
                multiplexer.end(e.end());
                work.signal();
                content.position(content.limit());
            }
            buffer.next();
            return buffer.target();
        } finally {
            lock.unlock();
        }
    }

    private void writeAll() throws InterruptedException {
        try {
            ByteBuffer batch = awaitBatch(null);
            while (batch != null) {
                transport.write(batch);
                batch = awaitBatch(batch);
            }
            transport.close();
        } catch (NetworkFailure e) {
            transportFailed(e);
            transport.reset();
        }
    }

    /** {@return what to write next; null if that was all} */
    private @Nullable ByteBuffer awaitBatch(@Nullable ByteBuffer written) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Outgoing outgoing = multiplexer.outgoing();
            if (written != null) {
                outgoing.recycle(written);
            }
            ByteBuffer batch = outgoing.take();
            while (batch == null && !multiplexer.hasEnded()) {
                outgoing.release();
                work.await();
                batch = outgoing.take();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void transportFailed(NetworkFailure failure) {
        boolean isSilence = failure.kind() == NetworkFailure.Kind.TIMED_OUT;
        end(new YamuxEnd(isSilence ? Reason.TIMED_OUT : Reason.TRANSPORT, String.valueOf(failure.getMessage())));
    }

    private void end(YamuxEnd why) {
        boolean _ = locked(() -> {
            multiplexer.end(why);
            work.signal();
            return true;
        });
    }

    /**
     * Looks after the session; to be called once in a while, by whoever looks after many. A side that was silent since the
     * last beat is pinged if something was expected of it: a reader waits on a stream opened here, or a writer on any, or one has
     * given up. If it is silent from then to the next beat too it is given up: TIMED_OUT. So a session of which something is
     * wanted ends two to three beats later. One of which nothing is wanted is pinged every eight beats. Also ends one that
     * cannot end in good order because the other side does not read, resets streams that were closed here and not by the
     * other side for four beats, and gives buffers back.
     */
    public void beat() {
        boolean isLost = locked(() -> {
            if (multiplexer.hasEnded()) {
                boolean wasLast = isLastBeat;
                isLastBeat = true;
                return wasLast;
            }
            if (!multiplexer.wasHeard()) {
                buffer.release();
            }
            multiplexer.beat();
            if (multiplexer.hasEnded()) {
                work.signal();
            }
            return multiplexer.hasEnded();
        });
        if (isLost) {
            transport.reset();
        }
    }

    /** Beats every {@code period} until the session has ended, for an owner that has a task to spare for one session. */
    public void keepAlive(Clock clock, Duration period) throws InterruptedException {
        while (ended().isEmpty()) {
            clock.sleep(period);
            beat();
        }
    }

    @Override
    public Connection open() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            return new YamuxStream(this, lock, multiplexer.open());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Connection accept() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            MuxStream stream = multiplexer.accept();
            while (stream == null) {
                acceptable.await();
                stream = multiplexer.accept();
            }
            return new YamuxStream(this, lock, stream);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int openStreams() {
        return locked(multiplexer::openStreams);
    }

    /** {@return how many streams were reset because a limit was reached} */
    public long refusedStreams() {
        return locked(multiplexer::refusedStreams);
    }

    /** {@return how many bytes have come that nobody has read} */
    public int unreadBytes() {
        return locked(multiplexer::unreadBytes);
    }

    /** {@return why the session has ended, if it has} */
    public Optional<YamuxEnd> ended() {
        return locked(() -> Optional.ofNullable(multiplexer.end()));
    }

    @Override
    public boolean hasEnded() {
        return locked(multiplexer::hasEnded);
    }

    @Override
    public void close() {
        end(new YamuxEnd(Reason.CLOSED, ""));
        boolean wasRun = locked(() -> isRun);
        if (!wasRun) {
            transport.close(); // else the writer does it, after the last words
        }
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return multiplexer.toString();
    }
}
