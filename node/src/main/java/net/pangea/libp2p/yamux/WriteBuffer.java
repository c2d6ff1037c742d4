package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Frames that go to the transport with its next write. One buffer is filled while another is written; there are none while
 * nothing is to be sent.
 */
final class WriteBuffer {
    /**
     * How much data goes in one write: at most what js-libp2p accepts in a frame (64 KiB), and so little that with a few
     * control frames it fits one message of Noise (65,519 bytes).
     */
    static final int BATCH_BYTES = 65_000;

    /** A frame is cut short for lack of room only if so much of it goes out, so that bulk data does not go in crumbs. */
    static final int PIECE_MIN_BYTES = 4 << 10;

    private static final int FIRST_BYTES = 512;

    private @Nullable ByteBuffer filling;
    private @Nullable ByteBuffer spare;

    private int filled() {
        ByteBuffer buffer = filling;
        return buffer == null ? 0 : buffer.position();
    }

    /** {@return how many of {@code wanted} bytes of data have room in the next write} Control frames always have. */
    int room(int wanted) {
        int room = BATCH_BYTES - filled() - Frame.BYTES;
        return room >= Math.min(wanted, PIECE_MIN_BYTES) ? Math.min(room, wanted) : 0;
    }

    void add(Frame frame) {
        frame.encode(withRoom(Frame.BYTES));
    }

    /** Adds a frame and the data that it announces, from {@code source}. */
    void add(Frame frame, ByteBuffer source) {
        int count = (int) frame.length();
        ByteBuffer buffer = withRoom(Frame.BYTES + count);
        frame.encode(buffer);
        buffer.put(buffer.position(), source, source.position(), count);
        buffer.position(buffer.position() + count);
        source.position(source.position() + count);
    }

    private ByteBuffer withRoom(int bytes) {
        ByteBuffer buffer = filling;
        if (buffer == null) {
            buffer = ByteBuffer.allocate(Math.max(FIRST_BYTES, bytes));
        } else if (buffer.remaining() < bytes) {
            int capacity = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
            buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
        }
        filling = buffer;
        return buffer;
    }

    /** {@return what was added since the last call, for one write; null if nothing was} */
    @Nullable
    ByteBuffer take() {
        ByteBuffer batch = filling;
        if (batch == null || batch.position() == 0) {
            return null;
        }
        filling = spare;
        spare = null;
        return batch.flip();
    }

    /** Takes a buffer back that was written. */
    void recycle(ByteBuffer batch) {
        batch.clear();
        if (filling == null) {
            filling = batch;
        } else {
            spare = batch;
        }
    }

    /** Gives memory back, as nothing is to be sent. */
    void release() {
        filling = null;
        spare = null;
    }
}
