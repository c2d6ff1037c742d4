package net.pangea.libp2p;

/** A stream or connection to a peer that could not be had, and why. Expected: callers switch on {@link #kind}. */
public final class HostFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why there is none. */
    public enum Kind {
        /** No address of the peer is known. */
        NO_ADDRESS,
        /** None of its addresses answered, or whoever did was not it. */
        UNREACHABLE,
        /** It could not be reached lately, and it is not yet time to try again. */
        BACKED_OFF,
        /** It speaks none of the protocols asked for. */
        NOT_SUPPORTED,
        /** It would not have the stream, as one that has too much to do; the connection goes on. */
        REFUSED,
        /** The connection ended while the stream was opened, or the peer did not answer. */
        LOST,
        /** A limit of this host is reached. */
        EXHAUSTED,
        /** This host is closed. */
        CLOSED
    }

    private final Kind kind;

    public HostFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public HostFailure(Kind kind, String what, Throwable cause) {
        super(what, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
