package net.pangea.libp2p.security;

import net.pangea.multiformats.PeerId;

/** A connection that could not be secured, and why. Expected: callers switch on {@link #kind}. */
public final class SecurityFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a connection is not secure. */
    public enum Kind {
        /** Another peer than the one dialed has answered. */
        WRONG_PEER,
        /** The peer has not signed what proves that it has the key it shows. */
        BAD_SIGNATURE,
        /** The certificate is not one of a libp2p peer, or not valid now. */
        BAD_CERTIFICATE,
        /** What came is no handshake of this protocol, or was altered on its way. */
        BAD_HANDSHAKE,
        /** Both sides named muxers in the handshake, and none is common. */
        NO_COMMON_MUXER,
        /** The other side ended its output in the middle of the handshake. */
        ENDED,
        /** A record is malformed, altered, replayed or out of order. */
        BAD_RECORD
    }

    private final Kind kind;

    public SecurityFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public SecurityFailure(Kind kind, String what, Throwable cause) {
        super(what, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /**
     * Makes sure of who answers.
     *
     * @throws SecurityFailure WRONG_PEER if it is not the peer that was dialed
     */
    public static void requirePeer(PeerId dialed, PeerId answers) {
        if (!answers.equals(dialed)) {
            throw new SecurityFailure(Kind.WRONG_PEER, "dialed " + dialed + ", " + answers + " answers");
        }
    }
}
