package net.pangea.legacy;

/** What a peer of the original network was asked and did not do, and why. Expected: callers switch on {@link #kind}. */
public final class LegacyFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it was not done. */
    public enum Kind {
        /** The peer was not reached, or the connection could not take another stream. */
        UNREACHABLE,
        /** The peer does not speak the protocol. */
        NOT_SUPPORTED,
        /** The peer broke the stream off: it refuses, or the connection ended. */
        REFUSED,
        /** The peer answered, and not that it has stored what it was given. */
        NOT_STORED,
        /** It is longer than an original node would store whole, or the answer longer than is read. */
        TOO_LARGE,
        /** There was no whole answer in time. */
        TOO_SLOW
    }

    private final Kind kind;

    LegacyFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    LegacyFailure(Kind kind, String what, Throwable cause) {
        super(what, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
