package net.pangea.sim.world;

import java.util.HashMap;
import java.util.Map;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.RandomStream;

/**
 * Fault points in the manner of FoundationDB's BUGGIFY: in each run a part of the points is armed, and an armed
 * point fires now and then. Each point has a stream of its own.
 */
final class BuggifyPoints implements FaultPoints {
    private final SimulatedMachine machine;
    private final int armedPerMillion;
    private final int firesPerMillion;
    // Looked up, never iterated.
    private final Map<String, RandomStream> armed = new HashMap<>();

    BuggifyPoints(SimulatedMachine machine, int armedPerMillion, int firesPerMillion) {
        this.machine = machine;
        this.armedPerMillion = armedPerMillion;
        this.firesPerMillion = firesPerMillion;
    }

    @Override
    public boolean fires(String point) {
        // Armed for the whole run and every machine, so that a run has a few strange habits, not all of them.
        boolean isArmed =
                machine.incarnation().simulation().random("fault-point", point).chance(armedPerMillion);
        return isArmed
                && armed.computeIfAbsent(point, name -> machine.stream("fault-point", name))
                        .chance(firesPerMillion);
    }
}
