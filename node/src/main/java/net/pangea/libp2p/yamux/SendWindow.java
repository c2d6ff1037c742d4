package net.pangea.libp2p.yamux;

/** How much a stream may still send (yamux, "Flow control"): data only, headers are free. */
final class SendWindow {
    private long credit = ReceiveWindow.INITIAL_BYTES;

    /** {@return how many of {@code wanted} bytes may be sent now} */
    int allows(int wanted) {
        return (int) Math.min(wanted, credit);
    }

    /** Uses credit up that {@link #allows} has promised. */
    void take(int bytes) {
        if (bytes > credit) {
            throw new IllegalStateException(bytes + " bytes sent with room for " + credit);
        }
        credit -= bytes;
    }

    /** The other side made room. */
    void grow(long delta) {
        if (credit + delta > Frame.LENGTH_MAX) {
            throw new YamuxFailure(
                    YamuxEnd.Reason.WINDOW_OVERFLOW, "a window of " + (credit + delta) + " bytes, grown by " + delta);
        }
        credit += delta;
    }
}
