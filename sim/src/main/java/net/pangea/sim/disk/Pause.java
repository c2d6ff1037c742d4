package net.pangea.sim.disk;

/** Lets virtual time pass for the running task. */
@FunctionalInterface
public interface Pause {

    /**
     * Waits, even when interrupted (the interrupt stays set). Zero lets other tasks run. A scheduling point: when
     * the machine crashes meanwhile, it never returns.
     *
     * @param nanos nanoseconds of virtual time, not negative
     */
    void forNanos(long nanos);
}
