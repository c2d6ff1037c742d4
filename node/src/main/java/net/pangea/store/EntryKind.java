package net.pangea.store;

/** What an entry of the store is. Kinds are kept apart, each in its own directory. */
public enum EntryKind {
    SHARD(1, "shards"),
    MANIFEST(2, "manifests");

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
