package net.pangea.object;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;

/** Lets one task at a time work on what a hash names. Holds as many names as there are such tasks. */
final class Turns {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ended = lock.newCondition();
    // Guarded by lock.
    private final Set<Sha256> taken = new LinkedHashSet<>();

    /** What is done in a turn. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /** {@return what {@code work} returns, once nobody else works on {@code name}} */
    <T> T alone(Sha256 name, Work<T> work) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!taken.add(name)) {
                ended.await();
            }
        } finally {
            lock.unlock();
        }
        try {
            return work.run();
        } finally {
            lock.lock();
            try {
                taken.remove(name);
                ended.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
