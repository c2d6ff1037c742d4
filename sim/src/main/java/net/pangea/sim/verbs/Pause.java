package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Stops nodes where they are. */
final class Pause implements Fault {
    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "pause",
                    "Stops the threads of nodes where they are; they know nothing of it when they go on.",
                    Strike.WHO,
                    Strike.FOR),
            "{every: exponential 5m, pause: {who: 1 of home, for: uniform 1s..30s}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return Harm.WHILE_IT_LASTS;
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        return strike.onEach(machine -> new FaultAction.Pause(machine));
    }
}
