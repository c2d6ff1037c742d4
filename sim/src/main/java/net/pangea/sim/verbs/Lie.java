package net.pangea.sim.verbs;

import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.experiment.Fault;
import net.pangea.sim.experiment.Strike;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Puts liars in the place of nodes. */
final class Lie implements Fault {
    private static final Param<String> HOW = Param.standard(
            "how",
            Types.word("colluding", "silent"),
            "colluding",
            "What liars do: name only each other in the DHT and keep nothing; or that, and also take requests for"
                    + " storage and never answer them.");
    private static final Param<String> NEXT_TO = Param.optional(
            "next-to",
            Types.stored(),
            "What was stored, by its 'as': the liars' ids are ground until they are closer to the first of it than those"
                    + " of all nodes.");

    private static final Verb VERB = Verb.fault(
            Shape.of(
                    "lie",
                    "Puts peers of the DHT that lie in the place of nodes, for good: what these held is lost.",
                    Strike.WHO,
                    HOW,
                    NEXT_TO),
            "{at: 1m, lie: {who: 20% of home}}");

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Harm harm(Arguments with) {
        return Harm.FOR_GOOD;
    }

    @Override
    public List<FaultAction> actions(Strike strike) {
        boolean silent = strike.with().get(HOW).equals("silent");
        Optional<Bytes> near = strike.with().isWritten(NEXT_TO)
                ? strike.placements().apply(strike.with().get(NEXT_TO)).stream().findFirst()
                : Optional.empty();
        return strike.onEach(machine -> new FaultAction.Lie(machine, silent, near));
    }
}
