package net.pangea.sim.experiment;

/** Hears how far a run is. Called often, returns soon, never changes the run. */
@FunctionalInterface
public interface Progress {

    /**
     * Takes note.
     *
     * @param timeNanos of the run, virtual or real
     * @param events the engine has handled so far
     */
    void at(long timeNanos, long events);
}
