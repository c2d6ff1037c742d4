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
import net.pangea.sim.scenario.Mark;
import net.pangea.sim.scenario.Moment;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Target;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Unfolding;
import net.pangea.sim.scenario.Verb;

/**
 * Lets machines come and go, each on its own. It stands for a {@code crash} for each departure and a {@code destroy} for
 * each that is for ever.
 */
final class Churn implements Fault {
    private static final Param<Distribution> STAYS = Param.required(
            "stays",
            Types.drawn(Dimension.DURATION, Moment.USE).from("1ms"),
            "How long a machine is there before it goes, drawn for each stay; as measured, weibull 0.59 41m.");
    private static final Param<Distribution> AWAY = Param.required(
            "away",
            Types.drawn(Dimension.DURATION, Moment.USE).from("1ms"),
            "How long it is gone before it comes back with its disk, drawn for each absence.");
    private static final Param<Distribution> FOR_EVER = Param.standard(
            "for-ever",
            Types.fixed(Dimension.SHARE).from("0%").to("100%"),
            "0%",
            "How many of the departures are for ever.");
    private static final int ALL_PER_MILLION = 1_000_000;

    private static final Verb VERB = Verb.lasting(
            Shape.of(
                    "churn",
                    "Lets machines come and go like people do, some for ever. Each departure is a crash of its own.",
                    Strike.WHO,
                    STAYS,
                    AWAY,
                    FOR_EVER,
                    Crash.POWER),
            "{churn: {who: home, stays: weibull 0.59 41m, away: exponential 20m, for-ever: 3%}}",
            Churn::unfold);

    private static List<Unfolding.Part> unfold(Arguments with, Draws draws, long fromNanos, long untilNanos) {
        List<Unfolding.Part> parts = new ArrayList<>();
        for (String machine : with.get(Strike.WHO).machines()) {
            RandomStream random = draws.in("machine").in(machine).stream();
            String name = machine.replace('/', '-') + ".";
            long at = fromNanos;
            for (int n = 0; parts.size() <= Unfolding.PARTS_MAX; n++) {
                at = Unfolding.later(at, with.get(STAYS).draw(random));
                if (at >= untilNanos) {
                    break;
                }
                if (random.nextLong(ALL_PER_MILLION) < with.number(FOR_EVER)) {
                    Arguments destroy = Arguments.none(Destroy.VERB.shape(), with.mark())
                            .with(Strike.WHO, Target.of(List.of(machine)));
                    parts.add(new Unfolding.Part(name + n, at, Destroy.VERB, destroy));
                    break;
                }
                long away = with.get(AWAY).draw(random);
                parts.add(new Unfolding.Part(name + n, at, Crash.VERB, crash(machine, away, with, with.mark())));
                at = Unfolding.later(at, away);
            }
        }
        return parts;
    }

    private static Arguments crash(String machine, long away, Arguments with, Mark mark) {
        return Arguments.none(Crash.VERB.shape(), mark)
                .with(Strike.WHO, Target.of(List.of(machine)))
                .with(Crash.POWER, with.get(Crash.POWER))
                .with(Strike.FOR, Distribution.always(away));
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
        throw new IllegalStateException("churn is unfolded before the run");
    }
}
