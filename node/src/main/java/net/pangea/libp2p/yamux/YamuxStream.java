package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import org.jspecify.annotations.Nullable;

/** One stream of a session as its users see it: what {@link MuxStream} does, with waiting. */
final class YamuxStream implements Connection, MuxStream.Watcher {
    private final YamuxSession session;
    private final ReentrantLock lock;
    // Guarded by lock, which is the session's.
    private final MuxStream stream;
    // Made when somebody waits for the first time.
    private @Nullable Condition readable;
    private @Nullable Condition writable;

    /** Made while the lock is held. */
    YamuxStream(YamuxSession session, ReentrantLock lock, MuxStream stream) {
        this.session = session;
        this.lock = lock;
        this.stream = stream;
        stream.watch(this);
    }

    @Override
    public Endpoint local() {
        return session.local();
    }

    @Override
    public Endpoint remote() {
        return session.remote();
    }

    @Override
    public int read(ByteBuffer target) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (!target.hasRemaining()) {
                return 0;
            }
            int count = stream.read(target);
            return count == 0 ? readLater(target) : count;
        } finally {
            lock.unlock();
        }
    }

    private int readLater(ByteBuffer target) throws InterruptedException {
        long since = stream.waits(true);
        try {
            int count = 0;
            while (count == 0) {
                whenReadable().await();
                count = stream.read(target);
            }
            return count;
        } finally {
            stream.waited(true, since);
        }
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            stream.requireWritable();
            while (source.hasRemaining()) {
                if (stream.write(source) == 0) {
                    long since = stream.waits(false);
                    try {
                        whenWritable().await();
                    } finally {
                        stream.waited(false, since);
                    }
                }
                if (source.hasRemaining()) {
                    stream.requireWritable();
                }
            }
        } finally {
            stream.giveUpWriting(); // nothing to give up after the last byte
            lock.unlock();
        }
    }

    private Condition whenReadable() {
        Condition condition = readable;
        if (condition == null) {
            condition = lock.newCondition();
            readable = condition;
        }
        return condition;
    }

    private Condition whenWritable() {
        Condition condition = writable;
        if (condition == null) {
            condition = lock.newCondition();
            writable = condition;
        }
        return condition;
    }

    @Override
    public void readable() {
        wake(readable);
    }

    @Override
    public void writable() {
        wake(writable);
    }

    private static void wake(@Nullable Condition condition) {
        if (condition != null) {
            condition.signalAll();
        }
    }

    @Override
    public void closeOutput() {
        lock.lock();
        try {
            stream.closeOutput();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void reset() {
        lock.lock();
        try {
            stream.reset();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            stream.close();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return stream.toString();
    }
}
