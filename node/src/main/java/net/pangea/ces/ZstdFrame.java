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

    /** So many bytes at least tell everything of a frame's header. */
    static final int HEADER_BYTES_MAX = 18;

    /** No block holds more content than this, nor more than the frame's window. */
    private static final int BLOCK_BYTES_MAX = 128 << 10;

    /** No dictionary, no content size, no checksum; the window is in the next byte. */
    private static final byte PLAIN_DESCRIPTOR = 0;

    /** A window of 2^(10 + 7) bytes, one full block: the smallest that lets blocks be that large. */
    private static final byte WINDOW_OF_ONE_BLOCK = 7 << 3;

    /** Bit of the descriptor: no window, the content is its own. */
    private static final int SINGLE_SEGMENT = 1 << 5;

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

    /** {@return the length of a frame that holds so much content in raw blocks} */
    static int storedBytes(int contentBytes) {
        return HEADER_BYTES + blocks(contentBytes) * BLOCK_HEADER_BYTES + contentBytes;
    }

    private static int blocks(int contentBytes) {
        return Math.max(1, Math.ceilDiv(contentBytes, BLOCK_BYTES_MAX));
    }

    /** Puts one frame that holds {@code content} in raw blocks into {@code target}, from {@code at} on. */
    static void store(byte[] content, byte[] target, int at) {
        int blocks = blocks(content.length);
        ByteBuffer out = littleEndian(target).position(at);
        out.putInt(MAGIC).put(PLAIN_DESCRIPTOR).put(WINDOW_OF_ONE_BLOCK);
        for (int block = 0; block < blocks; block++) {
            int from = block * BLOCK_BYTES_MAX;
            int size = Math.min(BLOCK_BYTES_MAX, content.length - from);
            int last = block == blocks - 1 ? 1 : 0;
            int header = (size << 3) | (RAW << 1) | last;
            out.put((byte) header).put((byte) (header >>> 8)).put((byte) (header >>> 16));
            out.put(content, from, size);
        }
    }

    /**
     * Where a frame ends, and what it may expand to.
     *
     * @param frameBytes from the magic to the end of the last block or the checksum
     * @param contentBytesBound exact for raw and run-length blocks, a full block for each compressed one
     */
    record Extent(int frameBytes, long contentBytesBound) {}

    /**
     * {@return the extent of the one zstd frame in {@code bytes}}
     *
     * @param bytes the frame, and {@linkplain Padding padding} or nothing behind it
     * @throws CesFailure BAD_FRAME if they are cut short or are anything else
     */
    static Extent extent(ByteBuffer bytes) {
        ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (in.remaining() < Integer.BYTES || in.getInt() != MAGIC) {
            throw badFrame("the decrypted bytes do not begin with a zstd frame");
        }
        long bound;
        try {
            bound = frameBound(in);
        } catch (BufferUnderflowException _) {
            throw badFrame("the zstd frame is cut short");
        }
        int frameBytes = in.position();
        Padding.requireOnly(in);
        return new Extent(frameBytes, bound);
    }

    /**
     * Checks the header of a frame that is to be decoded as a stream: its window is memory.
     *
     * @param head the first bytes of the frame
     * @throws CesFailure BAD_FRAME if they are fewer than a header has; TOO_LARGE if it needs a window of more than
     *     {@code windowBytesMax}
     */
    static void requireWindow(byte[] head, long windowBytesMax) {
        ByteBuffer in = littleEndian(head).position(Integer.BYTES);
        try {
            int descriptor = in.get() & 0xff;
            long windowBytes = (descriptor & SINGLE_SEGMENT) == 0
                    ? windowBytes(in.get())
                    : contentSize(in.position(in.position() + dictionaryIdBytes(descriptor & 3)), descriptor >>> 6);
            if (windowBytes < 0 || windowBytes > windowBytesMax) {
                throw new CesFailure(
                        Kind.TOO_LARGE,
                        "the zstd frame needs a window of " + windowBytes + " bytes, at most " + windowBytesMax
                                + " are allowed");
            }
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            throw badFrame("the zstd frame is cut short");
        }
    }

    private static long contentSize(ByteBuffer in, int flag) {
        return switch (flag) {
            case 0 -> in.get() & 0xff;
            case 1 -> (in.getShort() & 0xffff) + 256;
            case 2 -> Integer.toUnsignedLong(in.getInt());
            default -> in.getLong();
        };
    }

    private static long frameBound(ByteBuffer in) {
        int descriptor = in.get() & 0xff;
        boolean isSingleSegment = (descriptor & SINGLE_SEGMENT) != 0;
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
                default -> throw badFrame("the zstd frame has a block of a reserved type");
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

    private static CesFailure badFrame(String what) {
        return new CesFailure(Kind.BAD_FRAME, what);
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
