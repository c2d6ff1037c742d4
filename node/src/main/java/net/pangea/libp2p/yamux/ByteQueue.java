package net.pangea.libp2p.yamux;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Bytes that came and were not read. However small the pieces in which they came, memory stays near their number. */
final class ByteQueue {
    /** So that a flood of one-byte frames costs little more than its bytes. */
    private static final int CHUNK_MIN_BYTES = 512;

    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>(1);
    private int headStart;
    private int tailEnd;
    private int size;

    int size() {
        return size;
    }

    /** Takes the next {@code count} bytes of {@code source}. */
    void add(ByteBuffer source, int count) {
        int rest = count;
        byte[] tail = chunks.peekLast();
        if (tail != null && tailEnd < tail.length) {
            int fits = Math.min(rest, tail.length - tailEnd);
            source.get(tail, tailEnd, fits);
            tailEnd += fits;
            rest -= fits;
        }
        if (rest > 0) {
            byte[] chunk = new byte[Math.max(rest, Math.min(CHUNK_MIN_BYTES, 2 * (size + rest)))];
            source.get(chunk, 0, rest);
            chunks.add(chunk);
            tailEnd = rest;
        }
        size += count;
    }

    /** {@return how many bytes were moved into {@code target}} */
    int take(ByteBuffer target) {
        int count = Math.min(size, target.remaining());
        int rest = count;
        while (rest > 0) {
            byte[] head = chunks.element();
            int end = chunks.size() == 1 ? tailEnd : head.length;
            int moved = Math.min(rest, end - headStart);
            target.put(head, headStart, moved);
            headStart += moved;
            rest -= moved;
            if (headStart == end) {
                chunks.remove();
                headStart = 0;
            }
        }
        size -= count;
        return count;
    }
}
