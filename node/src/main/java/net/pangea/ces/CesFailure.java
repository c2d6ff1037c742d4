package net.pangea.ces;

/**
 * Content that could not be turned into shards, or shards that could not be turned back into content, and why.
 * Expected: callers switch on {@link #kind}.
 */
public final class CesFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why content could not be encoded or shards could not be decoded. */
    public enum Kind {
        /** There is no code of so many data and parity shards: k = 0, or k + m above 256. */
        BAD_REDUNDANCY,
        /** The list has not exactly one place for each data and parity shard. */
        WRONG_SHARD_COUNT,
        /** Fewer than k shards are present. */
        TOO_FEW_SHARDS,
        /** The shards present are empty or differ in length. */
        WRONG_SHARD_LENGTH,
        /** The shards are shorter than the length they begin with, or that length is impossible. */
        TRUNCATED,
        /** The key or the suite is wrong, or a byte of the shards used is. */
        NOT_AUTHENTIC,
        /** The decrypted bytes are authentic but not one valid zstd frame with padding or nothing behind it. */
        BAD_FRAME,
        /** The content is larger than the caller, or this package, allows: also of a decompression bomb. */
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
