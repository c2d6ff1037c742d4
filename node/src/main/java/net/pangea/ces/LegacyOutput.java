package net.pangea.ces;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import net.pangea.ces.CesFailure.Kind;
import net.pangea.machine.DiskFile;

/** Writes decrypted content to a file, as it is or decompressed, and never more than a limit. Owned by one task. */
sealed interface LegacyOutput extends AutoCloseable {

    /** Takes the next {@code size} bytes of {@code decrypted}; at most {@link ShardFiles#STRIP_BYTES}. */
    void next(byte[] decrypted, int size);

    /** {@return the size of the file, which is complete} */
    long finish();

    @Override
    void close();

    /** {@return the output for content that begins with {@code head}} */
    static LegacyOutput of(boolean isFrame, byte[] head, DiskFile file, long limitBytes) {
        Target target = new Target(file, limitBytes);
        if (!isFrame) {
            return new Raw(target);
        }
        ZstdFrame.requireWindow(head, Decompressed.WINDOW_BYTES_MAX);
        return new Decompressed(target);
    }

    /** A file that grows up to a limit. */
    final class Target {
        private final DiskFile file;
        private final long limitBytes;
        private long sizeBytes;

        private Target(DiskFile file, long limitBytes) {
            this.file = file;
            this.limitBytes = limitBytes;
        }

        private void write(ByteBuffer bytes) {
            int size = bytes.remaining();
            if (size > limitBytes - sizeBytes) {
                throw Compression.tooLarge(limitBytes);
            }
            if (size > 0) {
                file.write(sizeBytes, bytes);
                sizeBytes += size;
            }
        }
    }

    /** Writes the content as it is. */
    final class Raw implements LegacyOutput {
        private final Target target;

        private Raw(Target target) {
            this.target = target;
        }

        @Override
        public void next(byte[] decrypted, int size) {
            target.write(ByteBuffer.wrap(decrypted, 0, size));
        }

        @Override
        public long finish() {
            return target.sizeBytes;
        }

        @Override
        public void close() {}
    }

    /** Decompresses one zstd frame, which nothing may follow: the original network pads nothing. */
    final class Decompressed implements LegacyOutput {
        /** What every decoder should support (RFC 8878 section 3.1.1.1.2), and level 9, the highest used, stays below. */
        private static final long WINDOW_BYTES_MAX = 8L << 20;

        private final Target target;
        private final ZstdDecompressCtx context = new ZstdDecompressCtx();
        private final ByteBuffer in = ByteBuffer.allocateDirect(ShardFiles.STRIP_BYTES);
        private final ByteBuffer out = ByteBuffer.allocateDirect(2 * ShardFiles.STRIP_BYTES);
        private boolean isComplete;

        private Decompressed(Target target) {
            this.target = target;
        }

        @Override
        public void next(byte[] decrypted, int size) {
            in.clear().put(decrypted, 0, size).flip();
            boolean holdsMore = true;
            while (in.hasRemaining() || holdsMore) {
                if (isComplete && in.hasRemaining()) {
                    throw new CesFailure(Kind.BAD_FRAME, "bytes follow the zstd frame");
                }
                isComplete = decompress();
                holdsMore = !isComplete && !out.hasRemaining();
                target.write(out.flip());
            }
        }

        private boolean decompress() {
            try {
                return context.decompressDirectByteBufferStream(out.clear(), in);
            } catch (ZstdException e) {
                throw new CesFailure(Kind.BAD_FRAME, "the zstd frame does not decode: " + e.getMessage());
            }
        }

        @Override
        public long finish() {
            if (!isComplete) {
                throw new CesFailure(Kind.BAD_FRAME, "the zstd frame is cut short");
            }
            return target.sizeBytes;
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
