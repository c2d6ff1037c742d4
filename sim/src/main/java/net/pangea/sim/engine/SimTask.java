package net.pangea.sim.engine;

import org.jspecify.annotations.Nullable;

/** A virtual thread of a simulated machine, as the engine sees it: what the loop resumes. */
public final class SimTask implements Runnable {
    private final Incarnation incarnation;
    private @Nullable Thread thread;
    private @Nullable Runnable continuation;
    // The incarnation's list of living tasks, for reports.
    @Nullable
    SimTask previous;

    @Nullable
    SimTask next;
    /** Used by the PCT policy. */
    long priority;
    /** Whether the delay of a slow processor was paid for this resumption. */
    boolean delayPaid;

    SimTask(Incarnation incarnation) {
        this.incarnation = incarnation;
    }

    void bind(Thread newThread, Runnable newContinuation) {
        thread = newThread;
        continuation = newContinuation;
    }

    public Incarnation incarnation() {
        return incarnation;
    }

    public Thread thread() {
        Thread bound = thread;
        if (bound == null) {
            throw new IllegalStateException("a task without its thread");
        }
        return bound;
    }

    /** {@return machine and task, for a report} */
    String describe() {
        return "task '" + thread().getName() + "' of machine " + incarnation.machineName();
    }

    /** Continues the thread until it waits again or ends. Only the loop calls this. */
    @Override
    public void run() {
        Runnable bound = continuation;
        if (bound != null) {
            bound.run();
        }
    }
}
