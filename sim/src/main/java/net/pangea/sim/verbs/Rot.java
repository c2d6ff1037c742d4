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

/** Turns bits on disks. */
final class Rot implements Fault {
    private static final Param<Distribution> SECTORS = Param.standard(
            "sectors",
            Types.drawn(Dimension.COUNT, Moment.EVENT).from("1").to("1000000"),
            "1",
            "How many sectors of each machine, drawn among all that it has synced.");

    private static final Verb VERB = Verb.fault(
            Shape.of("rot", "Turns bits in what machines have stored.", Strike.WHO, SECTORS),
            "{every: exponential 10m, rot: {who: 1 of home, sectors: 1}}");

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
        int sectors = (int) strike.with().number(SECTORS);
        return strike.onEach(machine -> new FaultAction.Rot(machine, sectors));
    }
}
