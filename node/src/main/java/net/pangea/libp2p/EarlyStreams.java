package net.pangea.libp2p;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who opens streams over a new connection before the other side has shown that it is ready for them: a few at once, the others
 * then. A connection is ready here before it is there, and js-libp2p resets all streams at the eleventh that comes too early
 * ({@code maxEarlyStreams}); on a busy computer that can be a second. Any task may call it.
 */
final class EarlyStreams {
    /** As many as js-libp2p takes. */
    static final int MAX = 10;

    private final AtomicInteger opened = new AtomicInteger();
    private final CountDownLatch ready = new CountDownLatch(1);

    /** {@return whether one more may be opened now, which then counts; who may not is to {@link #await}} */
    boolean admit() {
        return ready.getCount() == 0 || opened.incrementAndGet() <= MAX;
    }

    /** Waits until the other side is ready, or the connection has ended. */
    void await() throws InterruptedException {
        ready.await();
    }

    /** The other side has opened a stream or agreed on one, or the connection has ended. */
    void admitAll() {
        ready.countDown();
    }
}
