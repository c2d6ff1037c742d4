package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Lets syncs lie. */
final class LoseSync implements Fault {
    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "lose-sync",
                    "Lets disks say that data is durable when it is not; a later loss of power shows it.",
                    Strike.WHO,
                    Strike.FOR),
            "{at: 1m, lose-sync: {who: node/5, for: 5m}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return Harm.FOR_GOOD;
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        return strike.onEach(machine -> new FaultAction.LoseSync(strike.idFor(machine), machine));
    }
}
