package net.pangea.libp2p;

import java.time.Duration;
import net.pangea.libp2p.yamux.YamuxLimits;

/**
 * How much a host does at a time, and how long it waits.
 *
 * @param connections open at a time; beyond it the one that has been idle longest is closed, or the new one if none is idle
 * @param kept connections that are kept although nothing is done with them: beyond so many, one that has been idle for a while
 *     is closed; beyond twice as many, as soon as another is opened
 * @param perPeer connections to one peer: one each way after a simultaneous dial, and a second transport
 * @param perAddress accepted connections from one address, behind which there may be a network of machines, but not everybody
 * @param handshakes of others under way at a time: each costs signatures and a few kilobytes for as long as it takes. While a
 *     quarter of them is under way over QUIC, who dials proves its address first
 * @param handshakesPerAddress of these, from one address, so that one stranger does not use up all
 * @param handshakesPerSecond begun, on average; a burst of twice as many is let through. A handshake takes a processor about
 *     half a millisecond
 * @param dials under way at a time
 * @param servedStreams of all connections, that others have opened and that are being served; more are reset
 * @param session what one connection over TCP may use; over QUIC, {@code inboundStreams} of it
 * @param unreadBytes how much may have come that nobody has read, of all connections over TCP together, and a little more of
 *     each: see {@link net.pangea.libp2p.yamux.UnreadBudget}. Over QUIC each connection has its window
 * @param dial for a connection to open and be secured; the other side may be on a slow link with loss
 * @param handshake for one that was accepted to be secured
 * @param negotiation for a stream's protocol to be agreed on
 * @param beat between two looks at a connection over TCP: one on which nothing comes for two to three beats although something is
 *     expected is closed, one on which nothing is expected after eight to ten
 *     ({@link net.pangea.libp2p.yamux.YamuxSession#beat}). Over QUIC the machine does that, after
 *     {@link net.pangea.machine.QuicSettings#IDLE_TIMEOUT}
 */
public record HostLimits(
        int connections,
        int kept,
        int perPeer,
        int perAddress,
        int handshakes,
        int handshakesPerAddress,
        int handshakesPerSecond,
        int dials,
        int servedStreams,
        YamuxLimits session,
        long unreadBytes,
        Duration dial,
        Duration handshake,
        Duration negotiation,
        Duration beat) {

    /** For a node on a server or at home. A served stream takes a few kilobytes, so all of them some tens of megabytes. */
    public static final HostLimits DEFAULT = new HostLimits(
            1_024,
            128,
            4,
            64,
            64,
            16,
            200,
            64,
            8_192,
            YamuxLimits.DEFAULT,
            128 << 20,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30));

    /** Of a connection that is busy: buffers of its encryption and of its streams' frames, both ways, and what is unread. */
    private static final int CONNECTION_SHARE_BYTES = 1 << 20;

    /** Of a served stream: its task, its windows' books, and one small message. */
    private static final int STREAM_SHARE_BYTES = 128 << 10;

    /** What is unread takes one part of so many of the memory. */
    private static final int UNREAD_ONE_IN = 8;

    /** As many as a small network has members. */
    private static final int CONNECTIONS_MIN = 64;

    public HostLimits {
        if (Math.min(connections, perPeer) < 1
                || kept < 1
                || Math.min(perAddress, handshakes) < 1
                || Math.min(handshakesPerAddress, handshakesPerSecond) < 1
                || Math.min(dials, servedStreams) < 1
                || unreadBytes < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
        if (!dial.isPositive() || !handshake.isPositive() || !negotiation.isPositive() || !beat.isPositive()) {
            throw new IllegalArgumentException("times are positive");
        }
    }

    /**
     * {@return the same, or less where a machine with so much memory could not hold what strangers may have it hold} From 1
     * GiB on {@link #DEFAULT} stays as it is.
     */
    public HostLimits fitting(long memoryBytes) {
        int open =
                Math.clamp(memoryBytes / CONNECTION_SHARE_BYTES, Math.min(CONNECTIONS_MIN, connections), connections);
        return new HostLimits(
                open,
                Math.min(kept, open),
                perPeer,
                perAddress,
                handshakes,
                handshakesPerAddress,
                handshakesPerSecond,
                dials,
                Math.clamp(memoryBytes / STREAM_SHARE_BYTES, 1, servedStreams),
                session,
                Math.clamp(memoryBytes / UNREAD_ONE_IN, 1, unreadBytes),
                dial,
                handshake,
                negotiation,
                beat);
    }

    /** {@return the same with another number of connections, all of them kept, and no limit of its own for one address} */
    public HostLimits withConnections(int newConnections) {
        return new HostLimits(
                newConnections,
                newConnections,
                perPeer,
                Integer.MAX_VALUE,
                handshakes,
                handshakes,
                handshakesPerSecond,
                dials,
                servedStreams,
                session,
                unreadBytes,
                dial,
                handshake,
                negotiation,
                beat);
    }

    /** {@return the same with other numbers of handshakes, at a time and in a second, and no limit of its own for one address} */
    public HostLimits withHandshakes(int newHandshakes, int newPerSecond) {
        return new HostLimits(
                connections,
                kept,
                perPeer,
                perAddress,
                newHandshakes,
                newHandshakes,
                newPerSecond,
                dials,
                servedStreams,
                session,
                unreadBytes,
                dial,
                handshake,
                negotiation,
                beat);
    }

    /** {@return the same with other times to wait, for all of connecting} */
    public HostLimits withPatience(Duration patience, Duration newBeat) {
        return new HostLimits(
                connections,
                kept,
                perPeer,
                perAddress,
                handshakes,
                handshakesPerAddress,
                handshakesPerSecond,
                dials,
                servedStreams,
                session,
                unreadBytes,
                patience,
                patience,
                patience,
                newBeat);
    }

    /** {@return the same with another time between two looks at a connection} */
    public HostLimits beating(Duration newBeat) {
        return new HostLimits(
                connections,
                kept,
                perPeer,
                perAddress,
                handshakes,
                handshakesPerAddress,
                handshakesPerSecond,
                dials,
                servedStreams,
                session,
                unreadBytes,
                dial,
                handshake,
                negotiation,
                newBeat);
    }

    /** {@return the same with another number of connections that are kept although nothing is done with them} */
    public HostLimits keeping(int newKept) {
        return new HostLimits(
                connections,
                newKept,
                perPeer,
                perAddress,
                handshakes,
                handshakesPerAddress,
                handshakesPerSecond,
                dials,
                servedStreams,
                session,
                unreadBytes,
                dial,
                handshake,
                negotiation,
                beat);
    }
}
