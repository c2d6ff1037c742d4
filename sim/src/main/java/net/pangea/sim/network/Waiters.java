package net.pangea.sim.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;
import net.pangea.sim.engine.SimTask;
import net.pangea.sim.engine.Simulation;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that wait for something to change. Mostly one; the queue is made for a second. A waiter looks again
 * when it wakes.
 */
class Waiters {
    private @Nullable SimTask first;
    private @Nullable Deque<SimTask> others;

    /** Waits to be woken. */
    final void await(Simulation simulation) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        SimTask task = simulation.currentTask();
        add(task);
        LockSupport.park();
        remove(task);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Wakes all who wait. */
    final void wake() {
        SimTask task = first;
        if (task != null) {
            LockSupport.unpark(task.thread());
        }
        if (others != null) {
            others.forEach(other -> LockSupport.unpark(other.thread()));
        }
    }

    /** {@return the task that has waited longest; null if none waits} */
    final @Nullable SimTask first() {
        return first;
    }

    private void add(SimTask task) {
        if (first == null) {
            first = task;
            return;
        }
        Deque<SimTask> queue = others;
        if (queue == null) {
            queue = new ArrayDeque<>();
            others = queue;
        }
        queue.add(task);
    }

    private void remove(SimTask task) {
        if (first == task) {
            first = others == null ? null : others.poll();
        } else if (others != null) {
            boolean _ = others.remove(task);
        }
    }
}
