package net.pangea.ces;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.pangea.ces.CesFailure.Kind;

/**
 * The outer layout of Zstandard frames: magic, header, blocks with a 3-byte header each.
 *
 * <p>Enough to write a frame that stores its content as it is, and to bound what a frame expands to before
 * memory is set aside for it. The blocks' inside is the zstd library's. Source: RFC 8878 section 3.1.
 */
final class ZstdFrame {
    static final int MAGIC = 0xfd2fb528;

    private static final int SKIPPABLE_MAGIC = 0x184d2a50;
    private static final int SKIPPABLE_MASK = 0xfffffff0;

    /** No block holds more content than this, nor more than the frame's window. */
    private static final int BLOCK_BYTES_MAX = 128 << 10;

    /** No dictionary, no content size, no checksum; the window is in the next byte. */
    private static final byte PLAIN_DESCRIPTOR = 0;

    /** A window of 2^(10 + 7) bytes, one full block: the smallest that lets blocks be that large. */
    private static final byte WINDOW_OF_ONE_BLOCK = 7 << 3;

    private static final int HEADER_BYTES = Integer.BYTES + 2;
    private static final int BLOCK_HEADER_BYTES = 3;
    private static final int CHECKSUM_BYTES = 4;

    private static final int RAW = 0;
    private static final int RUN_LENGTH = 1;
    private static final int COMPRESSED = 2;

    private ZstdFrame() {}

    static boolean hasMagic(byte[] bytes) {
        return bytes.length >= Integer.BYTES && littleEndian(bytes).getInt(0) == MAGIC;
    }

    /** {@return one frame that holds {@code content} in raw blocks} */
    static byte[] stored(byte[] content) {
        int blocks = Math.max(1, Math.ceilDiv(content.length, BLOCK_BYTES_MAX));
        byte[] frame = new byte[HEADER_BYTES + blocks * BLOCK_HEADER_BYTES + content.length];
        ByteBuffer out = littleEndian(frame);
        out.putInt(MAGIC).put(PLAIN_DESCRIPTOR).put(WINDOW_OF_ONE_BLOCK);
        for (int block = 0; block < blocks; block++) {
            int from = block * BLOCK_BYTES_MAX;
            int size = Math.min(BLOCK_BYTES_MAX, content.length - from);
            int last = block == blocks - 1 ? 1 : 0;
            int header = (size << 3) | (RAW << 1) | last;
            out.put((byte) header).put((byte) (header >>> 8)).put((byte) (header >>> 16));
            out.put(content, from, size);
        }
        return frame;
    }

    /**
     * {@return the most bytes that {@code frames} can expand to: exact for raw and run-length blocks, a full
     * block for each compressed one}
     *
     * @param frames zstd and skippable frames, one after the other, with nothing between or after
     * @throws CesFailure BAD_FRAME if they are cut short or are something else
     */
    static long contentBytesBound(byte[] frames) {
        ByteBuffer in = littleEndian(frames);
        long bound = 0;
        try {
            do {
                int magic = in.getInt();
                if (magic == MAGIC) {
                    bound += frameBound(in);
                } else if ((magic & SKIPPABLE_MASK) == SKIPPABLE_MAGIC) {
                    skip(in, Integer.toUnsignedLong(in.getInt()));
                } else {
                    throw new CesFailure(Kind.BAD_FRAME, "the decrypted bytes are not zstd frames");
                }
            } while (in.hasRemaining());
        } catch (BufferUnderflowException _) {
            throw new CesFailure(Kind.BAD_FRAME, "the zstd frame is cut short");
        }
        return bound;
    }

    private static long frameBound(ByteBuffer in) {
        int descriptor = in.get() & 0xff;
        boolean isSingleSegment = (descriptor & (1 << 5)) != 0;
        boolean hasChecksum = (descriptor & (1 << 2)) != 0;
        long blockBytesMax = isSingleSegment ? BLOCK_BYTES_MAX : Math.min(BLOCK_BYTES_MAX, windowBytes(in.get()));
        skip(in, dictionaryIdBytes(descriptor & 3) + contentSizeBytes(descriptor >>> 6, isSingleSegment));
        long bound = 0;
        boolean isLast = false;
        while (!isLast) {
            int header = (in.get() & 0xff) | ((in.get() & 0xff) << 8) | ((in.get() & 0xff) << 16);
            int size = header >>> 3;
            isLast = (header & 1) != 0;
            bound += switch ((header >>> 1) & 3) {
                case RAW -> {
                    skip(in, size);
                    yield size;
                }
                case RUN_LENGTH -> {
                    skip(in, 1);
                    yield size;
                }
                case COMPRESSED -> {
                    skip(in, size);
                    yield blockBytesMax;
                }
                default -> throw new CesFailure(Kind.BAD_FRAME, "the zstd frame has a block of a reserved type");
            };
        }
        skip(in, hasChecksum ? CHECKSUM_BYTES : 0);
        return bound;
    }

    private static long windowBytes(byte descriptor) {
        long base = 1L << (10 + ((descriptor >>> 3) & 0x1f));
        return base + (base / 8) * (descriptor & 7);
    }

    private static int dictionaryIdBytes(int flag) {
        return flag == 3 ? 4 : flag;
    }

    private static int contentSizeBytes(int flag, boolean isSingleSegment) {
        return flag == 0 ? (isSingleSegment ? 1 : 0) : 1 << flag;
    }

    private static void skip(ByteBuffer in, long bytes) {
        if (bytes > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + (int) bytes);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
