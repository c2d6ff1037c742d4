package net.pangea.sim.cluster;

import net.pangea.machine.Event;

/** Reads the events of a cluster's machines. Returns soon, never blocks and never calls the cluster. */
@FunctionalInterface
public interface EventObserver {

    /**
     * Takes one event. Called by one thread at a time, in order; not always the same thread.
     *
     * @param machine whose event it is
     * @param timeNanos when it was emitted, by the controller's clock: nanoseconds since {@link Cluster#start}
     */
    void observe(String machine, long timeNanos, Event event);
}
