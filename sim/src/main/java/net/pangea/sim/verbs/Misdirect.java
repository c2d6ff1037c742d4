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

/** Lets disks write to the wrong place. */
final class Misdirect implements Fault {
    private static final Param<Distribution> SHARE =
            Param.standard("share", Types.share(), "0.1%", "How many writes go somewhere else in the same file.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "misdirect",
                    "Lets disks write to another place than they were told, and say nothing.",
                    Strike.WHO,
                    SHARE,
                    Strike.FOR),
            "{at: 1m, misdirect: {who: node/5, share: 0.1%, for: 5m}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return Harm.UNTIL_SCRUBBED;
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        int share = (int) strike.with().number(SHARE);
        return strike.onEach(machine -> new FaultAction.MisdirectedWrites(strike.idFor(machine), machine, share));
    }
}
