package net.pangea.repair;

import java.time.Duration;
import java.time.Instant;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import org.jspecify.annotations.Nullable;

/** A clock that moves when somebody sleeps, and by nothing else. */
final class FakeClock implements Clock {
    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private long nanos;

    @Override
    public Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void sleep(Duration duration) {
        nanos += Math.max(0, duration.toNanos());
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        long end = nanos + limit.toNanos();
        T value = body.run();
        if (nanos > end) {
            nanos = end;
            throw new DeadlineExceeded(limit, null);
        }
        return value;
    }
}
