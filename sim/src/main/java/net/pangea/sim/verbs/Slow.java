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

/** Delays packets. */
final class Slow implements Fault {
    private static final Param<Distribution> LATENCY = Param.required(
            "latency",
            Types.drawn(Dimension.DURATION, Moment.USE).from("0s").to("1h"),
            "What is added to each packet, sent or received.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "slow",
                    "Adds a delay to every packet that machines send and receive.",
                    Strike.WHO,
                    LATENCY,
                    Strike.FOR),
            "{at: 1m, slow: {who: 4 of node, latency: uniform 100ms..500ms, for: 2m}}");

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
        Distribution latency = strike.with().get(LATENCY);
        return strike.onEach(machine -> new FaultAction.SlowLink(strike.idFor(machine), machine, latency));
    }
}
