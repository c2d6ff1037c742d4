package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.CRC32C;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Disk;

/**
 * The bytes of a record in a log file. It begins at a sector, so that one can be found after damage by looking at the
 * first bytes of each sector, and is filled up with zeros to the end of its last sector.
 *
 * <pre>
 *  0 magic "PGR", version 1        4 | 32 stamp                        8
 *  4 type                          1 | 40 durable before: sector       4
 *  5 kind of entry                 1 | 44 index in its batch           4
 *  6 length of name                1 | 48 records of its batch         4
 *  7 zero                          1 | 52 length of content            4
 *  8 number of the log file        4 | 56 name
 * 12 sector in the log file        4 |    CRC32C of each 16 KiB block of the content, 4 each
 * 16 nonce of the log file         8 |    CRC32C of the header so far  4
 * 24 sequence                      8 |    content
 * </pre>
 *
 * <p>The header says what file and sector it was written for, so one that a disk has put elsewhere, or an old one that
 * was never overwritten, is recognised. The checksums of the content stand in the header and are covered by its
 * own, so a block of another record does not pass for one of this. <em>Durable before</em> is how far the file had
 * been synced when the record was written: damage before it is rot, not a write that was cut off. Numbers are
 * big-endian.
 */
final class RecordFormat {
    static final int SECTOR_BYTES = Disk.SECTOR_BYTES;
    /** What is verified at once: reading a part of an entry costs little more than that part. */
    static final int BLOCK_BYTES = 16 << 10;

    static final int FIXED_BYTES = 56;

    private static final ByteBuffer ZEROS = ByteBuffer.allocate(SECTOR_BYTES).asReadOnlyBuffer();
    private static final int MAGIC = 'P' << 24 | 'G' << 16 | 'R' << 8 | 1;

    /** A header that is intact. */
    record Header(Row row, long nonce, int durableSector, int batchIndex, int batchCount, ByteBuffer bytes) {
        int blockCrc(int block) {
            return bytes.getInt(FIXED_BYTES + row.key().name().size() + block * Integer.BYTES);
        }

        /** {@return whether {@code content}, which begins with block {@code first}, is what was written} */
        boolean isIntact(int first, ByteBuffer content) {
            int block = first;
            for (int at = content.position(); at < content.limit(); at += BLOCK_BYTES) {
                int length = Math.min(BLOCK_BYTES, content.limit() - at);
                if (crc(content.slice(at, length)) != blockCrc(block++)) {
                    return false;
                }
            }
            return true;
        }
    }

    private RecordFormat() {}

    static int headerBytes(int nameBytes, int contentBytes) {
        return FIXED_BYTES + nameBytes + blocks(contentBytes) * Integer.BYTES + Integer.BYTES;
    }

    static int sectors(int nameBytes, int contentBytes) {
        return (headerBytes(nameBytes, contentBytes) + contentBytes + SECTOR_BYTES - 1) / SECTOR_BYTES;
    }

    static int blocks(int contentBytes) {
        return (contentBytes + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }

    static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    static int[] blockCrcs(Bytes content) {
        int[] crcs = new int[blocks(content.size())];
        CRC32C crc = new CRC32C();
        for (int block = 0; block < crcs.length; block++) {
            int at = block * BLOCK_BYTES;
            crc.reset();
            content.checksumInto(crc, at, Math.min(content.size(), at + BLOCK_BYTES));
            crcs[block] = (int) crc.getValue();
        }
        return crcs;
    }

    /** {@return a whole record, up to the end of its last sector: its header, its content, uncopied, and zeros} */
    static List<ByteBuffer> encode(
            Row row, long nonce, int durableSector, int batchIndex, int batchCount, int[] blockCrcs, Bytes content) {
        Bytes name = row.key().name();
        ByteBuffer target = ByteBuffer.allocate(headerBytes(name.size(), content.size()));
        target.putInt(MAGIC);
        target.put((byte) row.type().code());
        target.put((byte) row.key().kind().code());
        target.put((byte) name.size());
        target.put((byte) 0);
        target.putInt(row.file()).putInt(row.sector()).putLong(nonce).putLong(row.sequence());
        target.putLong(row.stamp()).putInt(durableSector).putInt(batchIndex).putInt(batchCount);
        target.putInt(content.size()).put(name.asBuffer());
        for (int crc : blockCrcs) {
            target.putInt(crc);
        }
        target.putInt(crc(target.slice(0, target.position())));
        int padding = row.sectors() * SECTOR_BYTES - target.position() - content.size();
        return List.of(target.flip(), content.asBuffer(), ZEROS.slice(0, padding));
    }

    /**
     * {@return how long the header is that begins here, if one does}
     *
     * @param start at least {@link #FIXED_BYTES}
     */
    static OptionalInt headerBytes(ByteBuffer start) {
        int at = start.position();
        int nameBytes = start.get(at + 6) & 0xff;
        int contentBytes = start.getInt(at + 52);
        return start.getInt(at) != MAGIC
                        || nameBytes > EntryKey.NAME_BYTES_MAX
                        || contentBytes < 0
                        || contentBytes > Entry.CONTENT_BYTES_MAX
                ? OptionalInt.empty()
                : OptionalInt.of(headerBytes(nameBytes, contentBytes));
    }

    /**
     * {@return the header, if it is intact and was written for this place}
     *
     * @param bytes all of it and nothing more
     */
    static Optional<Header> decode(ByteBuffer bytes, int file, int sector) {
        int size = bytes.remaining();
        ByteBuffer in = bytes.slice();
        if (in.getInt(size - Integer.BYTES) != crc(in.slice(0, size - Integer.BYTES))
                || in.getInt(8) != file
                || in.getInt(12) != sector) {
            return Optional.empty();
        }
        Optional<RowType> type = RowType.of(in.get(4));
        Optional<EntryKind> kind = EntryKind.of(in.get(5));
        if (type.isEmpty() || kind.isEmpty()) {
            return Optional.empty();
        }
        byte[] name = new byte[in.get(6) & 0xff];
        in.get(FIXED_BYTES, name);
        Row row = new Row(
                type.get(),
                new EntryKey(kind.get(), Bytes.wrap(name)),
                in.getLong(24),
                file,
                sector,
                in.getInt(52),
                in.getLong(32));
        return Optional.of(new Header(row, in.getLong(16), in.getInt(40), in.getInt(44), in.getInt(48), in));
    }
}
