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

/** Damages packets. */
final class CorruptPackets implements Fault {
    private static final Param<Distribution> SHARE =
            Param.required("share", Types.share(), "How many of the packets sent and received are damaged.");
    private static final Param<Distribution> UNNOTICED = Param.standard(
            "unnoticed",
            Types.share(),
            "0%",
            "How many of those arrive with a bit turned, because a device on the way has written their checksums anew."
                    + " QUIC and secured connections notice all the same; a client's connection does not.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "corrupt-packets",
                    "Damages packets that machines send and receive. Checksums notice: a damaged datagram is gone, a"
                            + " stream sends again.",
                    Strike.WHO,
                    SHARE,
                    UNNOTICED,
                    Strike.FOR),
            "{at: 1m, corrupt-packets: {who: 2 of node, share: 5%, for: 2m}}");

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
        int unnoticed = (int) strike.with().number(UNNOTICED);
        return strike.onEach(
                machine -> new FaultAction.CorruptPackets(strike.idFor(machine), machine, share, unnoticed));
    }
}
