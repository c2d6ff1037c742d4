package net.pangea.libp2p;

import java.time.Duration;
import java.time.Instant;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import org.jspecify.annotations.Nullable;

/** A clock that a test moves. */
final class TestClock implements Clock {
    private long nanos;

    void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(nanos);
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
