package net.pangea.holding;

import java.time.Duration;
import java.util.Optional;

/** Decides what has run out. Pure. */
final class Expiry {

    /** What becomes of a lease. */
    enum Fate {
        /** It has not expired. */
        LIVES,
        /** It is seen expired for the first time: that is written down. */
        FIRST_SEEN,
        /** It has expired, but not for long enough by all clocks, or they do not agree. */
        WAITS,
        /** It has expired, for long enough by all clocks. */
        ENDS
    }

    private Expiry() {}

    /**
     * {@return the fate of a lease}
     *
     * @param firstSeen what was written down of it, maybe of an earlier sequence
     * @param grace how long it must have been expired by the wall clock, by the peers' median clock, and by the
     *     running time since it was first seen expired; peers of whom nothing is known do not agree
     */
    static Fate of(long expiresMillis, long sequence, Optional<FirstSeen> firstSeen, Moment now, Duration grace) {
        if (now.nowMillis() < expiresMillis) {
            return Fate.LIVES;
        }
        if (firstSeen.isEmpty() || firstSeen.get().sequence() != sequence) {
            return Fate.FIRST_SEEN;
        }
        long graceMillis = grace.toMillis();
        boolean byWallClock = now.nowMillis() - expiresMillis >= graceMillis;
        boolean byRunningTime = now.runningMillis() - firstSeen.get().runningMillis() >= graceMillis;
        boolean byPeers = now.peersAheadMillis().isPresent()
                && now.nowMillis() + now.peersAheadMillis().getAsLong() - expiresMillis >= graceMillis;
        return byWallClock && byRunningTime && byPeers ? Fate.ENDS : Fate.WAITS;
    }

    /** {@return whether an upload has waited too long, by the wall clock and by the running time} */
    static boolean isOver(UploadEntry upload, Moment now, Duration grace) {
        return now.nowMillis() - upload.openedMillis() >= grace.toMillis()
                && now.runningMillis() - upload.openedRunningMillis() >= grace.toMillis();
    }
}
