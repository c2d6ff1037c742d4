package net.pangea.store;

import java.util.Optional;

/** What an entry of the store is. The store keeps kinds apart and looks into none of them. */
public enum EntryKind {
    SHARD(1),
    MANIFEST(2),
    LEASE(3),
    /** What belongs together: the blocks of a column, the columns of an object. */
    INDEX(4),
    /** A put that is under way. */
    UPLOAD(5),
    /** What an owner has stored. */
    CATALOGUE(6),
    /** Anything else that a node has to remember. */
    NOTE(7);

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
