package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Moment;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Delays tasks. */
final class SlowCpu implements Fault {
    private static final Param<Distribution> DELAY = Param.required(
            "delay",
            Types.drawn(Dimension.DURATION, Moment.USE).from("0s").to("1h"),
            "What passes before each resumption of a task.");

    private static final Verb VERB = Verb.fault(
            Shape.of("slow-cpu", "Lets the tasks of nodes wait for a processor.", Strike.WHO, DELAY, Strike.FOR),
            "{at: 1m, slow-cpu: {who: 2 of node, delay: exponential 5ms, for: 5m}}");

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
        Distribution delay = strike.with().get(DELAY);
        return strike.onEach(machine -> new FaultAction.SlowCpu(strike.idFor(machine), machine, delay));
    }
}
