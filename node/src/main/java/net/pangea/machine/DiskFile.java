package net.pangea.machine;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * An open file. Any number of tasks may read and write it at once; overlapping writes end in some order.
 *
 * <p>Buffers belong to the caller, may be direct and aligned, and are used only during the call. Durability
 * and failures are {@link Disk}'s.
 */
public interface DiskFile extends AutoCloseable {

    /**
     * Reads from {@code position} until {@code target} is full or the file ends.
     *
     * @return how many bytes were read, fewer than the target had room for only at the end of the file; 0 at
     *     or beyond the end
     * @throws DiskFailure IO_ERROR or CLOSED
     */
    int read(long position, ByteBuffer target);

    /**
     * Writes all of {@code source} at {@code position}, extending the file; a gap reads as zeros.
     *
     * @throws DiskFailure NO_SPACE or IO_ERROR (a part may be written), NOT_PERMITTED (opened to read) or
     *     CLOSED
     */
    void write(long position, ByteBuffer source);

    /**
     * Writes all of {@code sources}, one behind the other, as {@link #write(long, ByteBuffer)} would write them in one
     * buffer, and fails as that does.
     *
     * <p>Whoever writes much that lies in several places uses this: it need not put it together, and a system may do so in
     * memory that the device takes as it is.
     */
    default void write(long position, List<ByteBuffer> sources) {
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(
                sources.stream().mapToLong(ByteBuffer::remaining).sum()));
        sources.forEach(all::put);
        write(position, all.flip());
    }

    /**
     * Makes every write so far durable, and the file's size. Not its name: {@link Disk#syncDirectory}.
     *
     * @throws DiskFailure IO_ERROR: what was not synced before is unknown from now on
     */
    void sync();

    /** Cuts the file to {@code size} bytes if it is longer. */
    void truncate(long size);

    /** {@return the file's size in bytes, unsynced writes included} */
    long size();

    /** Closes the handle without syncing. Idempotent. */
    @Override
    void close();
}
