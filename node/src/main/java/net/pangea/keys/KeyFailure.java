package net.pangea.keys;

/** Keys that cannot be had, and why; the message says what to do. */
public final class KeyFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why there are no keys. */
    public enum Kind {
        /** The key file is not what was written. */
        DAMAGED,
        /** Something else has the key file's name, or another version of Pangea wrote it. */
        FOREIGN,
        /** There are keys already, and not these. */
        OTHER_KEYS,
        /** The folder is on a file system that cannot keep secrets. */
        NOT_PRIVATE,
        /** A text that is no exported keys. */
        BAD_TEXT
    }

    private final Kind kind;

    public KeyFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
