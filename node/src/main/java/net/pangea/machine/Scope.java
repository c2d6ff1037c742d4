package net.pangea.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A block of code that owns tasks and does not end before they have: join all, take the first k, cancel the
 * rest.
 *
 * <pre>{@code
 * try (Scope scope = machine.tasks().open("fetch")) {
 *     for (Peer peer : peers) {
 *         scope.start("shard", () -> peer.fetch(id));
 *     }
 *     scope.joinAll();
 * }
 * }</pre>
 *
 * <p>Ownership: the task that opened the scope joins and closes it; that task and the scope's own tasks may
 * start more. A task that fails ends {@link #joinAll} but not the other tasks; {@link #close} cancels what
 * still runs and waits for it.
 */
public final class Scope implements AutoCloseable {
    private final String name;
    private final Spawner spawner;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock. Only tasks that run, so that a server's scope does not grow with its history.
    private final RunningTasks running = new RunningTasks();
    private @Nullable Task<?> firstFailed;
    private boolean closed;

    /** For those who implement {@link Tasks}. */
    public Scope(String name, Spawner spawner) {
        this.name = name;
        this.spawner = spawner;
    }

    /**
     * Starts a task.
     *
     * @param task its name, for reports
     * @throws IllegalStateException if the scope is closed
     */
    public <T extends @Nullable Object> Task<T> start(String task, Body<T, ? extends Exception> body) {
        Task<T> started = new Task<>(this, task, spawner, body);
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("scope " + name + " is closed: cannot start " + task);
            }
            running.add(started);
        } finally {
            lock.unlock();
        }
        started.start();
        return started;
    }

    /**
     * Waits until every task has ended, or one has failed.
     *
     * @throws TaskFailed with the first failure as its cause; the other tasks then still run until
     *     {@link #close}
     */
    public void joinAll() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!running.isEmpty() && firstFailed == null) {
                changed.await();
            }
            if (firstFailed != null) {
                throw new TaskFailed(firstFailed.name(), firstFailed.failure());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until {@code count} of {@code tasks} have returned, then cancels the others.
     *
     * @return the values of the tasks that have returned, at least {@code count}, in the order of
     *     {@code tasks}; fewer only if so many failed that {@code count} cannot be reached, once all have
     *     ended
     */
    public <T> List<T> firstOf(int count, List<Task<T>> tasks) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (tasks.stream().filter(Task::hasReturned).count() < count
                    && !tasks.stream().allMatch(Task::hasEnded)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
        List<T> values = new ArrayList<>();
        for (Task<T> task : tasks) {
            if (task.state() == Task.State.RETURNED) {
                values.add(task.value());
            } else {
                task.cancel();
            }
        }
        return values;
    }

    /** Cancels every task that runs. Does not wait. */
    public void cancel() {
        for (Task<?> task : locked(running::copy)) {
            task.cancel();
        }
    }

    /** Cancels what still runs and waits for its end, even when interrupted (the interrupt stays set). */
    @Override
    public void close() {
        locked(() -> closed = true);
        cancel();
        lock.lock();
        try {
            while (!running.isEmpty()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many tasks run, which is all that a scope remembers of its tasks} */
    int runningCount() {
        return locked(running::size);
    }

    <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    void awaitEnd(Task<?> task) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!task.hasEnded()) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void ended(Task<?> task, Runnable outcome) {
        lock.lock();
        try {
            outcome.run();
            running.remove(task);
            if (task.hasFailed() && firstFailed == null) {
                firstFailed = task;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
