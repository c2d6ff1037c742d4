package net.pangea.libp2p.tls;

import java.time.Duration;
import java.time.Instant;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import org.jspecify.annotations.Nullable;

/** A clock that stands still, on which nobody waits. */
record FixedClock(Instant now) implements Clock {
    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public void sleep(Duration duration) {
        throw new UnsupportedOperationException("nobody waits");
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body) {
        throw new UnsupportedOperationException("nobody waits");
    }
}
