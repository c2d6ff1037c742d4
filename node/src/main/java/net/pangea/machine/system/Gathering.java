package net.pangea.machine.system;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts the buffers of a large write together in memory outside the heap, which the system takes as it is: a heap buffer is
 * set to zeros when it is made, filled, and copied once more by the JDK.
 *
 * <p>One piece of memory for a disk, made when it is needed: one large write at a time. Used by the disk's threads.
 */
final class Gathering {
    /** Below, what is saved is not worth waiting for another write. */
    static final int BYTES_MIN = 64 << 10;

    private static final int PIECE_BYTES = 1 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ByteBuffer memory; // guarded by lock

    /** Where a piece goes. */
    interface Target {
        void write(ByteBuffer piece) throws IOException;
    }

    /** Gives all of {@code sources} to {@code target}, one behind the other. */
    void write(List<ByteBuffer> sources, Target target) throws IOException {
        lock.lock();
        try {
            ByteBuffer piece = memory();
            Iterator<ByteBuffer> rest = sources.iterator();
            ByteBuffer source = ByteBuffer.allocate(0);
            while (source.hasRemaining() || rest.hasNext()) {
                if (!source.hasRemaining()) {
                    source = rest.next();
                } else if (piece.hasRemaining()) {
                    move(source, piece);
                } else {
                    target.write(piece.flip());
                    piece.clear();
                }
            }
            target.write(piece.flip());
        } finally {
            lock.unlock();
        }
    }

    private ByteBuffer memory() {
        ByteBuffer known = memory;
        if (known == null) {
            known = ByteBuffer.allocateDirect(PIECE_BYTES);
            memory = known;
        }
        return known.clear();
    }

    private static void move(ByteBuffer source, ByteBuffer target) {
        int count = Math.min(source.remaining(), target.remaining());
        target.put(target.position(), source, source.position(), count).position(target.position() + count);
        source.position(source.position() + count);
    }
}
