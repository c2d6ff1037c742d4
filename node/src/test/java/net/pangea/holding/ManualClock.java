package net.pangea.holding;

import java.time.Duration;
import java.time.Instant;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import org.jspecify.annotations.Nullable;

/** A clock that goes when it is told to; the wall clock may jump. */
final class ManualClock implements Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos = 5_000_000_000L;

    void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    void jump(Duration ahead) {
        now = now.plus(ahead);
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public void sleep(Duration duration) {
        pass(duration);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        return body.run();
    }
}
