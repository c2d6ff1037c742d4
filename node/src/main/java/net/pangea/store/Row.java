package net.pangea.store;

import net.pangea.bytes.Bytes;

/**
 * One record of the log: what it says and where it stands.
 *
 * @param sequence decides between records of one key: the file it was first written to, then its number there. A copy
 *     keeps it
 * @param file the log file it stands in
 * @param sector where in the file it begins
 * @param stamp when a TRASHED entry was put aside; of a SEAL the file and sector it speaks of; otherwise 0
 */
record Row(RowType type, EntryKey key, long sequence, int file, int sector, int contentBytes, long stamp) {
    /** What stands for the key in a record without one. */
    static final EntryKey NO_KEY = new EntryKey(EntryKind.NOTE, Bytes.EMPTY);

    int sectors() {
        return RecordFormat.sectors(key.name().size(), contentBytes);
    }

    int endSector() {
        return sector + sectors();
    }

    long diskBytes() {
        return (long) sectors() * RecordFormat.SECTOR_BYTES;
    }

    /** {@return whether this one counts if both say something of one key} Of two copies it is the later. */
    boolean isNewerThan(long otherSequence, int otherFile, int otherSector) {
        if (sequence != otherSequence) {
            return sequence > otherSequence;
        }
        return file != otherFile ? file > otherFile : sector > otherSector;
    }

    boolean isAt(int otherFile, int otherSector) {
        return file == otherFile && sector == otherSector;
    }

    static long sealStamp(int file, int endSector) {
        return (long) file << 32 | endSector;
    }

    /** {@return the file that a SEAL speaks of} */
    int sealedFile() {
        return (int) (stamp >>> 32);
    }

    /** {@return where the file ends that a SEAL speaks of} */
    int sealedEnd() {
        return (int) stamp;
    }
}
