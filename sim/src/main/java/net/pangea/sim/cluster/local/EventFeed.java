package net.pangea.sim.cluster.local;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Event;
import net.pangea.sim.cluster.EventObserver;

/**
 * Brings the events of all processes into one order, that of their arrival, and hands them to observers one at a time.
 * Any thread may call it.
 */
final class EventFeed {
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final List<EventObserver> observers = new ArrayList<>();
    private OptionalLong zeroNanos = OptionalLong.empty();

    /** Without the lock: observers are told while it is held, and hold locks of their own while they ask for this. */
    private final AtomicLong count = new AtomicLong();

    void observe(EventObserver observer) {
        lock.lock();
        try {
            observers.add(observer);
        } finally {
            lock.unlock();
        }
    }

    /** Makes this moment the time zero of the run; what came before it came at zero. */
    void begin() {
        lock.lock();
        try {
            zeroNanos = OptionalLong.of(System.nanoTime());
        } finally {
            lock.unlock();
        }
    }

    void emit(String machine, Event event) {
        lock.lock();
        try {
            long _ = count.incrementAndGet();
            long timeNanos = elapsedNanos();
            observers.forEach(observer -> observer.observe(machine, timeNanos, event));
        } finally {
            lock.unlock();
        }
    }

    /** {@return nanoseconds since the time zero of the run; 0 before it} */
    long elapsedNanos() {
        lock.lock();
        try {
            return zeroNanos.isPresent() ? System.nanoTime() - zeroNanos.getAsLong() : 0;
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many events came so far} */
    long count() {
        return count.get();
    }
}
