package net.pangea.ces;

/** Shards that could not be turned back into content, and why. Expected: callers switch on {@link #kind}. */
public final class CesFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why shards could not be decoded. */
    public enum Kind {
        /** The list has not exactly one place for each data and parity shard. */
        WRONG_SHARD_COUNT,
        /** Fewer than k shards are present. */
        TOO_FEW_SHARDS,
        /** The shards present are empty or differ in length. */
        WRONG_SHARD_LENGTH,
        /** The shards are shorter than the length they begin with, or that length is impossible. */
        TRUNCATED,
        /** The key is wrong, or a byte of the shards used is. */
        NOT_AUTHENTIC,
        /** The decrypted bytes are authentic but not a valid zstd frame. */
        BAD_FRAME,
        /** The content is larger than the caller, or this class, allows. */
        TOO_LARGE
    }

    private final Kind kind;

    CesFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
