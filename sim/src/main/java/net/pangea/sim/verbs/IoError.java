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

/** Lets disks fail. */
final class IoError implements Fault {
    private static final Param<Distribution> SHARE =
            Param.standard("share", Types.share(), "1%", "How many reads, writes and syncs fail.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "io-error",
                    "Lets disks answer with errors; what a failed sync was to make durable is unknown.",
                    Strike.WHO,
                    SHARE,
                    Strike.FOR),
            "{at: 1m, io-error: {who: node/5, share: 1%, for: 5m}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return Harm.FOR_GOOD;
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        int share = (int) strike.with().number(SHARE);
        return strike.onEach(machine -> new FaultAction.DiskErrors(strike.idFor(machine), machine, share));
    }
}
