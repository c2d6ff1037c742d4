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

/** Lets packets arrive twice. */
final class Duplicate implements Fault {
    private static final Param<Distribution> SHARE =
            Param.required("share", Types.share(), "How many of the packets sent and received arrive twice.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "duplicate",
                    "Lets packets arrive twice. A datagram is there twice; TCP and QUIC drop the second, which has"
                            + " only taken its time on the way down.",
                    Strike.WHO,
                    SHARE,
                    Strike.FOR),
            "{at: 1m, duplicate: {who: 4 of node, share: 10%, for: 2m}}");

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
        int share = (int) strike.with().number(SHARE);
        return strike.onEach(machine -> new FaultAction.DuplicatePackets(strike.idFor(machine), machine, share));
    }
}
