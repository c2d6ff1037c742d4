package net.pangea.store;

import net.pangea.machine.Disk;

/**
 * How a store uses its disk.
 *
 * @param directory its directory below the machine's folder, made if it is not there
 * @param capacityBytes what its files may take together; removing and compacting may go beyond it for a while
 * @param logFileBytes a log file that has reached this size is closed and the next one begun; as much is left free,
 *     so that compacting never lacks the room for a copy
 * @param spareBytes size of a file that is written in advance, so that removing works on a full disk
 */
public record StoreSettings(String directory, long capacityBytes, int logFileBytes, int spareBytes) {
    /** All of the disk, in log files of 64 MiB; the spare has room for fifty removed entries. */
    public static final StoreSettings DEFAULT = new StoreSettings("store", Long.MAX_VALUE, 64 << 20, 32 << 10);

    private static final int LOG_FILE_BYTES_MIN = 8 * Disk.SECTOR_BYTES;
    private static final int LOG_FILE_BYTES_MAX = 1 << 30;

    public StoreSettings {
        Disk.requireValid(directory);
        if (directory.isEmpty() || capacityBytes < 0) {
            throw new IllegalArgumentException(
                    "a store has a directory of its own and a capacity that is not negative");
        }
        requireSize("a log file", logFileBytes);
        requireSize("the spare file", spareBytes);
    }

    private static void requireSize(String what, int bytes) {
        if (bytes < LOG_FILE_BYTES_MIN || bytes > LOG_FILE_BYTES_MAX || bytes % Disk.SECTOR_BYTES != 0) {
            throw new IllegalArgumentException(what + " has " + LOG_FILE_BYTES_MIN + " to " + LOG_FILE_BYTES_MAX
                    + " bytes, in whole sectors of " + Disk.SECTOR_BYTES + ", not " + bytes);
        }
    }

    /** {@return these settings with another capacity} */
    public StoreSettings withCapacityBytes(long bytes) {
        return new StoreSettings(directory, bytes, logFileBytes, spareBytes);
    }

    /** {@return what entries leave free} */
    long reserveBytes() {
        return logFileBytes;
    }

    int logFileSectors() {
        return logFileBytes / Disk.SECTOR_BYTES;
    }

    int spareSectors() {
        return spareBytes / Disk.SECTOR_BYTES;
    }
}
