package net.pangea.sim.verbs;

import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.RandomStream;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Draws;
import net.pangea.sim.scenario.Moment;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Target;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Unfolding;
import net.pangea.sim.scenario.Verb;

/** Restarts machines in turn. It stands for a {@code leave} of each. */
final class Upgrade implements Fault {
    private static final Param<Distribution> AWAY = Param.required(
            "away",
            Types.drawn(Dimension.DURATION, Moment.USE).from("1ms"),
            "How long a machine is gone before it comes back with its disk, drawn for each.");
    private static final Param<Distribution> BETWEEN = Param.required(
            "between",
            Types.drawn(Dimension.DURATION, Moment.USE).from("0s"),
            "What passes between the return of a machine and the departure of the next, drawn for each.");

    private static final Verb VERB = Verb.lasting(
            Shape.of(
                    "upgrade",
                    "Restarts machines one after the other, as a rolling upgrade does: each leaves in order, is away"
                            + " for a while and comes back. What runs then is the same code: a run knows one version. Each"
                            + " departure is a leave of its own.",
                    Strike.WHO,
                    AWAY,
                    BETWEEN),
            "{upgrade: {who: node, away: uniform 2s..5s, between: 10s}, from: 2m}",
            Upgrade::unfold);

    private static List<Unfolding.Part> unfold(Arguments with, Draws draws, long fromNanos, long untilNanos) {
        List<Unfolding.Part> parts = new ArrayList<>();
        long at = fromNanos;
        for (String machine : with.get(Strike.WHO).machines()) {
            if (at >= untilNanos) {
                break;
            }
            RandomStream random = draws.in("machine").in(machine).stream();
            long away = with.get(AWAY).draw(random);
            Arguments leave = Arguments.none(Leave.VERB.shape(), with.mark())
                    .with(Strike.WHO, Target.of(List.of(machine)))
                    .with(Strike.FOR, Distribution.always(away));
            parts.add(new Unfolding.Part(machine.replace('/', '-'), at, Leave.VERB, leave));
            at = Unfolding.later(Unfolding.later(at, away), with.get(BETWEEN).draw(random));
        }
        return parts;
    }

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return Harm.NONE; // the parts do the harm
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        throw new IllegalStateException("an upgrade is unfolded before the run");
    }
}
