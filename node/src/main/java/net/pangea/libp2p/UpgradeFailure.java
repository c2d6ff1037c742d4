package net.pangea.libp2p;

import net.pangea.libp2p.security.SecurityFailure;

/** A connection that could not be secured, or carries no streams. */
final class UpgradeFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason a few words, under which it is counted
     */
    UpgradeFailure(String reason, Throwable cause) {
        super(reason + ": " + cause.getMessage(), cause);
        this.reason = reason;
    }

    static UpgradeFailure of(SecurityFailure failure) {
        return new UpgradeFailure(
                switch (failure.kind()) {
                    case WRONG_PEER -> "another peer";
                    case BAD_SIGNATURE -> "forged identity";
                    case BAD_CERTIFICATE -> "bad certificate";
                    case BAD_HANDSHAKE, BAD_RECORD -> "malformed handshake";
                    case NO_COMMON_MUXER -> "no common security or multiplexer";
                    case ENDED -> "handshake broken off";
                },
                failure);
    }

    String reason() {
        return reason;
    }
}
