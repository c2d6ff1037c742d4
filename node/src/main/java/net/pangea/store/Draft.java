package net.pangea.store;

import java.util.Optional;
import net.pangea.bytes.Bytes;

/**
 * A record that is to be written, without its place. Its checksums are computed by the task that asks for it, beside
 * others, not by the one that writes.
 */
final class Draft {
    private final RowType type;
    private final EntryKey key;
    private final long stamp;
    private final Bytes content;
    private final int[] blockCrcs;
    private final Optional<Row> source;
    private final boolean copy;

    private Draft(RowType type, EntryKey key, long stamp, Bytes content, Optional<Row> source, boolean copy) {
        this.type = type;
        this.key = key;
        this.stamp = stamp;
        this.content = content;
        this.blockCrcs = RecordFormat.blockCrcs(content);
        this.source = source;
        this.copy = copy;
    }

    static Draft of(RowType type, EntryKey key, long stamp, Bytes content) {
        return new Draft(type, key, stamp, content, Optional.empty(), false);
    }

    static Draft seal(int file, int endSector) {
        return of(RowType.SEAL, Row.NO_KEY, Row.sealStamp(file, endSector), Bytes.EMPTY);
    }

    static Draft summary(Bytes rows) {
        return of(RowType.SUMMARY, Row.NO_KEY, 0, rows);
    }

    /** {@return a copy of a record, as old as that, of another type if its content has rotted} */
    static Draft copyOf(Row source, RowType type, Bytes content) {
        return new Draft(type, source.key(), source.stamp(), content, Optional.of(source), true);
    }

    /** {@return a record that undoes a mark, and is left out if that does not count any more when its turn comes} */
    static Draft undoing(Row mark, RowType type) {
        return new Draft(type, mark.key(), 0, Bytes.EMPTY, Optional.of(mark), false);
    }

    EntryKey key() {
        return key;
    }

    RowType type() {
        return type;
    }

    /** {@return what has to count still when this is written} */
    Optional<Row> source() {
        return source;
    }

    int nameBytes() {
        return key.name().size();
    }

    int sectors() {
        return RecordFormat.sectors(key.name().size(), content.size());
    }

    /** {@return the record that this becomes at a place} */
    Row at(int file, int sector, long sequence) {
        long own = copy ? source.map(Row::sequence).orElse(sequence) : sequence;
        return new Row(type, key, own, file, sector, content.size(), stamp);
    }

    Bytes content() {
        return content;
    }

    int[] blockCrcs() {
        return blockCrcs;
    }
}
