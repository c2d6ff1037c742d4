package net.pangea.sim.world;

import net.pangea.machine.Event;

/** Reads what the machines of a world emit, in order. It runs on the simulation's thread and must not block. */
@FunctionalInterface
public interface WorldEvents {

    /** Takes one event of a machine at a virtual time in nanoseconds. */
    void emitted(long nanos, String machine, Event event);
}
