package net.pangea.machine;

import java.time.Duration;

/**
 * The bounds of a QUIC socket and of each of its connections (RFC 9000, section 18.2). The defaults are those of js-libp2p,
 * which go-libp2p has too where it names any, but for the windows.
 *
 * @param backlog how many connections may wait to be accepted, in their handshake or after it; 0 for a socket that only
 *     dials: it answers nobody
 * @param streamsMax how many streams that the other side has opened may be open at a time
 * @param streamWindowBytes how much the other side may send on one stream before it is read
 * @param connectionWindowBytes the same of all streams together
 * @param idleTimeout after so long without a sign of the other side the connection times out; the shorter of both sides'
 *     counts
 * @param keepAlive how often a connection gives a sign of itself; zero for never. Only who understands datagrams of QUIC
 *     (RFC 9221) is given one; others keep the connection alive themselves or let it end
 * @param handshakeTimeout how long a handshake may take
 */
public record QuicSettings(
        int backlog,
        int streamsMax,
        int streamWindowBytes,
        int connectionWindowBytes,
        Duration idleTimeout,
        Duration keepAlive,
        Duration handshakeTimeout) {

    /** A burst of a full routing table's peers, as of TCP. */
    public static final int BACKLOG = 256;

    /** More requests at a time than one peer has for another. */
    public static final int STREAMS_MAX = 256;

    /**
     * A fast reader's window grows (the real machine doubles it up to 16 MiB, and a connection's up to 24 MiB), a slow one's does
     * not, so that a peer that nobody reads fills no more memory than this.
     */
    public static final int STREAM_WINDOW_BYTES = 1 << 20;

    /** So that one stream that nobody reads does not stop the others. */
    public static final int CONNECTION_WINDOW_BYTES = 4 << 20;

    /** Three losses in a row of what is sent to stay alive are rare; a peer that is gone is noticed soon. */
    public static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);

    /** Twice in an idle timeout, so that one may be lost. */
    public static final Duration KEEP_ALIVE = Duration.ofSeconds(5);

    /** A round trip to the far side of the earth, with its first packet lost twice (RFC 9002, section 6.2). */
    public static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);

    public static final QuicSettings DEFAULT = new QuicSettings(
            BACKLOG,
            STREAMS_MAX,
            STREAM_WINDOW_BYTES,
            CONNECTION_WINDOW_BYTES,
            IDLE_TIMEOUT,
            KEEP_ALIVE,
            HANDSHAKE_TIMEOUT);

    public QuicSettings {
        if (backlog < 0 || streamsMax < 0 || streamWindowBytes < 1 || connectionWindowBytes < 1) {
            throw new IllegalArgumentException("a bound is too small: " + backlog + " waiting, " + streamsMax
                    + " streams, windows of " + streamWindowBytes + " and " + connectionWindowBytes + " bytes");
        }
        if (!idleTimeout.isPositive() || keepAlive.isNegative() || !handshakeTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "a time is too short: " + idleTimeout + " idle, " + keepAlive + ", " + handshakeTimeout);
        }
    }

    public QuicSettings withBacklog(int count) {
        return new QuicSettings(
                count, streamsMax, streamWindowBytes, connectionWindowBytes, idleTimeout, keepAlive, handshakeTimeout);
    }

    public QuicSettings withStreamsMax(int count) {
        return new QuicSettings(
                backlog, count, streamWindowBytes, connectionWindowBytes, idleTimeout, keepAlive, handshakeTimeout);
    }

    public QuicSettings withWindows(int streamBytes, int connectionBytes) {
        return new QuicSettings(
                backlog, streamsMax, streamBytes, connectionBytes, idleTimeout, keepAlive, handshakeTimeout);
    }

    /** {@return these settings with other times to notice silence in} */
    public QuicSettings withTimes(Duration idle, Duration alive, Duration handshake) {
        return new QuicSettings(backlog, streamsMax, streamWindowBytes, connectionWindowBytes, idle, alive, handshake);
    }
}
