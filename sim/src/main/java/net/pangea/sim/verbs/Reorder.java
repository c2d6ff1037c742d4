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

/** Lets packets overtake each other. */
final class Reorder implements Fault {
    private static final Param<Distribution> SHARE =
            Param.required("share", Types.share(), "How many of the packets sent and received are held back.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "reorder",
                    "Holds packets back for up to four more latencies, so that others overtake them. A datagram is"
                            + " late; a stream waits, as TCP puts in order what comes; of a QUIC connection one stream"
                            + " waits.",
                    Strike.WHO,
                    SHARE,
                    Strike.FOR),
            "{at: 1m, reorder: {who: 4 of node, share: 20%, for: 2m}}");

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
        return strike.onEach(machine -> new FaultAction.ReorderPackets(strike.idFor(machine), machine, share));
    }
}
