package net.pangea.holding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Bell;

/** Damage that repair has not taken yet. What does not fit is left out: repair finds it when it compares claims. */
final class DamageQueue {
    static final int DAMAGES_MAX = 4_096;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Damage> queue = new ArrayDeque<>();
    private final Bell found = new Bell();

    void add(Damage damage) {
        lock.lock();
        try {
            if (queue.size() < DAMAGES_MAX) {
                queue.add(damage);
            }
        } finally {
            lock.unlock();
        }
        found.ring();
    }

    /** {@return what rings whenever damage was found, for the one task that takes it} */
    Bell found() {
        return found;
    }

    /** {@return up to {@code max} findings, the oldest first; they are forgotten here} */
    List<Damage> take(int max) {
        lock.lock();
        try {
            List<Damage> taken = new ArrayList<>();
            while (taken.size() < max && !queue.isEmpty()) {
                taken.add(queue.remove());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }
}
