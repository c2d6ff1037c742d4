package net.pangea.sim.world;

import java.time.Instant;

/**
 * A machine's hardware clocks in terms of true virtual time. They outlive the machine's incarnations.
 *
 * <p>The monotonic clock runs at {@code 1 + drift} of true time. The wall clock runs with it and has an
 * offset that jumps. Integer arithmetic in parts per billion, so that every processor computes the same.
 */
final class HostClock {
    /** Where every run's wall clocks start: 2026-01-01T00:00:00Z, an arbitrary round date. */
    static final Instant EPOCH = Instant.ofEpochSecond(1_767_225_600L);

    private static final long BILLION = 1_000_000_000L;

    private long driftPerBillion;
    private long offsetNanos;
    // The point since which the drift holds: true time and what the monotonic clock showed then.
    private long sinceTrue;
    private long sinceMonotonic;

    void setDrift(long trueNanos, long perBillion) {
        sinceMonotonic = monotonic(trueNanos);
        sinceTrue = trueNanos;
        driftPerBillion = perBillion;
    }

    /** Moves the wall clock by {@code nanos}, backwards if negative. */
    void jump(long nanos) {
        offsetNanos += nanos;
    }

    long monotonic(long trueNanos) {
        long elapsed = trueNanos - sinceTrue;
        return sinceMonotonic + shown(elapsed);
    }

    Instant wall(long trueNanos) {
        return EPOCH.plusNanos(monotonic(trueNanos)).plusNanos(offsetNanos);
    }

    /** {@return the least true duration in which the monotonic clock moves on by at least {@code nanos}} */
    long trueDuration(long nanos) {
        if (driftPerBillion == 0) {
            return nanos;
        }
        long guess = nanos - scaled(nanos, driftPerBillion * BILLION / (BILLION + driftPerBillion));
        // The guess is off by rounding, a billionth of it for the rate and little for the rest; the more so the slower.
        long slowness = 1 + BILLION / Math.min(BILLION, BILLION + driftPerBillion);
        long error = slowness * (2 * (nanos / BILLION) + 4);
        long least = Math.max(guess - error, 0);
        long enough = guess + error;
        while (shown(enough) < nanos) {
            enough += error;
        }
        while (least < enough) {
            long middle = least + (enough - least) / 2;
            if (shown(middle) < nanos) {
                least = middle + 1;
            } else {
                enough = middle;
            }
        }
        return enough;
    }

    /** {@return by how much the monotonic clock moves on in a true duration} */
    private long shown(long trueNanos) {
        return driftPerBillion == 0 ? trueNanos : trueNanos + scaled(trueNanos, driftPerBillion);
    }

    /** {@return nanos * perBillion / 10^9, rounded towards zero, without overflow for spans of 290 years} */
    private static long scaled(long nanos, long perBillion) {
        return nanos / BILLION * perBillion + nanos % BILLION * perBillion / BILLION;
    }
}
