package net.pangea.machine;

import java.util.Locale;

/** A disk call that could not be done, and why. Expected: callers switch on {@link #kind}. */
public final class DiskFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a disk call failed. */
    public enum Kind {
        NOT_FOUND,
        ALREADY_EXISTS,
        /** A directory where a file is needed, or the other way round. */
        WRONG_TYPE,
        DIRECTORY_NOT_EMPTY,
        /** Another process, or another holder in this one, has the lock. */
        LOCKED,
        /** The disk or the quota is full; of a write, a part may have been done. */
        NO_SPACE,
        /** The folder or file may not be read or written by this process. */
        NOT_PERMITTED,
        /** The device failed; of a write nothing is known. */
        IO_ERROR,
        /** The handle was closed. */
        CLOSED
    }

    private final Kind kind;

    public DiskFailure(Kind kind, String what) {
        super(what + ": " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
