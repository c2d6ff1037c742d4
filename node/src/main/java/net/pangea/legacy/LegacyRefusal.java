package net.pangea.legacy;

/** A request that is not served, and why. Expected: it costs the peer its stream, and is counted under {@link #reason}. */
public final class LegacyRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it is not served. */
    public enum Reason {
        /** It is none, or asks for something without a name or without content. */
        MALFORMED,
        /** The stream ended inside it. */
        CUT_OFF,
        /** Its name or content is longer than is taken. */
        TOO_LARGE,
        /** It did not come, or its answer was not taken, in time. */
        TOO_SLOW,
        /** As many as are served at a time, in total or of that peer, are being served. */
        TOO_MANY,
        /** The peer has stored as much as one may. */
        PEER_QUOTA,
        /** There is no room for more, whosever it is. */
        FULL,
        /** Another peer has stored something else under that name, or is storing something now. */
        TAKEN,
        /** The store's disk failed. */
        BROKEN
    }

    private final Reason reason;

    LegacyRefusal(Reason reason, String what) {
        super(what);
        this.reason = reason;
    }

    LegacyRefusal(Reason reason, String what, Throwable cause) {
        super(what, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
