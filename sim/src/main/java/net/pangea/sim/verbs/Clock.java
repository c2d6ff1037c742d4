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

/** Moves clocks. */
final class Clock implements Fault {
    private static final Param<Distribution> JUMP = Param.optional(
            "jump",
            Types.drawn(Dimension.DURATION, Moment.EVENT).from("-365d").to("365d"),
            "How far the wall clock moves at once, back if negative.");
    private static final Param<Distribution> DRIFT = Param.optional(
            "drift",
            Types.drawn(Dimension.DRIFT, Moment.EVENT).from("-100000ppm").to("100000ppm"),
            "How much both clocks run fast from now on, or slow if negative.");

    private static final Verb VERB = Verb.fault(
            Shape.of("clock", "Moves the clocks of machines, or changes how fast they run.", Strike.WHO, JUMP, DRIFT)
                    .where(Rule.exactlyOne(JUMP, DRIFT)),
            "{at: 1m, clock: {who: 3 of node, jump: -10s}}");

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
        Arguments with = strike.with();
        return strike.onEach(machine -> with.isWritten(JUMP)
                ? new FaultAction.JumpClock(machine, with.number(JUMP))
                : new FaultAction.DriftClock(machine, (int) with.number(DRIFT)));
    }
}
