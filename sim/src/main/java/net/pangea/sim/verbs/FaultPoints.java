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

/** Lets code take rare paths. */
final class FaultPoints implements Fault {
    private static final Param<Distribution> ARMED = Param.standard(
            "armed",
            Types.share(),
            "25%",
            "How many of the points can fire at all, the same ones on every machine; which, the seed says.");
    private static final Param<Distribution> FIRE =
            Param.standard("fire", Types.share(), "1%", "How often one of those fires when the code comes by.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "fault-points",
                    "Lets nodes take rare but legal paths in their own code: a late answer, a needless retry.",
                    Strike.WHO,
                    ARMED,
                    FIRE,
                    Strike.FOR),
            "{at: 0s, fault-points: {who: all, armed: 25%, fire: 1%}}");

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
        int armed = (int) strike.with().number(ARMED);
        int fires = (int) strike.with().number(FIRE);
        return strike.onEach(machine -> new FaultAction.ArmFaultPoints(strike.idFor(machine), machine, armed, fires));
    }
}
