package net.pangea.holding;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Body;
import net.pangea.store.EntryKey;

/**
 * Lets tasks that change the same thing take turns, so that each sees what the one before has made durable, while
 * different things, and different parts of one, go to the disk together. Any task may use it.
 *
 * <p>Costs memory only for what somebody is changing. Turns of objects are taken before turns of placement keys.
 */
final class Turns {
    private static final class Turn {
        private final Set<EntryKey> parts = new LinkedHashSet<>();
        private boolean alone;
        private int waiting;
        private int waitingAlone;

        boolean isIdle() {
            return parts.isEmpty() && !alone && waiting == 0;
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<Sha256, Turn> turns = new TreeMap<>();

    /** Runs {@code body} while nothing else changes {@code key}. */
    <T> T alone(Sha256 key, Body<T, RuntimeException> body) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Turn turn = turns.computeIfAbsent(key, _ -> new Turn());
            turn.waiting++;
            turn.waitingAlone++;
            try {
                while (turn.alone || !turn.parts.isEmpty()) {
                    changed.await();
                }
                turn.alone = true;
            } finally {
                turn.waiting--;
                turn.waitingAlone--;
                leave(key, turn);
            }
        } finally {
            lock.unlock();
        }
        try {
            return body.run();
        } finally {
            end(key, turn -> turn.alone = false);
        }
    }

    /** Runs {@code body} while nothing else changes this part of {@code key}; other parts may change meanwhile. */
    <T> T sharing(Sha256 key, EntryKey part, Body<T, RuntimeException> body) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Turn turn = turns.computeIfAbsent(key, _ -> new Turn());
            turn.waiting++;
            try {
                // Whoever wants to be alone goes first, or a stream of parts would keep it waiting for ever.
                while (turn.alone || turn.waitingAlone > 0 || turn.parts.contains(part)) {
                    changed.await();
                }
                var _ = turn.parts.add(part);
            } finally {
                turn.waiting--;
                leave(key, turn);
            }
        } finally {
            lock.unlock();
        }
        try {
            return body.run();
        } finally {
            end(key, turn -> turn.parts.remove(part));
        }
    }

    private interface Ending {
        void end(Turn turn);
    }

    private void end(Sha256 key, Ending ending) {
        lock.lock();
        try {
            Turn turn = turns.get(key);
            if (turn != null) {
                ending.end(turn);
                leave(key, turn);
            }
        } finally {
            lock.unlock();
        }
    }

    private void leave(Sha256 key, Turn turn) {
        if (turn.isIdle()) {
            turns.remove(key);
        }
        changed.signalAll();
    }
}
