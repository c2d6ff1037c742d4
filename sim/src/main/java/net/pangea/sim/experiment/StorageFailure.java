package net.pangea.sim.experiment;

import java.util.Locale;

/** A node did not do what a user asked, and why. Expected: users meet it under faults. */
public final class StorageFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** The node itself did not answer: down, cut off, or too late. */
        UNREACHABLE,
        /** The node answered that it cannot: not enough shards, or they do not fit together. */
        REFUSED
    }

    private final Kind kind;

    public StorageFailure(Kind kind, String what) {
        super(kind.name().toLowerCase(Locale.ROOT) + ": " + what);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
