package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteWriter;
import net.pangea.machine.DiskFile;

/** The log file that is written now. Owned by the task that writes. */
final class ActiveFile {
    /** Records are gathered up to this size and written at once. */
    private static final int WRITE_BYTES = 1 << 20;

    private static final int SECTOR_BYTES = RecordFormat.SECTOR_BYTES;

    private final int number;
    private final long nonce;
    private final DiskFile file;
    private final int limitSectors;
    private final boolean spare;
    private final List<Row> rows = new ArrayList<>();
    private int durableSector;
    /** Where the records end that were written last. */
    private int end;

    private long ordinal;

    /**
     * @param limitSectors where the next file is to be begun
     * @param spare whether it was written in advance and must not grow
     */
    ActiveFile(int number, long nonce, DiskFile file, int limitSectors, boolean spare) {
        this.number = number;
        this.nonce = nonce;
        this.file = file;
        this.limitSectors = limitSectors;
        this.spare = spare;
    }

    int number() {
        return number;
    }

    long nonce() {
        return nonce;
    }

    boolean isSpare() {
        return spare;
    }

    /** {@return where the durable part ends; 0 if not even the file's name is durable} */
    int durableSector() {
        return durableSector;
    }

    /** {@return the durable records} */
    List<Row> rows() {
        return rows;
    }

    boolean isFresh() {
        return durableSector == 0;
    }

    boolean hasRoomFor(int sectors) {
        boolean growable = !spare && isFresh(); // a batch larger than a file gets a file of its own
        return growable || Math.max(1, durableSector) + (long) sectors <= limitSectors;
    }

    /** A record with its place. */
    private record Placed(Draft draft, Row row, int batchIndex, int batchCount) {}

    /**
     * Writes batches and a summary of them after the durable part.
     *
     * @return their records, which count once {@link #durable} was called
     */
    List<Row> write(List<Batch> batches) {
        List<Placed> placed = new ArrayList<>();
        int sector = Math.max(1, durableSector);
        for (Batch batch : batches) {
            int count = batch.drafts().size();
            for (int i = 0; i < count; i++) {
                Draft draft = batch.drafts().get(i);
                Row row = draft.at(number, sector, nextSequence());
                placed.add(batch.isAtomic() ? new Placed(draft, row, i, count) : new Placed(draft, row, 0, 1));
                sector = row.endSector();
            }
        }
        List<Row> written = placed.stream().map(Placed::row).toList();
        ByteWriter summary = new ByteWriter();
        RowTable.encode(written, summary);
        Draft last = Draft.summary(summary.toBytes());
        placed.add(new Placed(last, last.at(number, sector, nextSequence()), 0, 1));
        put(placed);
        end = sector + last.sectors();
        return written;
    }

    /** {@return how many sectors a summary of that many records takes} */
    static int summarySectors(int rows, int namesBytes) {
        return RecordFormat.sectors(0, RowTable.bytes(rows, namesBytes));
    }

    private long nextSequence() {
        return (long) number << 32 | ordinal++;
    }

    private void put(List<Placed> placed) {
        int from = 0;
        while (from < placed.size()) {
            boolean withHeader = from == 0 && isFresh();
            int bytes = withHeader ? SECTOR_BYTES : 0;
            int to = from;
            while (to < placed.size()
                    && (to == from || bytes + placed.get(to).row().diskBytes() <= WRITE_BYTES)) {
                bytes += Math.toIntExact(placed.get(to++).row().diskBytes());
            }
            List<ByteBuffer> buffers = new ArrayList<>();
            if (withHeader) {
                buffers.add(FileHeader.encode(number, nonce));
            }
            for (Placed one : placed.subList(from, to)) {
                buffers.addAll(RecordFormat.encode(
                        one.row(),
                        nonce,
                        durableSector,
                        one.batchIndex(),
                        one.batchCount(),
                        one.draft().blockCrcs(),
                        one.draft().content()));
            }
            long start = withHeader ? 0 : (long) placed.get(from).row().sector() * SECTOR_BYTES;
            file.write(start, buffers);
            from = to;
        }
    }

    void sync() {
        file.sync();
    }

    /** What was written last, and synced, counts from now on. */
    void durable(List<Row> written) {
        rows.addAll(written);
        durableSector = end;
    }

    /** Takes back what was written last, durably. */
    void undo() {
        file.truncate((long) durableSector * SECTOR_BYTES);
        file.sync();
    }

    /** Says in the file itself that it ends here, so that a reopened store knows that nothing was cut off. */
    void sealItself() {
        Draft seal = Draft.seal(number, durableSector);
        put(List.of(new Placed(seal, seal.at(number, durableSector, nextSequence()), 0, 1)));
        sync();
    }
}
