package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Loses packets. */
final class Lossy implements Fault {
    private static final Param<Distribution> LOSS =
            Param.required("loss", Types.share(), "Packets lost among those sent and received.");

    private static final Verb VERB = Verb.fault(
            Shape.of("lossy", "Loses packets that machines send and receive.", Strike.WHO, LOSS, Strike.FOR),
            "{at: 1m, lossy: {who: 4 of node, loss: 20%, for: 2m}}");

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
        int loss = (int) strike.with().number(LOSS);
        return strike.onEach(machine -> new FaultAction.LossyLink(strike.idFor(machine), machine, loss));
    }
}
