package net.pangea.machine.system;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.quic.QuicClosedChannelException;
import io.netty.handler.codec.quic.QuicTimeoutClosedChannelException;
import java.util.Locale;
import net.pangea.machine.Endpoint;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;

/** Turns Netty's exceptions into ours, once. Of the system's errors it keeps the text only. */
final class QuicFailures {
    private QuicFailures() {}

    static NetworkFailure binding(Endpoint local, Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        Kind kind = text.contains("in use")
                ? Kind.ADDRESS_IN_USE
                : text.contains("too many open files") ? Kind.EXHAUSTED : Kind.ADDRESS_NOT_AVAILABLE;
        return NetworkFailures.failure(kind, "QUIC at " + local, cause);
    }

    /** @param closed whether the socket was closed meanwhile */
    static NetworkFailure dialing(Endpoint remote, boolean closed, Throwable cause) {
        Kind kind;
        if (closed) {
            kind = Kind.CLOSED;
        } else {
            kind = switch (cause) {
                case NetworkFailure failed -> failed.kind();
                case ConnectTimeoutException _ -> Kind.TIMED_OUT;
                case QuicTimeoutClosedChannelException _ -> Kind.TIMED_OUT;
                // Closed by nobody: nothing came in an idle timeout.
                case QuicClosedChannelException ended when ended.event() == null -> Kind.TIMED_OUT;
                default -> Kind.REFUSED;
            };
        }
        return NetworkFailures.failure(kind, "dial " + remote, cause);
    }
}
