package net.pangea.protocol;

import java.time.Duration;
import java.time.Instant;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import org.jspecify.annotations.Nullable;

/** A clock that stands still: nothing is ever too late. */
class PlainClock implements Clock {

    @Override
    public Instant now() {
        return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public void sleep(Duration duration) {}

    @Override
    public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        return body.run();
    }
}
