package net.pangea.store;

/** What is known of one log file. Guarded by the index that it is in. */
final class LogFile {
    private final int number;
    private final long nonce;
    /** Rows that the index has counted for it. */
    private int rows;
    /** Where what counts ends, in sectors. */
    private int endSector;

    private long fileBytes;
    private long liveBytes;
    private int liveRecords;
    private int liveRowBytes;
    private boolean unknownDamage;

    LogFile(int number, long nonce) {
        this.number = number;
        this.nonce = nonce;
    }

    int number() {
        return number;
    }

    long nonce() {
        return nonce;
    }

    int rows() {
        return rows;
    }

    int endSector() {
        return endSector;
    }

    long fileBytes() {
        return fileBytes;
    }

    long liveBytes() {
        return liveBytes;
    }

    /** {@return how many of its records would have to be copied if it were to go} */
    int liveRecords() {
        return liveRecords;
    }

    /** {@return what compacting it would free: all but the live records, and a header and a summary for them} */
    long garbageBytes() {
        long overhead = liveRecords == 0
                ? 0
                : (1L + RecordFormat.sectors(0, Integer.BYTES + liveRowBytes)) * RecordFormat.SECTOR_BYTES;
        return Math.max(0, fileBytes - liveBytes - overhead);
    }

    /** {@return whether a damaged place in it may have held records that nobody knows of} */
    boolean hasUnknownDamage() {
        return unknownDamage;
    }

    void endsAt(int sector) {
        endSector = sector;
        growTo((long) sector * RecordFormat.SECTOR_BYTES);
    }

    /** What lies beyond does not count any more, though it takes room. */
    void cutAt(int sector) {
        endSector = sector;
    }

    void growTo(long bytes) {
        fileBytes = Math.max(fileBytes, bytes);
    }

    void countRow(int change) {
        rows += change;
    }

    void countLive(int sign, Row row) {
        liveRecords += sign;
        liveBytes += sign * row.diskBytes();
        liveRowBytes += sign * RowTable.bytes(row);
    }

    void hasUnknownDamage(boolean has) {
        unknownDamage = has;
    }
}
