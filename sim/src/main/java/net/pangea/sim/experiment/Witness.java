package net.pangea.sim.experiment;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import net.pangea.machine.Event;
import net.pangea.sim.cluster.Effort;
import net.pangea.sim.cluster.FaultAction;

/**
 * Is told what happens in a run, as it happens: by one thread at a time, in order. Returns soon, never blocks, and changes
 * nothing.
 *
 * <p>Times are nanoseconds since the run's time zero, by the controller's clock.
 */
public interface Witness {

    /** Looks away. */
    Witness NONE = new Witness() {};

    /**
     * The first nodes have started: time zero. Nothing was told before.
     *
     * @param machines those whose nodes have started, in order; the others do so when they are restarted first
     * @param effort says how much was done so far, whenever it is asked
     */
    default void began(List<String> machines, Supplier<Effort> effort) {}

    /** A node emitted an event. */
    default void event(long atNanos, String machine, Event event) {}

    /** A machine holds a shard from now on. */
    default void held(long atNanos, String machine, ShardMap.Shard shard) {}

    /** A machine holds a shard no longer. */
    default void dropped(long atNanos, String machine, ShardMap.Shard shard) {}

    /** A user's put ended. */
    default void put(long atNanos, PutDone put) {}

    /** A user's get ended, or one of the last reads. */
    default void got(long atNanos, GetDone get) {}

    /** A promise was taken back, since the object is about to be deleted. */
    default void released(long atNanos, Acknowledged object) {}

    /**
     * A node looked a key up.
     *
     * @param hops requests it took, one after the other; none if there was no answer
     */
    default void lookedUp(long atNanos, boolean right, OptionalInt hops) {}

    /** Something was done to the cluster. */
    default void acted(long atNanos, FaultAction action) {}

    /**
     * An expectation stands otherwise than until now.
     *
     * @param number its place among those of the scenario, from 0 on
     */
    default void stands(long atNanos, int number, Judge.Standing standing) {}

    /** Users have come to their end, and faults too. Everything is read back now, of which only {@link #stands} is told. */
    default void ended(long atNanos) {}
}
