package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Loses machines for good. */
final class Destroy implements Fault {
    static final Verb VERB = Verb.fault(
            Shape.of(
                    "destroy",
                    "Loses machines with their disks: without a word to anyone, for good, healing or not.",
                    Strike.WHO),
            "{at: 2m, destroy: {who: 4 of holders-of docs}}");

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
        return strike.onEach(FaultAction.Destroy::new);
    }
}
