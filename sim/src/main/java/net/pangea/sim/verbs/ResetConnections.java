package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Resets connections. */
final class ResetConnections implements Fault {
    private static final Verb VERB = Verb.fault(
            Shape.of("reset-connections", "Resets every open connection of machines.", Strike.WHO),
            "{every: 30s, reset-connections: {who: 2 of node}}");

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
        return strike.onEach(machine -> new FaultAction.ResetConnections(machine));
    }
}
