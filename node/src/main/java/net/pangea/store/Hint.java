package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;

/**
 * What a closed log file holds, told in a file beside it so that opening a store need not walk through it.
 *
 * <pre>
 * magic "PGH", version 1 (4) | number of the log file (4) | its nonce (8) | where it ends, in sectors (4)
 *     | rows, see RowTable | CRC32C of all this (4)
 * </pre>
 *
 * <p>It is never synced and needs not be: one that is torn or missing is not believed, and the log file is walked
 * through. It is a further copy of what the headers say; of a file in which something was found damaged none is
 * written, since what cannot be read today may be read tomorrow.
 */
record Hint(int number, long nonce, int endSector, List<Row> rows) {
    private static final long MAGIC = 'P' << 24 | 'G' << 16 | 'H' << 8 | 1;
    /** One row for each sector of the largest log file. */
    private static final long FILE_BYTES_MAX = 256L << 20;

    Bytes encode() {
        ByteWriter out = new ByteWriter().u32(MAGIC).u32(number).u64(nonce).u32(endSector);
        RowTable.encode(rows, out);
        return out.u32(Integer.toUnsignedLong(RecordFormat.crc(out.toBytes().asBuffer())))
                .toBytes();
    }

    static Optional<Hint> decode(Bytes bytes, int number, long nonce) {
        int crcAt = bytes.size() - Integer.BYTES;
        if (crcAt < 0
                || RecordFormat.crc(bytes.asBuffer().limit(crcAt))
                        != bytes.asBuffer().getInt(crcAt)) {
            return Optional.empty();
        }
        try {
            ByteReader in = new ByteReader(bytes.slice(0, crcAt));
            boolean ours = in.u32() == MAGIC && in.u32() == number && in.u64() == nonce;
            if (!ours) {
                return Optional.empty();
            }
            int endSector = in.u32In(0, Integer.MAX_VALUE, "end of a log file");
            Hint hint = new Hint(number, nonce, endSector, RowTable.decode(in, number));
            in.end();
            return Optional.of(hint);
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    static Optional<Hint> read(StoreFiles files, int number, long nonce) {
        try (DiskFile file = files.disk().open(files.hint(number), Disk.Mode.READ)) {
            long size = file.size();
            if (size > FILE_BYTES_MAX) {
                return Optional.empty();
            }
            byte[] bytes = new byte[(int) size];
            int read = file.read(0, ByteBuffer.wrap(bytes));
            return read == bytes.length ? decode(Bytes.wrap(bytes), number, nonce) : Optional.empty();
        } catch (DiskFailure e) {
            return Optional.empty(); // there is none, or it cannot be read: the log file itself tells all
        }
    }

    /** Writes it, if that can be done: it is only a help. */
    void write(StoreFiles files) {
        Bytes bytes = encode();
        try (DiskFile file = files.disk().open(files.hint(number), Disk.Mode.CREATE)) {
            file.write(0, bytes.asBuffer());
            file.truncate(bytes.size());
        } catch (DiskFailure e) {
            return; // what is there of it does not pass for a hint
        }
    }
}
