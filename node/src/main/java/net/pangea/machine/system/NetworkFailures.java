package net.pangea.machine.system;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Objects;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;

/**
 * Turns the platform's exceptions into ours, once. What a call can fail with depends on the call, so there is a
 * method for each; types are asked first, the text of {@code strerror} only where the JDK gives no type.
 */
final class NetworkFailures {
    private NetworkFailures() {}

    /** The system gave no socket. */
    static NetworkFailure opening(String what, IOException e) {
        return failure(e instanceof ClosedChannelException ? Kind.CLOSED : Kind.EXHAUSTED, what, e);
    }

    static NetworkFailure binding(String what, Endpoint local, IOException e) {
        if (e instanceof ClosedChannelException) {
            return failure(Kind.CLOSED, what, e);
        }
        boolean refused =
                !(e instanceof BindException) || text(e).contains("denied") || !Addresses.isOwn(local.address());
        return failure(refused ? Kind.ADDRESS_NOT_AVAILABLE : Kind.ADDRESS_IN_USE, what, e);
    }

    static NetworkFailure connecting(Endpoint remote, IOException e) {
        String text = text(e);
        Kind kind = switch (e) {
            case ClosedChannelException _ -> Kind.CLOSED;
            case NoRouteToHostException _ -> Kind.UNREACHABLE;
            // No free local port; over IPv6 rather no local address at all.
            case BindException _ ->
                remote.address() instanceof IpAddress.V4 && !text.contains("denied")
                        ? Kind.EXHAUSTED
                        : Kind.UNREACHABLE;
            case ConnectException _ -> text.contains("timed out") ? Kind.TIMED_OUT : Kind.REFUSED;
            default -> text.contains("reset") ? Kind.REFUSED : Kind.UNREACHABLE;
        };
        return failure(kind, "connect to " + remote, e);
    }

    /** Of reading or writing a stream: the other side's silence has a name, everything else broke it. */
    static NetworkFailure streaming(String what, IOException e) {
        if (e instanceof ClosedChannelException) {
            return failure(Kind.CLOSED, what, e);
        }
        return failure(text(e).contains("timed out") ? Kind.TIMED_OUT : Kind.RESET, what, e);
    }

    private static String text(IOException e) {
        return Objects.requireNonNullElse(e.getMessage(), "").toLowerCase(Locale.ROOT);
    }

    static boolean isTooLarge(IOException e) {
        return text(e).contains("too long");
    }

    /** Queues of this machine are full, or an earlier datagram was answered: no matter for this one. */
    static boolean isLoss(IOException e) {
        return text(e).contains("no buffer space") || text(e).contains("refused");
    }

    static NetworkFailure failure(Kind kind, String what, Throwable cause) {
        NetworkFailure failure = new NetworkFailure(kind, what);
        failure.initCause(cause);
        return failure;
    }
}
