package net.pangea.libp2p.yamux;

import java.util.Locale;
import net.pangea.machine.NetworkFailure.Kind;

/**
 * Why a session ended.
 *
 * @param reason for counting
 * @param what for reading
 */
public record YamuxEnd(Reason reason, String what) {

    /** Why a session ended, or what the other side did that the protocol forbids. */
    public enum Reason {
        /** This side closed it. */
        CLOSED,
        /** The task that ran it was cancelled. */
        CANCELLED,
        /** The other side closed it in good order: it went away, or ended the transport between two frames. */
        GONE_AWAY,
        /** The other side went away and says that this side, or itself, did something wrong. */
        ACCUSED,
        /** The transport broke, or ended inside a frame. */
        TRANSPORT,
        /** Silence: no answer to a ping, or the transport waited in vain. */
        TIMED_OUT,

        /** A frame of another version. */
        BAD_VERSION,
        /** A frame of a type that does not exist. */
        BAD_TYPE,
        /** Flags that do not exist, or not on such a frame. */
        BAD_FLAGS,
        /** A stream that cannot be: number 0, opened with this side's numbers, or of this side and never opened. */
        BAD_STREAM,
        /** A stream was opened whose number is in use. */
        STREAM_IN_USE,
        /** More data than the window had room for. */
        WINDOW_OVERRUN,
        /** Window updates that add up to more than 32 bits hold. */
        WINDOW_OVERFLOW,
        /** Data on a stream after its end. */
        DATA_AFTER_END,
        /** Many pings before it took the answers to earlier ones. */
        PING_FLOOD,
        /** Many streams beyond the limit before it took the refusals of earlier ones. */
        STREAM_FLOOD;

        /** {@return whether the other side broke the protocol} */
        public boolean isViolation() {
            return compareTo(BAD_VERSION) >= 0;
        }

        /** {@return it in a few words} */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** {@return whether it was this side's own wish} */
        boolean isOwn() {
            return this == CLOSED || this == CANCELLED;
        }
    }

    /** {@return how calls on the session and its streams fail from then on} */
    Kind kind() {
        return switch (reason) {
            case CLOSED, CANCELLED -> Kind.CLOSED;
            case TIMED_OUT -> Kind.TIMED_OUT;
            default -> Kind.RESET;
        };
    }

    @Override
    public String toString() {
        return reason.text() + (what.isEmpty() ? "" : ": " + what);
    }
}
