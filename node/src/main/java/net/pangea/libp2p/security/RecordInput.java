package net.pangea.libp2p.security;

import java.nio.ByteBuffer;
import net.pangea.machine.Connection;

/**
 * The reading half of a {@link SecureConnection}: collects records and hands out what is in them.
 *
 * <p>The buffer is small while a reader waits for a record, grows to a long record's size as that arrives, and is dropped
 * with it. An interrupted read leaves what has come where it is, for the next one.
 */
final class RecordInput {
    /** Holds short records, several at a time; 40,000 waiting connections hold 10 MB. */
    static final int IDLE_BYTES = 256;

    /**
     * How many times as large as what has come the buffer for a record may be. Who announces a long record and sends
     * nothing does not make us reserve memory for it, and a record of 64 KiB takes no more than three reads.
     */
    private static final int GROWTH = 16;

    /**
     * Records without plaintext that may follow each other. They cost the sender next to nothing, and may have the protocol
     * owe an answer. Peers send one now and then: a session ticket, a change of keys.
     */
    private static final int EMPTY_RECORDS_MAX = 32;

    private static final byte[] NONE = new byte[0];
    private static final ByteBuffer NO_PLAINTEXT = ByteBuffer.allocate(0);

    private final Connection inner;
    private final Records records;

    /** From {@code start} to {@code end}: what has come and was not opened. */
    private byte[] buffer = NONE;

    private int start;
    private int end;

    /** What was opened and not read; it may lie in {@code buffer} before {@code start}. */
    private ByteBuffer plaintext = NO_PLAINTEXT;

    private boolean ended;

    RecordInput(Connection inner, Records records) {
        this.inner = inner;
        this.records = records;
    }

    /** @throws SecurityFailure BAD_RECORD, after which nothing can be read */
    int read(ByteBuffer target) throws InterruptedException {
        for (int empty = 0; !plaintext.hasRemaining(); empty++) {
            if (empty > EMPTY_RECORDS_MAX) {
                throw new SecurityFailure(SecurityFailure.Kind.BAD_RECORD, "too many records without content");
            }
            plaintext = NO_PLAINTEXT;
            if (ended || !next()) {
                ended = true;
                return -1;
            }
        }
        int count = Math.min(plaintext.remaining(), target.remaining());
        target.put(target.position(), plaintext, plaintext.position(), count);
        target.position(target.position() + count);
        plaintext.position(plaintext.position() + count);
        return count;
    }

    /** Opens the next record, and returns false if there is none. */
    private boolean next() throws InterruptedException {
        if (start == end) {
            start = 0;
            end = 0;
            buffer = buffer.length > IDLE_BYTES ? NONE : buffer;
        }
        if (!collect(records.headerBytes())) {
            return false;
        }
        int size = records.recordBytes(buffer, start);
        if (!collect(size)) {
            return false;
        }
        plaintext = records.open(buffer, start, size);
        start += size;
        ended = records.ended();
        return true;
    }

    /** Waits until {@code size} bytes are there, and returns false if the stream ends before the first. */
    private boolean collect(int size) throws InterruptedException {
        while (end - start < size) {
            makeRoom(size);
            int count = inner.read(ByteBuffer.wrap(buffer, end, buffer.length - end));
            if (count < 0) {
                if (end == start) {
                    return false;
                }
                throw new SecurityFailure(SecurityFailure.Kind.BAD_RECORD, "the stream ends inside a record");
            }
            end += count;
        }
        return true;
    }

    private void makeRoom(int size) {
        int have = end - start;
        int capacity = Math.max(IDLE_BYTES, Math.min(size, GROWTH * have));
        boolean grow = capacity > buffer.length;
        if (grow || start + size > buffer.length) {
            byte[] target = grow ? new byte[capacity] : buffer;
            if (grow || start > 0) {
                System.arraycopy(buffer, start, target, 0, have);
            }
            buffer = target;
            start = 0;
            end = have;
        }
    }
}
