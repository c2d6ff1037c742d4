package net.pangea.sim.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.RandomStream;

/**
 * Fault points in the manner of FoundationDB's BUGGIFY: in each run a part of the points is armed, and an armed
 * point fires now and then. Each point has a stream of its own.
 */
final class BuggifyPoints implements FaultPoints {
    private final Host host;
    private final SimulatedMachine machine;
    // Looked up, never iterated.
    private final Map<String, Point> points = new HashMap<>();

    /**
     * A point that was met.
     *
     * @param rank below which share of armed points it is armed, for the whole run and on every machine: so a run has
     *     a few strange habits, not all of them
     */
    private record Point(int rank, RandomStream random) {}

    BuggifyPoints(Host host, SimulatedMachine machine) {
        this.host = host;
        this.machine = machine;
    }

    @Override
    public boolean fires(String point) {
        List<PointChances> all = host.pointChances();
        if (all.isEmpty()) {
            return false;
        }
        Point met = points.computeIfAbsent(point, this::meet);
        for (PointChances chances : all) {
            if (met.rank() < chances.armedPerMillion() && met.random().chance(chances.firesPerMillion())) {
                host.traceFault("fault point " + point);
                return true;
            }
        }
        return false;
    }

    private Point meet(String point) {
        RandomStream ofTheRun = machine.incarnation().simulation().random("fault-point", point);
        return new Point(ofTheRun.nextInt(1_000_000), machine.stream("fault-point", point));
    }
}
