package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Rule;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Sides;
import net.pangea.sim.scenario.Target;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Separates two sides. */
final class Partition implements Fault {
    private static final Param<Target> WHO =
            Param.optional(Strike.WHO.name(), Types.target(), "One side; the other is everyone else and the client.");
    private static final Param<Sides> CUT =
            Param.optional("cut", Types.sides(), "Both sides; machines on neither reach both.");
    private static final Param<Boolean> ONE_WAY =
            Param.standard("one-way", Types.flag(), "false", "Whether only what the first side sends is lost.");

    private static final Verb VERB = Verb.fault(
            Shape.of("partition", "Separates two sides: packets between them vanish.", WHO, CUT, ONE_WAY, Strike.FOR)
                    .where(Rule.exactlyOne(CUT, WHO)),
            "{at: 1m, partition: {cut: [4 of node, all], for: 2m}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return Harm.WHILE_IT_LASTS;
    }

    /** The smaller side, since the other can go on without it. */
    @Override
    public List<String> harmed(Strike strike) {
        if (strike.with().isWritten(WHO)) {
            return strike.machines();
        }
        List<String> one = sideOne(strike);
        List<String> other = sideOther(strike);
        return one.size() <= other.size() ? one : other;
    }

    private static List<String> sideOne(Strike strike) {
        return strike.with().isWritten(CUT) ? strike.with().get(CUT).one().machines() : strike.machines();
    }

    private static List<String> sideOther(Strike strike) {
        if (strike.with().isWritten(CUT)) {
            return strike.with().get(CUT).other().machines();
        }
        List<String> one = strike.machines();
        return strike.everyone().stream()
                .filter(machine -> !one.contains(machine))
                .toList();
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        List<String> one = sideOne(strike);
        List<String> other = sideOther(strike);
        if (one.isEmpty() || other.isEmpty()) {
            return List.of();
        }
        return List.of(
                new FaultAction.Cut(strike.id(), one, other, strike.with().get(ONE_WAY)));
    }
}
