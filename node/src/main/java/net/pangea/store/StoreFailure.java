package net.pangea.store;

/** Something the store could not keep, and why. Expected: callers switch on {@link #kind}. */
public final class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it could not be kept. */
    public enum Kind {
        /** There is no room; nothing was kept. */
        FULL,
        /** The disk failed; the entry may or may not be there, and counts as not stored. */
        BROKEN
    }

    private final Kind kind;

    public StoreFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
