package net.pangea.libp2p.multistream;

/**
 * Two peers that did not agree on a protocol, and why. Expected: callers switch on {@link #kind}. The stream is good for
 * nothing afterwards: whoever negotiated on it resets it.
 */
public final class NegotiationFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why there is no agreement. */
    public enum Kind {
        /** The other side speaks none of the protocols proposed. */
        NOT_SUPPORTED,
        /** What came is not multistream-select 1.0. */
        MALFORMED,
        /** A message is longer than {@value Multistream#MESSAGE_BYTES_MAX} bytes. */
        TOO_LONG,
        /** The other side has made {@value Multistream#PROPOSALS_MAX} proposals and we liked none. */
        TOO_MANY_PROPOSALS,
        /** The other side ended its output before there was an agreement. */
        ENDED
    }

    private final Kind kind;

    NegotiationFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
