package net.pangea.ces;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The working memory of the zstd library, kept for the next call: to have it from the system anew took 5 of the 22 ms in
 * which 1 MiB of text is stored. A few contexts are kept, outside the heap; whoever finds none makes one.
 *
 * <p>What a context did before is of no influence on what it does next: zstd clears it for each frame, and its own fuzz
 * tests compress twice with one context and require equal bytes; so does the test of this package. One that has failed is
 * closed. Any task may call it.
 */
final class ZstdContexts {
    /** For as many as compress at a time on a small machine; one for text has 11 MiB, and up to 4 for a frame. */
    private static final int KEPT_MAX = 2;

    /** Below, to keep one gained nothing: its 1 MiB had left the processor's caches, in which new memory is. */
    private static final int KEPT_LEVEL_MIN = 6;

    /** zstd counts on from frame to frame, and has to begin anew before 3.5 GiB: a rare path, which is avoided. */
    private static final long CONTENT_BYTES_MAX = 1L << 30;

    private static final byte[] EMPTY = {};

    private static final ReentrantLock LOCK = new ReentrantLock();
    // Guarded by LOCK, both; the last used first.
    private static final ArrayDeque<Compressor> COMPRESSORS = new ArrayDeque<>();
    private static final ArrayDeque<ZstdDecompressCtx> DECOMPRESSORS = new ArrayDeque<>();

    /** A context that has the memory that its level needs: another level would have it allocate anew. */
    private static final class Compressor {
        private final int level;
        private final ZstdCompressCtx context = new ZstdCompressCtx();
        private byte[] frame = {};
        private long contentBytes;

        Compressor(int level) {
            this.level = level;
            var _ = context.setLevel(level).setContentSize(false).setChecksum(false);
        }

        /** {@return a frame of {@code content}; empty if it is as long as {@code limitBytes}} */
        byte[] compress(byte[] content, int limitBytes) {
            int bound = Math.toIntExact(Zstd.compressBound(content.length));
            if (frame.length < bound) {
                frame = new byte[bound];
            }
            contentBytes += content.length;
            int bytes = context.compressByteArray(frame, 0, frame.length, content, 0, content.length);
            return bytes < limitBytes ? Arrays.copyOf(frame, bytes) : EMPTY;
        }
    }

    private ZstdContexts() {}

    /**
     * {@return one frame of all of {@code content}, without its size or a checksum; nothing if it has {@code limitBytes} or
     * more}
     */
    static Optional<byte[]> compress(byte[] content, int level, int limitBytes) {
        Compressor compressor = compressor(level);
        boolean works = false;
        try {
            byte[] frame = compressor.compress(content, limitBytes);
            works = true;
            return frame.length == 0 ? Optional.empty() : Optional.of(frame);
        } finally {
            boolean isWorthIt = works && level >= KEPT_LEVEL_MIN && compressor.contentBytes < CONTENT_BYTES_MAX;
            Optional<Compressor> tooMany = isWorthIt ? keep(COMPRESSORS, compressor) : Optional.of(compressor);
            tooMany.ifPresent(one -> one.context.close());
        }
    }

    private static Compressor compressor(int level) {
        LOCK.lock();
        try {
            for (Iterator<Compressor> kept = COMPRESSORS.iterator(); kept.hasNext(); ) {
                Compressor compressor = kept.next();
                if (compressor.level == level) {
                    kept.remove();
                    return compressor;
                }
            }
        } finally {
            LOCK.unlock();
        }
        return new Compressor(level);
    }

    /**
     * {@return the length of the content of the frame of {@code bytes} bytes from {@code from} on, now in {@code content}}
     *
     * @throws com.github.luben.zstd.ZstdException if it is not a frame, or too long
     */
    static int decompress(byte[] frames, int from, int bytes, byte[] content) {
        ZstdDecompressCtx context = decompressor();
        boolean works = false;
        try {
            int size = context.decompressByteArray(content, 0, content.length, frames, from, bytes);
            works = true;
            return size;
        } finally {
            Optional<ZstdDecompressCtx> tooMany = works ? keep(DECOMPRESSORS, context) : Optional.of(context);
            tooMany.ifPresent(ZstdDecompressCtx::close);
        }
    }

    private static ZstdDecompressCtx decompressor() {
        LOCK.lock();
        try {
            if (!DECOMPRESSORS.isEmpty()) {
                return DECOMPRESSORS.removeFirst();
            }
        } finally {
            LOCK.unlock();
        }
        return new ZstdDecompressCtx();
    }

    /** {@return the one that was not used for longest, if there is one too many now} */
    private static <T> Optional<T> keep(ArrayDeque<T> kept, T used) {
        LOCK.lock();
        try {
            kept.addFirst(used);
            return kept.size() > KEPT_MAX ? Optional.of(kept.removeLast()) : Optional.empty();
        } finally {
            LOCK.unlock();
        }
    }
}
