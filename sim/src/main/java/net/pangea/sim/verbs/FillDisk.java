package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Fills disks. */
final class FillDisk implements Fault {
    private static final Verb VERB = Verb.fault(
            Shape.of("fill-disk", "Leaves disks without room.", Strike.WHO, Strike.FOR),
            "{at: 1m, fill-disk: {who: 3 of node, for: 5m}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return Harm.NONE;
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        return strike.onEach(machine -> new FaultAction.FullDisk(strike.idFor(machine), machine));
    }
}
