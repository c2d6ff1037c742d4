package net.pangea.machine;

/**
 * Concurrency of a machine: tasks on virtual threads, each inside a scope that joins it.
 *
 * <p><b>Leave</b> (a graceful stop) cancels the root scope and joins it: {@code finally} blocks run.
 * <b>Crash</b> abandons every task of the incarnation: nothing resumes, no {@code finally} runs, no effect
 * follows, and the memory is collected. Node code must be correct under both.
 *
 * <p>There are no executors, futures or callbacks. Inside tasks, wait through the seam or on
 * {@code java.util.concurrent} locks and queues without a timeout; use {@link Clock#within} for the timeout.
 * Never wait while holding a monitor, never use {@code Object.wait} or a timed park: the simulator refuses
 * them by name.
 */
public interface Tasks {

    /**
     * Opens a scope for the calling task, to be used in a try-with-resources statement.
     *
     * @param name names the scope in reports of stuck tasks
     */
    Scope open(String name);
}
