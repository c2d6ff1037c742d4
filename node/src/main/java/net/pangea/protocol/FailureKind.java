package net.pangea.protocol;

import java.util.Optional;

/** Why a node could not do what it was asked; the code is its form on the wire and never changes. */
public enum FailureKind {
    /** Too few peers took a column. */
    NOT_ENOUGH_PEERS(1),
    /** Too few intact shards of a segment were found. */
    NOT_ENOUGH_SHARDS(2),
    /** No peer that answered has the manifest. */
    UNKNOWN_OBJECT(3),
    /** The data key is not the object's. */
    WRONG_KEY(4),
    /** Larger than a node takes. */
    TOO_LARGE(5),
    /** The disk is full. */
    FULL(6),
    /** The request makes no sense, or not here in the conversation. */
    BAD_REQUEST(7),
    /** Another version of the protocol. */
    WRONG_VERSION(8),
    /** The node itself has failed, for instance its disk. */
    NODE_BROKEN(9),
    /** The object's shards are what its manifest says, and yet do not decode: it was stored wrong. */
    DAMAGED_OBJECT(10);

    private final int code;

    FailureKind(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<FailureKind> ofCode(int code) {
        for (FailureKind kind : values()) {
            if (kind.code == code) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
