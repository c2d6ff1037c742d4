package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;
import net.pangea.store.RecordFormat.Header;

/** Reads contents back and believes only what its checksums confirm. Any task may call it. */
final class EntryReader {
    /** Up to here, header and content are read at once, whatever part is wanted: a second read would take longer. */
    private static final int WHOLE_BYTES = 2 * RecordFormat.BLOCK_BYTES;

    private final Index index;
    private final Handles handles;

    EntryReader(Index index, Handles handles) {
        this.index = index;
        this.handles = handles;
    }

    /** What reading gave. */
    sealed interface Reading {
        record Intact(Bytes content) implements Reading {}

        /** The disk gave other bytes than were written. */
        record Rotten(String what) implements Reading {}

        /** The disk gave none; it may do so later. */
        record Unreadable(String what) implements Reading {}
    }

    /** {@return all of the content that stands at {@code row}} */
    Reading read(Row row) {
        return read(row, 0, row.contentBytes());
    }

    /** {@return a part of the content that stands at {@code row}} Only its blocks are read. */
    Reading read(Row row, int offset, int length) {
        if (row.type() == RowType.LOST) {
            return new Reading.Rotten(row.key() + " has rotted earlier");
        }
        try {
            return handles.with(row.file(), file -> read(file, row, offset, length));
        } catch (DiskFailure e) {
            return new Reading.Unreadable(String.valueOf(e.getMessage()));
        }
    }

    private Reading read(DiskFile file, Row row, int offset, int length) {
        int headerBytes = RecordFormat.headerBytes(row.key().name().size(), row.contentBytes());
        long start = (long) row.sector() * RecordFormat.SECTOR_BYTES;
        boolean whole = length == row.contentBytes() || row.contentBytes() <= WHOLE_BYTES;
        ByteBuffer bytes = read(file, start, whole ? headerBytes + row.contentBytes() : headerBytes);
        Optional<Header> header = bytes.limit() < headerBytes
                ? Optional.empty()
                : RecordFormat.decode(bytes.slice(0, headerBytes), row.file(), row.sector())
                        .filter(found -> isOf(found, row));
        if (header.isEmpty()) {
            return rotten(row, "its header is damaged, or is that of another record");
        }
        int firstBlock = whole ? 0 : offset / RecordFormat.BLOCK_BYTES;
        int from = firstBlock * RecordFormat.BLOCK_BYTES;
        int to = whole
                ? row.contentBytes()
                : Math.min(row.contentBytes(), RecordFormat.blocks(offset + length) * RecordFormat.BLOCK_BYTES);
        ByteBuffer content = whole
                ? bytes.slice(headerBytes, bytes.limit() - headerBytes)
                : read(file, start + headerBytes + from, to - from);
        if (content.remaining() < to - from || !header.get().isIntact(firstBlock, content.duplicate())) {
            return rotten(row, "a checksum of its content does not match");
        }
        byte[] wanted = new byte[length];
        content.get(offset - from, wanted);
        return new Reading.Intact(Bytes.wrap(wanted));
    }

    private boolean isOf(Header header, Row row) {
        return header.row().equals(row)
                && index.ofFile(row.file(), file -> file.nonce() == header.nonce())
                        .orElse(true);
    }

    private static ByteBuffer read(DiskFile file, long position, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int _ = file.read(position, bytes);
        return bytes.flip();
    }

    private static Reading rotten(Row row, String what) {
        return new Reading.Rotten(
                row.key() + " in sector " + row.sector() + " of log file " + row.file() + ": " + what);
    }
}
