package net.pangea.machine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes a task that waits for work, so that it need not look again and again. What was rung while nobody waited is not lost:
 * the next wait ends at once, however often it was rung. For one waiting task; any may ring.
 */
public final class Bell {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition rang = lock.newCondition();
    private boolean isRung; // guarded by lock

    /** Says that there is something to look at. */
    public void ring() {
        lock.lock();
        try {
            isRung = true;
            rang.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it was rung since the last wait ended. */
    public void await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!isRung) {
                rang.await();
            }
            isRung = false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits as long as that, or until a time has passed.
     *
     * @param clock by which it passes
     * @param atMost how long; zero or less does not wait
     */
    public void await(Clock clock, Duration atMost) throws InterruptedException {
        try {
            clock.within(atMost, () -> {
                await();
                return this;
            });
        } catch (DeadlineExceeded e) {
            // The time has come.
        }
    }
}
