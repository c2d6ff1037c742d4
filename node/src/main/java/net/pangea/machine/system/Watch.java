package net.pangea.machine.system;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where tasks wait until one non-blocking channel can go on. They try, wait here if the channel would
 * block, and try again; to be woken for nothing is harmless, and so is an interrupt.
 */
final class Watch implements Poller.Readiness {
    private final SelectionKey key;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock.
    private int ready;
    private boolean closed;

    Watch(SelectionKey key) {
        this.key = key;
    }

    /**
     * Waits until the poller has seen the channel ready for {@code operation}, or the watch is closed.
     *
     * <p>Nothing is lost between the caller's attempt and this call: the selector reports a level, not an
     * edge, so what came meanwhile is reported as soon as the interest is registered.
     */
    void await(int operation) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            ready &= ~operation;
            register(operation);
            while ((ready & operation) == 0 && !closed) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void register(int operation) {
        try {
            int before = key.interestOpsOr(operation);
            if ((before & operation) == 0) {
                key.selector().wakeup();
            }
        } catch (CancelledKeyException e) {
            closed = true; // the caller's next attempt meets the closed channel
        }
    }

    @Override
    public void ready(int operations) {
        lock.lock();
        try {
            ready |= operations;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes everyone who waits, for good. */
    @Override
    public void closed() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    SelectionKey key() {
        return key;
    }
}
