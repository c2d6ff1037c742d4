package net.pangea.object;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;

/**
 * Letters from many tasks to one that waits for them for a limited time. A deadline that passes while a letter comes
 * loses the wake-up, never the letter.
 */
final class Mailbox<T> {
    private final Queue<T> letters = new ConcurrentLinkedQueue<>();
    private final Semaphore arrived = new Semaphore(0);

    void post(T letter) {
        letters.add(letter);
        arrived.release();
    }

    /** {@return the next letter; empty if none came within {@code limit}, or sometimes too early} */
    Optional<T> next(Clock clock, Duration limit) throws InterruptedException {
        T here = letters.poll();
        if (here != null) {
            boolean _ = arrived.tryAcquire();
            return Optional.of(here);
        }
        try {
            boolean _ = clock.within(limit, () -> {
                arrived.acquire();
                return true;
            });
        } catch (DeadlineExceeded e) {
            return Optional.ofNullable(letters.poll()); // that time has passed is an answer too
        }
        return Optional.ofNullable(letters.poll());
    }
}
