package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Rebinds NAT boxes. */
final class RebindNat implements Fault {
    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "rebind-nat",
                    "Lets the NAT boxes before machines forget their mappings and give out other ports, as when they"
                            + " are switched off and on.",
                    Strike.WHO),
            "{every: 10m, rebind-nat: {who: behind symmetric}}");

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
        return strike.onEach(machine -> new FaultAction.RebindNat(machine));
    }
}
