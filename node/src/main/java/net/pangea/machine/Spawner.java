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
}
