package net.pangea.libp2p.yamux;

/**
 * How much the other side may still send on a stream. What it may send and what came and was not read are together never more
 * than the window's size, which is therefore the bound of what a stream buffers.
 */
final class ReceiveWindow {
    /** What both sides begin with, whatever they would like (yamux, "Flow control"). */
    static final int INITIAL_BYTES = 256 << 10;

    /**
     * The largest window: 670 Mbit/s over a round trip of 50 ms. Larger ones would do more for fast and far links, but a reader
     * that stops when it has one costs so much memory.
     */
    static final int SIZE_MAX_BYTES = 4 << 20;

    private int size = INITIAL_BYTES;
    private int credit = INITIAL_BYTES;

    int size() {
        return size;
    }

    /** The other side announces data. */
    void take(long bytes) {
        if (bytes > credit) {
            throw new YamuxFailure(
                    YamuxEnd.Reason.WINDOW_OVERRUN, bytes + " bytes where the window has room for " + credit);
        }
        credit -= (int) bytes;
    }

    /** {@return whether so much was read that the other side should hear of it: half a window, to send few updates} */
    boolean isUpdateDue(int unread) {
        return size - credit - unread >= size / 2;
    }

    /** {@return by how much it may grow at once} It doubles. */
    int growth() {
        return Math.min(size, SIZE_MAX_BYTES - size);
    }

    void grow(int bytes) {
        size += bytes;
    }

    /** {@return the update to send now} The credit is the other side's from then on. */
    int grant(int unread) {
        int delta = size - credit - unread;
        credit += delta;
        return delta;
    }
}
