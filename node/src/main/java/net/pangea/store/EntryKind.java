package net.pangea.store;

import java.util.Optional;

/** What an entry of the store is. The store keeps kinds apart and looks into none of them. */
public enum EntryKind {
    /** A shard: placement key (32), column (2), segment (4). */
    SHARD(1),
    /** A manifest: object id. */
    MANIFEST(2),
    /** The newest lease: object id. */
    LEASE(3),
    /** A column's index and which of its segments are held: object id, column (2). */
    INDEX(4),
    /** An upload or repair that others make: placement key. */
    UPLOAD(5),
    /** A sealed header: object id. */
    HEADER(6),
    /** An own object: object id. */
    OWN(7),
    /** An own put that is not finished: the client's token, and what comes after it. */
    RESUME(8),
    /** Where an owner's catalogue is: owner id. */
    POINTER(9),
    /** Anything small that a component remembers: its name. */
    NOTE(10),
    /** What a peer of the original network has stored: 1 shard or 2 share, SHA-256 of its name, index (4). */
    LEGACY(11);

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    /** {@return the number that stands for this kind on disk, which never changes} */
    public int code() {
        return code;
    }

    /** {@return the kind of that code, if there is one} */
    public static Optional<EntryKind> of(int code) {
        for (EntryKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
