package net.pangea.libp2p.yamux;

/**
 * What one session may use.
 *
 * @param outboundStreams how many streams this side has open at a time. As streams that were not accepted yet are among them,
 *     this also bounds those, for which the specification allows 256 ("ACK backlog")
 * @param inboundStreams how many streams of the other side there are at a time, accepted or not; more are reset
 * @param unreadBytes how much may have come that nobody has read, of all streams together; a stream whose data would be more is
 *     reset
 */
public record YamuxLimits(int outboundStreams, int inboundStreams, int unreadBytes) {
    private static final int ACK_BACKLOG = 256;

    /**
     * As many streams out as may be unaccepted, and as many in as the specification wants to be kept unaccepted, twice, because
     * this side hears later than the other that a stream is over. 64 MiB is what 256 streams may send before anyone can stop
     * them: an echo of so many, whose answers wait for the line, needs it.
     */
    public static final YamuxLimits DEFAULT = new YamuxLimits(ACK_BACKLOG, 2 * ACK_BACKLOG, 64 << 20);

    public YamuxLimits {
        if (outboundStreams < 1 || outboundStreams > ACK_BACKLOG) {
            throw new IllegalArgumentException("outbound streams: " + outboundStreams + " is not 1 to " + ACK_BACKLOG);
        }
        if (inboundStreams < 1) {
            throw new IllegalArgumentException("inbound streams: " + inboundStreams);
        }
        if (unreadBytes < ReceiveWindow.INITIAL_BYTES) {
            throw new IllegalArgumentException("unread bytes: " + unreadBytes + " is less than one stream's window");
        }
    }
}
