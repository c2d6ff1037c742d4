package net.pangea.machine.system;

/**
 * When the end of a stream may be sent in a frame of its own, because what comes before it was sent already.
 *
 * <p>quiche forgets a stream as soon as the other side has ended it and has acknowledged all its bytes, whether or not it
 * has heard of the end too (cloudflare/quiche, issue 2525). An end that is still to be sent then is never sent, and one
 * that is lost is never sent again: whoever reads on the other side waits for ever. So an end that could not go in one
 * frame with the last byte waits until everything has been acknowledged that was sent on the connection. As that may never
 * be on a busy one, it is enough that for longer than an acknowledgement takes there was room to send: then what quiche had
 * taken was on its way, and the end does not lie about when an acknowledgement comes.
 */
final class LoneEnd {
    /** Four times what who receives a packet may keep its acknowledgement for (RFC 9000, section 18.2). */
    private static final long ACKNOWLEDGEMENT_NANOS = 100_000_000;

    /** Acknowledgements come all the time: it is looked again soon whether the end may go. */
    private static final long LOOK_NANOS = 5_000_000;

    /** A stream that nobody reads has no room for ever. */
    private static final long WAIT_NANOS_MAX = 5_000_000_000L;

    /**
     * Sooner than this what is on its way is sent again, unless a round trip takes a second (RFC 9002, section 6.2.1). A
     * connection on which nothing is on its way has only its idle timeout before it.
     */
    private static final long TIMER_NANOS_MAX = 3_000_000_000L;

    /** No packet is longer. */
    private static final long PACKET_BYTES = 1_500;

    private final long askedNanos;
    private final boolean anySent;
    private long roomSinceNanos;

    /**
     * @param askedNanos since when the end waits
     * @param anySent whether anything was sent before it
     * @param lastSentNanos when quiche took the last of it
     */
    LoneEnd(long askedNanos, boolean anySent, long lastSentNanos) {
        this.askedNanos = askedNanos;
        this.anySent = anySent;
        this.roomSinceNanos = lastSentNanos;
    }

    /**
     * {@return in how long to look again; zero if it may go now}
     *
     * @param nowNanos on the clock of the other times
     * @param timerNanos when quiche would next do something by itself
     * @param roundTripNanos as it was measured last
     * @param roomBytes what could be sent on the stream at once; negative if it does not take anything any more
     */
    long waitNanos(long nowNanos, long timerNanos, long roundTripNanos, long roomBytes) {
        long left = askedNanos + WAIT_NANOS_MAX - nowNanos;
        if (!anySent || timerNanos > TIMER_NANOS_MAX || roomBytes < 0 || left <= 0) {
            return 0;
        }
        if (roomBytes < PACKET_BYTES) {
            roomSinceNanos = nowNanos;
        }
        boolean acknowledged = nowNanos - roomSinceNanos >= 2 * roundTripNanos + ACKNOWLEDGEMENT_NANOS;
        return acknowledged ? 0 : Math.min(LOOK_NANOS, left);
    }
}
