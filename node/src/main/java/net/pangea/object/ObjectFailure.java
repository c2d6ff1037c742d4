package net.pangea.object;

import net.pangea.protocol.FailureKind;

/** An object that could not be stored or read, and why. Expected: callers switch on {@link #kind}. */
public final class ObjectFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why an object could not be stored or read. */
    public enum Kind {
        /** Too few peers took a column; nothing is acknowledged. */
        NOT_ENOUGH_PEERS,
        /** Fewer intact shards of a segment were found than are needed. */
        NOT_ENOUGH_SHARDS,
        /** No peer that answered knows the object. */
        UNKNOWN_OBJECT,
        /** The reference's key is not the object's. */
        WRONG_KEY,
        /** The object, or its name, is larger than a node takes. */
        TOO_LARGE,
        /** Too few peers have room for it; nothing is acknowledged. */
        REFUSED_FULL,
        /** The shards are what the manifest says and yet do not decode: the object was stored wrong. */
        DAMAGED_OBJECT,
        /** The node cannot be reached, or broke off: whether it did what it was asked is unknown. */
        NODE_UNREACHABLE,
        /** The node did not answer in time: whether it did what it was asked is unknown. */
        NODE_SILENT,
        /** The node itself has failed, for instance its disk. */
        NODE_BROKEN,
        /** The node's answer makes no sense, or it says so of the request. */
        BAD_REPLY
    }

    private final Kind kind;

    public ObjectFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static ObjectFailure of(FailureKind kind, String text) {
        return new ObjectFailure(
                switch (kind) {
                    case NOT_ENOUGH_PEERS -> Kind.NOT_ENOUGH_PEERS;
                    case NOT_ENOUGH_SHARDS -> Kind.NOT_ENOUGH_SHARDS;
                    case UNKNOWN_OBJECT -> Kind.UNKNOWN_OBJECT;
                    case WRONG_KEY -> Kind.WRONG_KEY;
                    case TOO_LARGE -> Kind.TOO_LARGE;
                    case FULL -> Kind.REFUSED_FULL;
                    case DAMAGED_OBJECT -> Kind.DAMAGED_OBJECT;
                    case NODE_BROKEN -> Kind.NODE_BROKEN;
                    case BAD_REQUEST, WRONG_VERSION -> Kind.BAD_REPLY;
                },
                text);
    }

    /** {@return how a node says this to its client} */
    public FailureKind wireKind() {
        return switch (kind) {
            case NOT_ENOUGH_PEERS -> FailureKind.NOT_ENOUGH_PEERS;
            case NOT_ENOUGH_SHARDS -> FailureKind.NOT_ENOUGH_SHARDS;
            case UNKNOWN_OBJECT -> FailureKind.UNKNOWN_OBJECT;
            case WRONG_KEY -> FailureKind.WRONG_KEY;
            case TOO_LARGE -> FailureKind.TOO_LARGE;
            case REFUSED_FULL -> FailureKind.FULL;
            case DAMAGED_OBJECT -> FailureKind.DAMAGED_OBJECT;
            case NODE_BROKEN -> FailureKind.NODE_BROKEN;
            case NODE_UNREACHABLE, NODE_SILENT, BAD_REPLY -> FailureKind.BAD_REQUEST;
        };
    }
}
