package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The buffer for the next read from the transport: small where the last read has emptied the transport, since the next one may
 * then wait for hours with its buffer; larger after each read that filled it.
 */
final class ReadBuffer {
    private static final int WAITING_BYTES = 256;
    private static final int MIDDLE_BYTES = 4 << 10;
    private static final int LARGE_BYTES = 64 << 10;

    private ByteBuffer current = ByteBuffer.allocate(WAITING_BYTES);
    // Kept while there is traffic: bulk data fills it thousands of times a second.
    private @Nullable ByteBuffer large;

    /** {@return the buffer to read into, at its position} */
    ByteBuffer target() {
        return current;
    }

    /** {@return the bytes to take, the last read's and what {@link #next} had kept} */
    ByteBuffer content() {
        return current.flip();
    }

    /** Chooses the buffer for the next read and keeps what was not taken of the content. */
    void next() {
        boolean wasFilled = current.limit() == current.capacity();
        ByteBuffer rest = current;
        int capacity = wasFilled ? larger(rest.capacity()) : WAITING_BYTES;
        if (rest.capacity() == capacity) {
            rest.compact();
        } else {
            current = buffer(capacity).put(rest);
        }
    }

    private int larger(int capacity) {
        return capacity == WAITING_BYTES && large == null ? MIDDLE_BYTES : LARGE_BYTES;
    }

    private ByteBuffer buffer(int capacity) {
        if (capacity < LARGE_BYTES) {
            return ByteBuffer.allocate(capacity);
        }
        ByteBuffer kept = large;
        if (kept == null) {
            kept = ByteBuffer.allocate(LARGE_BYTES);
            large = kept;
        }
        return kept.clear();
    }

    /** Gives memory back that is not in use now. */
    void release() {
        large = null;
    }
}
