package net.pangea.sim.engine;

import java.time.Duration;

/** Tells, by real time, that a simulation gets no further. It only watches: nothing in a run depends on it. */
final class Watchdog {
    /** How often the watching thread looks. */
    static final Duration POLL = Duration.ofMillis(200);

    private final Duration limit;
    private long lastProgress = -1;
    private Duration still = Duration.ZERO;

    Watchdog(Duration limit) {
        this.limit = limit;
    }

    /** {@return whether {@code progress} has not moved for the limit} Called once every {@link #POLL}. */
    boolean isStuck(long progress) {
        still = progress == lastProgress ? still.plus(POLL) : Duration.ZERO;
        lastProgress = progress;
        return still.compareTo(limit) >= 0;
    }
}
