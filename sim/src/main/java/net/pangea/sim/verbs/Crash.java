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

/** Stops nodes at once. */
final class Crash implements Fault {
    static final Param<Boolean> POWER = Param.standard(
            "power",
            Types.flag(),
            "false",
            "Whether the power goes: what was not synced is lost or torn, and nobody is told. Else the process dies and"
                    + " its connections are reset.");

    static final Verb VERB = Verb.fault(
            Shape.of(
                    "crash",
                    "Stops nodes at once; with 'for', they start again after that, with their disks.",
                    Strike.WHO,
                    POWER,
                    Strike.FOR),
            "{at: 2m, crash: {who: 4 of holders-of docs, power: true}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return Harm.WHILE_IT_LASTS;
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        boolean power = strike.with().get(POWER);
        return strike.onEach(machine -> new FaultAction.Crash(machine, power));
    }
}
