package net.pangea.machine;

/** Makes a machine's threads. For those who implement a machine; nodes use {@link Tasks}. */
@FunctionalInterface
public interface Spawner {

    /**
     * {@return a new virtual thread of this machine, not yet started}
     *
     * @param name the task's name, for reports
     */
    Thread unstarted(String name, Runnable body);

    /**
     * Keeps, on the thread of a task that begins, the outermost of the reasons for which it may be interrupted, for
     * the deadlines that the task will set. Unless a machine knows a better place, a thread-local variable.
     */
    default void begins(Stop outermost) {
        outermost.bindToCurrentThread();
    }

    /** Hears, on a task's own thread, that the task threw; before anyone who waits for the task does. */
    default void failed(Exception why) {}
}
