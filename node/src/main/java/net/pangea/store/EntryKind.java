package net.pangea.store;

/** What an entry of the store is. Kinds are kept apart, each in its own directory. */
public enum EntryKind {
    /** A shard: placement key (32), column (2), segment (4). */
    SHARD(1, "shards"),
    /** A manifest: object id. */
    MANIFEST(2, "manifests"),
    /** A sealed header: object id. */
    HEADER(3, "headers"),
    /** The newest lease: object id. */
    LEASE(4, "leases"),
    /** A column's index and which of its segments are held: object id, column (2). */
    INDEX(5, "indexes"),
    /** An upload or repair that others make: placement key. */
    UPLOAD(6, "uploads"),
    /** An own object: object id. */
    OWN(7, "own"),
    /** An own put that is not finished: the client's token. */
    RESUME(8, "resume"),
    /** Where an owner's catalogue is: owner id. */
    POINTER(9, "pointers"),
    /** Anything small that a component remembers: its name. */
    NOTE(10, "notes");

    private final int code;
    private final String directory;

    EntryKind(int code, String directory) {
        this.code = code;
        this.directory = directory;
    }

    int code() {
        return code;
    }

    String directory() {
        return directory;
    }
}
