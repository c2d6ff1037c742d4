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
import net.pangea.sim.scenario.Rule;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Bounds bandwidth. */
final class Throttle implements Fault {
    private static final int BITS_PER_BYTE = 8;
    private static final Param<Distribution> UP = Param.optional(
            "up", Types.drawn(Dimension.RATE, Moment.EVENT).from("1kbit/s").to("1000Gbit/s"), "The most that is sent.");
    private static final Param<Distribution> DOWN = Param.optional(
            "down",
            Types.drawn(Dimension.RATE, Moment.EVENT).from("1kbit/s").to("1000Gbit/s"),
            "The most that is received.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                            "throttle",
                            "Takes bandwidth away from machines; what their link has of it stays the upper bound.",
                            Strike.WHO,
                            UP,
                            DOWN,
                            Strike.FOR)
                    .where(Rule.atLeastOne(UP, DOWN)),
            "{at: 1m, throttle: {who: 4 of node, up: 256kbit/s, for: 2m}}");

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
        long up = bytesPerSecond(UP, strike.with());
        long down = bytesPerSecond(DOWN, strike.with());
        return strike.onEach(machine -> new FaultAction.Throttle(strike.idFor(machine), machine, up, down));
    }

    private static long bytesPerSecond(Param<Distribution> rate, Arguments with) {
        return with.isWritten(rate) ? with.number(rate) / BITS_PER_BYTE : 0;
    }
}
