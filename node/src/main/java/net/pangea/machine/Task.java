package net.pangea.machine;

import org.jspecify.annotations.Nullable;

/**
 * A piece of work that runs beside its {@link Scope}'s owner, on a virtual thread of its own.
 *
 * @param <T> what it returns
 */
public final class Task<T extends @Nullable Object> {

    /** How far a task has come. */
    public enum State {
        RUNNING,
        RETURNED,
        FAILED,
        CANCELLED
    }

    private final Scope scope;
    private final String name;
    private final Stop stop;
    private final Thread thread;

    // All guarded by the scope's lock.
    private State state = State.RUNNING;
    private @Nullable T value;
    private @Nullable Throwable failure;
    // The scope's list of running tasks.
    @Nullable
    Task<?> older;

    @Nullable
    Task<?> younger;

    Task(Scope scope, String name, Spawner spawner, Body<T, ? extends Exception> body) {
        this.scope = scope;
        this.name = name;
        this.thread = spawner.unstarted(name, new Root<>(this, spawner, body));
        this.stop = Stop.forTask(thread);
    }

    public String name() {
        return name;
    }

    public State state() {
        return scope.locked(() -> state);
    }

    /** Interrupts the task once, now or at its next wait. Does not wait for its end. */
    public void cancel() {
        stop.fire();
    }

    /**
     * Waits for the end of the task and returns its value.
     *
     * @throws TaskFailed if it threw or was cancelled
     */
    public T join() throws InterruptedException {
        scope.awaitEnd(this);
        return value();
    }

    /** {@return the value of an ended task} */
    @SuppressWarnings("NullAway") // null only where T is nullable
    T value() {
        return scope.locked(() -> switch (state) {
            case RETURNED -> value;
            case FAILED, CANCELLED -> throw new TaskFailed(name, failure);
            case RUNNING -> throw new IllegalStateException("task " + name + " is still running");
        });
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    boolean hasEnded() {
        return state != State.RUNNING;
    }

    boolean hasReturned() {
        return state == State.RETURNED;
    }

    boolean hasFailed() {
        return state == State.FAILED;
    }

    void start() {
        thread.start();
    }

    private void end(State how, @Nullable T newValue, @Nullable Throwable newFailure) {
        var _ = stop.close();
        scope.ended(this, () -> {
            state = how;
            value = newValue;
            failure = newFailure;
        });
    }

    /** What the thread runs. One frame, because all frames below a wait stay in memory and are moved with it. */
    private record Root<T extends @Nullable Object>(Task<T> task, Spawner spawner, Body<T, ? extends Exception> body)
            implements Runnable {
        @Override
        public void run() {
            spawner.begins(task.stop);
            try {
                task.end(State.RETURNED, body.run(), null);
            } catch (InterruptedException e) {
                task.end(State.CANCELLED, null, e);
            } catch (Throwable e) {
                // The thread's root: an error too must end the task, or its scope would wait for ever.
                if (e instanceof Exception why) {
                    spawner.failed(why);
                }
                task.end(State.FAILED, null, e);
                if (e instanceof Error error) {
                    throw error;
                }
            }
        }
    }
}
