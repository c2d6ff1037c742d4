package net.pangea.holding;

import java.util.OptionalLong;

/**
 * A time, by all the clocks a holder has.
 *
 * @param nowMillis the wall clock, milliseconds since 1970, as wrong as it is
 * @param runningMillis how long this node was seen running, over all its starts
 * @param peersAheadMillis the median of how far peers' clocks are ahead of this one; empty if unknown
 */
record Moment(long nowMillis, long runningMillis, OptionalLong peersAheadMillis) {

    /**
     * {@return the time by which a request is refused as expired: the wall clock's, or that of the peers if it is
     * earlier, so that a clock that jumped ahead refuses nobody}
     */
    long lenientMillis() {
        return nowMillis + Math.min(0, peersAheadMillis.orElse(0));
    }
}
