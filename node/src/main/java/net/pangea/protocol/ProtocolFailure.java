package net.pangea.protocol;

/** The other side did not keep to the protocol, and how. Expected: anyone may send anything. */
public final class ProtocolFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Kind {
        /** Bytes that are no message. */
        MALFORMED,
        /** A frame longer than {@link Limits#MAX_FRAME_BYTES}. */
        TOO_LARGE,
        /** It took too long to arrive while others needed its memory. */
        CROWDED_OUT,
        /** It does not begin as this version of the protocol does. */
        WRONG_VERSION,
        /** The connection ended where more was to come. */
        ENDED,
        /** A message that does not belong here in the conversation. */
        UNEXPECTED
    }

    private final Kind kind;

    public ProtocolFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
