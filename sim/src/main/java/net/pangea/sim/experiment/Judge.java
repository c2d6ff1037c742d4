package net.pangea.sim.experiment;

import java.util.List;
import java.util.Optional;
import net.pangea.machine.Event;
import net.pangea.sim.cluster.Wiretap;

/** Watches one run for one expectation. Called by one thread at a time, in order; never blocks. */
public interface Judge {

    /** How an expectation stands while the run goes on. */
    enum Standing {
        /** The end decides. */
        OPEN,
        /** It is met already, whatever comes. */
        MET,
        /** It is broken already, whatever comes. */
        BROKEN
    }

    /** {@return how it stands after what it was told} */
    default Standing standing() {
        return Standing.OPEN;
    }

    /** A node emitted an event. */
    default void event(String machine, Event event) {}

    /**
     * A node emitted an event.
     *
     * @param before who held what until then
     */
    default void event(String machine, Event event, ShardMap before) {
        event(machine, event);
    }

    /** A user begins to put this content, which stays as it is. */
    default void putting(byte[] content) {}

    /**
     * A user's put ended.
     *
     * @param shards who holds what at that moment
     */
    default void put(PutDone put, ShardMap shards) {}

    /** A user's get ended, or one of the last reads. */
    default void got(GetDone get) {}

    /** A user's delete ended. */
    default void deleted(DeleteDone delete) {}

    /** After the run, somebody tried to read what was deleted. */
    default void gotDeleted(GetDone get) {}

    /** {@return what it listens with to the bytes between machines, if it does} */
    default Optional<Wiretap> wiretap() {
        return Optional.empty();
    }

    /** {@return whether it wants to know, after the run, whether nodes know their neighbours} */
    default boolean asksForNeighbours() {
        return false;
    }

    /**
     * After the run, a node was asked for the closest to itself.
     *
     * @param missing the machines that it should have named and did not
     * @param failure why it did not answer, empty if it did
     */
    default void neighbours(String machine, List<String> missing, String failure) {}

    /** {@return the names of the figures that it reads at the end} */
    default List<String> figures() {
        return List.of();
    }

    /** {@return the verdict, once everything has stopped} */
    Ruling rule(Ending ending);
}
