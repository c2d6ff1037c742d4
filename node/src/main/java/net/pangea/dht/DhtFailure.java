package net.pangea.dht;

/** What a {@link Dht} could not do, and why. Expected: callers switch on {@link #kind}. */
public final class DhtFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it could not. */
    public enum Kind {
        /** No peer is known that answers. */
        NO_PEERS,
        /** The value breaks the rules of its namespace. */
        INVALID,
        /** Nobody took it. */
        NOT_STORED,
        /** A newer value than the one to be stored is there. */
        OUTDATED
    }

    private final Kind kind;

    DhtFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
