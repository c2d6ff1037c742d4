package net.pangea.machine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A clock that goes when it is told to; the wall clock may jump. */
public final class ManualClock implements Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long nanos = 5_000_000_000L;
    private long interruptedAtNanos = Long.MAX_VALUE;

    /** Interrupts the sleep that would last beyond this. */
    public void interruptAfter(Duration time) {
        interruptedAtNanos = nanos + time.toNanos();
    }

    public void pass(Duration time) {
        now = now.plus(time);
        nanos += time.toNanos();
    }

    public void jump(Duration ahead) {
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
    public void sleep(Duration duration) throws InterruptedException {
        if (duration.toNanos() > interruptedAtNanos - nanos) {
            throw new InterruptedException();
        }
        pass(duration);
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        return body.run();
    }
}
