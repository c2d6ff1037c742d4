package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Holds packets. */
final class Clog implements Fault {
    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "clog",
                    "Holds every packet to and from machines, and lets all of them arrive when it ends: none is lost,"
                            + " but whoever waits may give up before.",
                    Strike.WHO,
                    Strike.FOR),
            "{every: exponential 5m, clog: {who: 1 of home, for: uniform 1s..30s}}");

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
        return strike.onEach(machine -> new FaultAction.Clog(strike.idFor(machine), machine));
    }
}
