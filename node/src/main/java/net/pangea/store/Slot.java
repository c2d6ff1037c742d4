package net.pangea.store;

import org.jspecify.annotations.Nullable;

/**
 * What the log says of one key: the newest record about its content, the newest mark that is newer still, and how many
 * records of the key there are on the disk. The order in which it hears of them does not matter. Guarded by the index.
 */
final class Slot {
    // The newest DATA, LOST or TOMBSTONE, without the key: a slot is what an entry costs in memory.
    private @Nullable RowType type;
    private long sequence;
    private int file;
    private int sector;
    private int contentBytes;
    private boolean damaged;
    private int records;
    private @Nullable Row mark;

    void add(Row row, boolean isDamaged) {
        records++;
        if (row.type().isMark()) {
            Row known = mark;
            if (known == null || row.isNewerThan(known.sequence(), known.file(), known.sector())) {
                mark = row;
            }
        } else if (type == null || isBetter(row, isDamaged)) {
            type = row.type();
            sequence = row.sequence();
            file = row.file();
            sector = row.sector();
            contentBytes = row.contentBytes();
            damaged = isDamaged;
        }
        Row newest = mark;
        if (newest != null && type != null && newest.sequence() < sequence) {
            mark = null;
        }
    }

    /** Of two copies of one record, one that is intact is better than one that is not. */
    private boolean isBetter(Row row, boolean isDamaged) {
        boolean oneIsDamaged = row.sequence() == sequence && isDamaged != damaged;
        return oneIsDamaged ? damaged : row.isNewerThan(sequence, file, sector);
    }

    /** A record of the key, a superseded one unless it stands where the newest does, is gone from the disk. */
    void forget(Row row) {
        records--;
        Row known = mark;
        if (known != null && known.isAt(row.file(), row.sector())) {
            mark = null;
        } else if (type != null && row.isAt(file, sector)) {
            type = null;
        }
    }

    boolean isGone() {
        return records <= 0;
    }

    int records() {
        return records;
    }

    /** {@return whether there is content, or was until it rotted; it may lie in the trash} */
    boolean hasContent() {
        return type == RowType.DATA || type == RowType.LOST;
    }

    @Nullable
    Row trashMark() {
        Row known = mark;
        return hasContent() && known != null && known.type() == RowType.TRASHED ? known : null;
    }

    boolean isLive() {
        return hasContent() && trashMark() == null;
    }

    boolean isIntact() {
        return isLive() && type == RowType.DATA && !damaged;
    }

    boolean isDamaged() {
        return damaged;
    }

    void markDamaged() {
        damaged = true;
    }

    int contentBytes() {
        return contentBytes;
    }

    /** {@return the newest record about the content, if any is known} */
    @Nullable
    Row base(EntryKey key) {
        RowType known = type;
        return known == null ? null : new Row(known, key, sequence, file, sector, contentBytes, 0);
    }

    @Nullable
    Row mark() {
        return mark;
    }

    boolean isBaseAt(int otherFile, int otherSector) {
        return type != null && file == otherFile && sector == otherSector;
    }

    boolean isMarkAt(int otherFile, int otherSector) {
        Row known = mark;
        return known != null && known.isAt(otherFile, otherSector);
    }

    /** Tells the index which records would have to be copied if their files were to go. */
    void countLive(int sign, EntryKey key, Index index) {
        Row base = base(key);
        if (base != null && (base.type() != RowType.TOMBSTONE || records > 1)) {
            index.countLive(base, sign);
        }
        Row known = mark;
        if (known != null && hasContent() && (known.type() == RowType.TRASHED || records > 2)) {
            index.countLive(known, sign);
        }
    }
}
