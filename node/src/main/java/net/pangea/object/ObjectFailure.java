package net.pangea.object;

import net.pangea.protocol.ClientMessage.Problem;

/**
 * Something that could not be done with an object, and why; the message says what to do. Expected: callers switch on
 * {@link #kind}.
 */
public final class ObjectFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why it could not be done. */
    public enum Kind {
        /** Too few peers took a column, or answered; nothing is acknowledged. */
        NOT_ENOUGH_PEERS(Problem.NOT_ENOUGH_PEERS),
        /** Fewer intact shards of a segment were found than are needed. */
        NOT_ENOUGH_SHARDS(Problem.NOT_ENOUGH_SHARDS),
        /** No peer that answered knows the object, or it is not one of the owner's. */
        UNKNOWN_OBJECT(Problem.UNKNOWN_OBJECT),
        /** The reference's key is not the object's. */
        WRONG_KEY(Problem.WRONG_KEY),
        /** The object, or its name, is larger than a node takes. */
        TOO_LARGE(Problem.TOO_LARGE),
        /** Too few peers, or this node itself, have room for it; nothing is acknowledged. */
        REFUSED_FULL(Problem.FULL),
        /** The manifest is foreign or impossible, or the shards are what it says and yet do not decode. */
        DAMAGED_OBJECT(Problem.DAMAGED_OBJECT),
        /** The owner's quota is used up at too many peers; nothing is acknowledged. */
        QUOTA_EXCEEDED(Problem.QUOTA_EXCEEDED),
        /** Too many peers do not store for this owner; nothing is acknowledged. */
        OWNER_NOT_ACCEPTED(Problem.OWNER_NOT_ACCEPTED),
        /** A put was resumed with a source that has changed. */
        SOURCE_CHANGED(Problem.SOURCE_CHANGED),
        /** The owner has deleted the object. */
        DELETED(Problem.DELETED),
        /** The range begins beyond the object's end. */
        BAD_RANGE(Problem.BAD_RANGE),
        /** Nobody who answered knows a catalogue of this owner. */
        NO_CATALOGUE(Problem.NO_CATALOGUE),
        /** The node itself has failed, for instance its disk. */
        NODE_BROKEN(Problem.NODE_BROKEN),
        /** The node cannot be reached, or broke off: whether it did what it was asked is unknown. */
        NODE_UNREACHABLE(Problem.BAD_REQUEST),
        /** The node did not answer in time: whether it did what it was asked is unknown. */
        NODE_SILENT(Problem.BAD_REQUEST),
        /** The node's answer makes no sense, or it says so of the request. */
        BAD_REPLY(Problem.BAD_REQUEST),
        /** The client cannot read what it is to store, or it has another size than was said. */
        UNREADABLE_SOURCE(Problem.BAD_REQUEST),
        /** The client cannot write what it gets. */
        UNWRITABLE_DESTINATION(Problem.BAD_REQUEST);

        private final Problem problem;

        Kind(Problem problem) {
            this.problem = problem;
        }
    }

    private final Kind kind;

    public ObjectFailure(Kind kind, String what) {
        super(what);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    static ObjectFailure of(Problem problem, String text) {
        for (Kind kind : Kind.values()) {
            if (kind.problem == problem && problem != Problem.BAD_REQUEST) {
                return new ObjectFailure(kind, text);
            }
        }
        return new ObjectFailure(Kind.BAD_REPLY, text);
    }

    /** {@return how a node says this to its client} */
    public Problem problem() {
        return kind.problem;
    }
}
