package net.pangea.repair;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many bytes may go over the network: a token bucket that holds the bytes of one second and may be overdrawn once, so
 * that a shard larger than it passes. Over any time t, at most rate * (t + 1 s) and one piece more.
 *
 * <p>Times are those of the monotonic clock. Any task may call it.
 */
final class Budget {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ReentrantLock lock = new ReentrantLock();
    private final long bytesPerSecond;
    // Guarded by lock.
    private double tokens;
    private long filledAtNanos;

    Budget(long bytesPerSecond, long nowNanos) {
        this.bytesPerSecond = bytesPerSecond;
        this.tokens = bytesPerSecond;
        this.filledAtNanos = nowNanos;
    }

    /** {@return how long whoever sent or received so many bytes must wait before the next} */
    Duration spend(long bytes, long nowNanos) {
        lock.lock();
        try {
            double filled = tokens + (double) (nowNanos - filledAtNanos) / NANOS_PER_SECOND * bytesPerSecond;
            tokens = Math.min(filled, (double) bytesPerSecond) - bytes;
            filledAtNanos = nowNanos;
            return tokens >= 0
                    ? Duration.ZERO
                    : Duration.ofNanos((long) Math.ceil(-tokens / bytesPerSecond * NANOS_PER_SECOND));
        } finally {
            lock.unlock();
        }
    }

    /** {@return how long a transfer of so many bytes takes when it may use half of the budget} */
    Duration timeFor(double bytes) {
        return Duration.ofNanos((long) Math.min(bytes * 2 / bytesPerSecond * NANOS_PER_SECOND, 1e17));
    }
}
