package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Starts nodes again. */
final class Restart implements Fault {
    private static final Param<String> DISK = Param.standard(
            "disk", Types.word("kept", "lost"), "kept", "Whether the disk is as it was, or a new and empty one.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "restart",
                    "Starts nodes again, those that run too; a restarted node is at its old address.",
                    Strike.WHO,
                    DISK),
            "{at: 3m, restart: {who: node/3, disk: lost}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return with.get(DISK).equals("lost") ? Harm.FOR_GOOD : Harm.NONE;
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        boolean kept = strike.with().get(DISK).equals("kept");
        return strike.onEach(machine -> new FaultAction.Restart(machine, kept));
    }
}
