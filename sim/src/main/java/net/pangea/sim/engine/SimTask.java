package net.pangea.sim.engine;

import net.pangea.machine.Stop;
import org.jspecify.annotations.Nullable;

/** A virtual thread of a simulated machine, as the engine sees it: what the loop resumes. */
public final class SimTask implements Runnable {
    private final Incarnation incarnation;
    private @Nullable Thread thread;
    private @Nullable Stop outermost;
    // The incarnation's list of living tasks, for reports.
    @Nullable
    SimTask previous;

    @Nullable
    SimTask next;
    /** Used by the PCT policy. */
    long priority;
    /** Whether the delay of a slow processor was paid for this resumption. */
    boolean delayPaid;
    /** Whether it has run. */
    boolean begun;
    /**
     * Whether the incarnation must be asked before a resumption: not once the task has begun and while nothing hinders
     * its machine. Kept here, where the loop looks anyway: among many machines it is a cache miss to ask.
     */
    boolean asks = true;

    SimTask(Incarnation incarnation) {
        this.incarnation = incarnation;
    }

    void bind(Thread newThread) {
        thread = newThread;
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

    void keep(Stop newOutermost) {
        outermost = newOutermost;
    }

    /** {@return a new reason to interrupt this task, which is the running one, inside those it has already} */
    public Stop innerStop() {
        return outermost == null ? Stop.forCurrentThread() : outermost.inside();
    }

    /** {@return machine and task, for a report} */
    String describe() {
        return "task '" + thread().getName() + "' of machine " + incarnation.machineName();
    }

    /** Continues the thread until it waits again or ends. Only the loop calls this. */
    @Override
    public void run() {
        VirtualThreads.resume(thread());
    }
}
