package net.pangea.machine;

import java.util.Locale;

/** A network call that could not be done, and why. Expected: callers switch on {@link #kind}. */
public final class NetworkFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a network call failed. */
    public enum Kind {
        /** The other machine runs, and nothing listens on that port or what does will not have the connection. */
        REFUSED,
        /** A router said that there is no way to that address, or this machine has none. */
        UNREACHABLE,
        /** Silence: nothing came back for as long as the transport tries. */
        TIMED_OUT,
        /** The other side, or a device between, reset the connection; data in flight is lost. */
        RESET,
        /** This side had closed or reset it. */
        CLOSED,
        /** The local port is taken. */
        ADDRESS_IN_USE,
        /** The local address does not belong to this machine, or it may not bind that port. */
        ADDRESS_NOT_AVAILABLE,
        /** The name does not resolve. */
        UNKNOWN_HOST,
        /** The datagram is larger than can be sent. */
        TOO_LARGE,
        /** A limit is reached: this machine's sockets, ports or memory, or how many streams the other side admits. */
        EXHAUSTED,
        /** This machine has no means to do it. */
        UNSUPPORTED
    }

    private final Kind kind;

    public NetworkFailure(Kind kind, String what) {
        super(what + ": " + kind.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
