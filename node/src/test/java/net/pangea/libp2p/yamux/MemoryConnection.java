package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import org.jspecify.annotations.Nullable;

/** A connection in memory that holds so many bytes each way, to put under a session. */
final class MemoryConnection implements Connection {
    private final Endpoint local;
    private final Endpoint remote;
    private final Pipe in;
    private final Pipe out;

    private MemoryConnection(int localPort, int remotePort, Pipe in, Pipe out) {
        this.local = new Endpoint(IpAddress.of(127, 0, 0, 1), localPort);
        this.remote = new Endpoint(IpAddress.of(127, 0, 0, 1), remotePort);
        this.in = in;
        this.out = out;
    }

    /** The two ends of one. */
    record Ends(MemoryConnection near, MemoryConnection far) {}

    static Ends pair(int bytes) {
        Pipe there = new Pipe(bytes);
        Pipe back = new Pipe(bytes);
        return new Ends(new MemoryConnection(1, 2, back, there), new MemoryConnection(2, 1, there, back));
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
        return in.read(target);
    }

    @Override
    public void write(ByteBuffer source) throws InterruptedException {
        int start = source.position();
        boolean whole = false;
        try {
            out.write(source);
            whole = true;
        } finally {
            if (!whole && source.position() > start) {
                reset();
            }
        }
    }

    @Override
    public void closeOutput() {
        out.end();
    }

    @Override
    public void reset() {
        in.fail(Kind.CLOSED, Kind.RESET);
        out.fail(Kind.RESET, Kind.CLOSED);
    }

    @Override
    public void close() {
        out.end();
        in.fail(Kind.CLOSED, Kind.RESET);
    }

    boolean isClosed() {
        return in.isBroken();
    }

    /** One direction. */
    private static final class Pipe {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        // Guarded by lock.
        private final ByteBuffer bytes;
        private boolean ended;
        private @Nullable Kind readFails;
        private @Nullable Kind writeFails;

        Pipe(int capacity) {
            this.bytes = ByteBuffer.allocate(capacity);
        }

        int read(ByteBuffer target) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (bytes.position() == 0) {
                    require(readFails);
                    if (ended) {
                        return -1;
                    }
                    changed.await();
                }
                require(readFails);
                bytes.flip();
                int count = Math.min(bytes.remaining(), target.remaining());
                target.put(bytes.slice(0, count));
                bytes.position(count).compact();
                changed.signalAll();
                return count;
            } finally {
                lock.unlock();
            }
        }

        void write(ByteBuffer source) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                while (source.hasRemaining()) {
                    require(ended ? Kind.CLOSED : writeFails);
                    int count = Math.min(bytes.remaining(), source.remaining());
                    if (count == 0) {
                        changed.await();
                    } else {
                        bytes.put(source.slice(source.position(), count));
                        source.position(source.position() + count);
                        changed.signalAll();
                    }
                }
                require(writeFails);
            } finally {
                lock.unlock();
            }
        }

        private static void require(@Nullable Kind failure) {
            if (failure != null) {
                throw new NetworkFailure(failure, "memory");
            }
        }

        void end() {
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void fail(Kind reader, Kind writer) {
            lock.lock();
            try {
                readFails = readFails == null ? reader : readFails;
                writeFails = writeFails == null ? writer : writeFails;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        boolean isBroken() {
            lock.lock();
            try {
                return readFails != null;
            } finally {
                lock.unlock();
            }
        }
    }
}
