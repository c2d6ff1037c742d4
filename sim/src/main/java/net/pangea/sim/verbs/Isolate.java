package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Cuts machines off. */
final class Isolate implements Fault {
    private static final Verb VERB = Verb.fault(
            Shape.of("isolate", "Cuts each machine off from every other, the client too.", Strike.WHO, Strike.FOR),
            "{at: 1m, isolate: {who: 2 of node, for: 3m}}");

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
        return strike.onEach(machine -> new FaultAction.Cut(
                strike.idFor(machine),
                List.of(machine),
                strike.everyone().stream()
                        .filter(other -> !other.equals(machine))
                        .toList(),
                false));
    }
}
