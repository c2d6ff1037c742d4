package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Lets firewalls forget what is open. */
final class FlushTracking implements Fault {
    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "flush-tracking",
                    "Lets the firewalls of machines forget which connections are open: every packet is judged by the"
                            + " rules again, and a connection that they deny falls silent.",
                    Strike.WHO),
            "{at: 40m, flush-tracking: {who: 20% of node}}");

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
        return strike.onEach(machine -> new FaultAction.FlushTracking(machine));
    }
}
