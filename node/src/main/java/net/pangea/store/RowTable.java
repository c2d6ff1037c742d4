package net.pangea.store;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;

/**
 * Rows of one log file as bytes: their number (4), then each as type (1), kind of entry (1), length of name (1), name,
 * sequence (8), sector (4), length of content (4), stamp (8).
 */
final class RowTable {
    private static final int ROW_BYTES = 27;
    private static final int NAME_AND_KIND_MAX = 255;

    private RowTable() {}

    /** {@return how many bytes rows take, of which only the names differ in length} */
    static int bytes(int rows, int namesBytes) {
        return Integer.BYTES + rows * ROW_BYTES + namesBytes;
    }

    static int bytes(Row row) {
        return ROW_BYTES + row.key().name().size();
    }

    static void encode(List<Row> rows, ByteWriter target) {
        var _ = target.u32(rows.size());
        for (Row row : rows) {
            Bytes name = row.key().name();
            var _ = target.u8(row.type().code())
                    .u8(row.key().kind().code())
                    .u8(name.size())
                    .raw(name)
                    .u64(row.sequence())
                    .u32(row.sector())
                    .u32(row.contentBytes())
                    .u64(row.stamp());
        }
    }

    /** Fails with {@link MalformedBytes} on anything else than rows of {@code file}. */
    static List<Row> decode(ByteReader source, int file) {
        long count = source.u32();
        if (count > source.remaining() / ROW_BYTES) {
            throw new MalformedBytes(count + " rows in " + source.remaining() + " bytes");
        }
        List<Row> rows = new ArrayList<>((int) count);
        for (long i = 0; i < count; i++) {
            RowType type = RowType.of(source.u8In(1, NAME_AND_KIND_MAX, "type of a row"))
                    .orElseThrow(() -> new MalformedBytes("a row of an unknown type"));
            EntryKind kind = EntryKind.of(source.u8In(1, NAME_AND_KIND_MAX, "kind of an entry"))
                    .orElseThrow(() -> new MalformedBytes("an entry of an unknown kind"));
            Bytes name = source.raw(source.u8In(0, EntryKey.NAME_BYTES_MAX, "length of a name"));
            long sequence = source.u64();
            int sector = source.u32In(1, Integer.MAX_VALUE, "sector of a row");
            int contentBytes = source.u32In(0, Entry.CONTENT_BYTES_MAX, "length of content");
            rows.add(new Row(type, new EntryKey(kind, name), sequence, file, sector, contentBytes, source.u64()));
        }
        return rows;
    }
}
