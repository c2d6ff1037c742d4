package net.pangea.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One reason for which a thread may be interrupted: a deadline has passed, or its task was cancelled. For
 * those who implement a machine; nodes use {@link Clock#within} and {@link Scope}.
 *
 * <p>A thread has one interrupt flag but many reasons at a time: nested deadlines and a cancellation. Each
 * reason is a link in a chain from the innermost scope to the task. A scope that ends and was the reason
 * clears the flag, then sets it again if a reason further out has fired meanwhile, so that no stop is lost
 * and none outlives its scope.
 *
 * <p>The outermost reason, the cancellation, stands for the chain: it knows the innermost one. A thread finds it
 * in a thread-local variable, or where its {@link Spawner} keeps it.
 *
 * <p>{@link #fire} may run on any thread and races with the end of the scope. The state decides: RUNNING to
 * FIRING to FIRED, or RUNNING to CLOSED. A closer that meets FIRING waits the moment until the interrupt has
 * been delivered; otherwise it could arrive after the flag was cleared.
 */
public final class Stop {
    private static final ThreadLocal<@Nullable Stop> OUTERMOST = new ThreadLocal<>();

    private static final int RUNNING = 0;
    private static final int FIRING = 1;
    private static final int FIRED = 2;
    private static final int CLOSED = 3;
    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Stop.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final @Nullable Stop outer;
    private final Thread thread;
    // Of the outermost reason: the innermost one, if there is a second. Only the thread itself touches it.
    private @Nullable Stop innermost;

    @SuppressWarnings("unused") // through STATE
    private volatile int state;

    private Stop(@Nullable Stop outer, Thread thread) {
        this.outer = outer;
        this.thread = thread;
    }

    /** {@return a reason for the calling thread, inside the reasons it has already} */
    public static Stop forCurrentThread() {
        Stop outermost = OUTERMOST.get();
        if (outermost == null) { // not the thread of a task: nobody cancels it
            outermost = forTask(Thread.currentThread());
            outermost.bindToCurrentThread();
        }
        return outermost.inside();
    }

    /** {@return a reason for the calling thread, whose outermost one this is, inside the reasons it has already} */
    public Stop inside() {
        return new Stop(innermost == null ? this : innermost, thread);
    }

    /** Lets the calling thread find this, its outermost reason. */
    void bindToCurrentThread() {
        OUTERMOST.set(this);
    }

    /** {@return the reason to cancel the task that {@code thread} will run, outside every other} */
    static Stop forTask(Thread thread) {
        return new Stop(null, thread);
    }

    /** Interrupts the thread, once, unless the scope has ended. Any thread may call this. */
    public void fire() {
        if (STATE.compareAndSet(this, RUNNING, FIRING)) {
            thread.interrupt();
            STATE.setVolatile(this, FIRED);
        }
    }

    private boolean hasFired() {
        int seen = (int) STATE.getVolatile(this);
        return seen == FIRING || seen == FIRED;
    }

    /** {@return whether the reason had fired, its interrupt then being delivered} Ends the scope. */
    boolean close() {
        if (STATE.compareAndSet(this, RUNNING, CLOSED)) {
            return false;
        }
        awaitDelivery();
        return true;
    }

    private void awaitDelivery() {
        while ((int) STATE.getVolatile(this) == FIRING) {
            Thread.onSpinWait();
        }
    }

    /**
     * Runs a deadline's body with this as the innermost reason.
     *
     * @param disarm cancels the timer that would {@link #fire}
     */
    @SuppressWarnings("unchecked")
    public <T extends @Nullable Object, X extends Exception> T runWithin(
            Duration limit, Body<T, X> body, Runnable disarm) throws X, InterruptedException {
        outermost().innermost = this;
        T value;
        try {
            value = body.run();
        } catch (Exception thrown) {
            if (end(disarm)) {
                throw new DeadlineExceeded(limit, thrown);
            }
            throw (X) thrown; // X, InterruptedException or unchecked: all of them pass as declared
        } catch (Error error) {
            var _ = end(disarm); // broken code passes as it is, but leaves no deadline behind
            throw error;
        }
        if (end(disarm)) {
            throw new DeadlineExceeded(limit, null);
        }
        return value;
    }

    private Stop outermost() {
        Stop reason = this;
        for (Stop next = outer; next != null; next = next.outer) {
            reason = next;
        }
        return reason;
    }

    /** {@return whether the deadline had fired, the flag then saying what the outer reasons say} Ends the scope. */
    private boolean end(Runnable disarm) {
        disarm.run();
        outermost().innermost = outer;
        if (!close()) {
            return false;
        }
        var _ = Thread.interrupted();
        for (Stop reason = outer; reason != null; reason = reason.outer) {
            if (reason.hasFired()) {
                reason.awaitDelivery(); // else its interrupt could arrive a second time, after it was seen
                Thread.currentThread().interrupt();
                break;
            }
        }
        return true;
    }
}
