package net.pangea.sim.disk;

/** What a disk did, or a fault did to it, as the trace tells it. */
public enum DiskOperation {
    OPEN,
    CLOSE,
    READ,
    WRITE,
    SYNC,
    TRUNCATE,
    SIZE,
    TYPE,
    LIST,
    CREATE_DIRECTORY,
    /** Told of the new name; the old one follows as {@link #RENAMED_FROM}. */
    RENAME,
    RENAMED_FROM,
    DELETE,
    SYNC_DIRECTORY,
    FREE_BYTES,
    LOCK,
    UNLOCK,
    /** A sync that reported success and did nothing. */
    SYNC_LOST,
    /** A write that went to the wrong place; offset and length are the intended ones. */
    WRITE_MISDIRECTED,
    /** A write of which only the told length was done, because the disk was full. */
    WRITE_SHORT,
    /** A read, write or sync that failed. */
    IO_ERROR
}
