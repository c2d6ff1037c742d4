package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Lets nodes stop in order. */
final class Leave implements Fault {
    static final Verb VERB = Verb.fault(
            Shape.of(
                    "leave",
                    "Lets nodes stop as their users would: each ends its work in order and closes its connections."
                            + " With 'for' they start again after that, with their disks. Who leaves without a word has"
                            + " crashed, with 'power: true', or is destroyed.",
                    Strike.WHO,
                    Strike.FOR),
            "{at: 2m, leave: {who: 4 of node, for: 1m}}");

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
        return strike.onEach(FaultAction.Leave::new);
    }
}
