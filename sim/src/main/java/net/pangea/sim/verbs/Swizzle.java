package net.pangea.sim.verbs;

import java.util.ArrayList;
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

/**
 * Clogs machines in turn and frees them in reverse turn, after FoundationDB's swizzle-clogging: whoever was cut off first
 * comes back last.
 */
final class Swizzle implements Fault {
    private static final Param<Distribution> FOR = Param.required(
            Strike.FOR.name(),
            Types.drawn(Dimension.DURATION, Moment.EVENT).from("0s"),
            "From the first clog to the last release; half of it is for clogging, half for freeing.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "swizzle",
                    "Clogs machines one after the other, and frees them one after the other in reverse order.",
                    Strike.WHO,
                    FOR),
            "{every: exponential 30m, swizzle: {who: 30% of home, for: uniform 5s..60s}}");

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
        return strike.machines().stream()
                .limit(1)
                .map(machine -> clog(strike, machine))
                .toList();
    }

    /** The first is clogged at once and freed when the fault ends; the others between. */
    @Override
    public List<Later> later(Strike strike) {
        List<String> machines = strike.machines();
        List<Later> later = new ArrayList<>();
        long lasts = strike.with().number(FOR);
        for (int i = 1; i < machines.size(); i++) {
            later.add(new Later(turn(i, machines.size(), lasts), clog(strike, machines.get(i))));
        }
        for (int i = machines.size() - 1; i > 0; i--) {
            FaultAction free = new FaultAction.End(strike.idFor(machines.get(i)));
            later.add(new Later(lasts - turn(i, machines.size(), lasts), free));
        }
        return later;
    }

    private static long turn(int number, int of, long lasts) {
        return lasts / 2 / of * number;
    }

    private static FaultAction clog(Strike strike, String machine) {
        return new FaultAction.Clog(strike.idFor(machine), machine);
    }
}
