package net.pangea.sim.experiment;

import java.util.List;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Verb;

/**
 * Something that goes wrong. What ends it follows from the actions: lasting ones end, paused machines resume, crashed
 * ones restart with their disks.
 */
public interface Fault {

    /** What a fault does to the shards of the machines that it is counted against. */
    enum Harm {
        /** Nothing that takes shards away. */
        NONE,
        /** They are out of reach while it lasts. */
        WHILE_IT_LASTS,
        /** Some of them are wrong, until the machine has read through all it holds. */
        UNTIL_SCRUBBED,
        /** They may be lost or wrong for good. */
        FOR_GOOD
    }

    /** {@return its description} */
    Verb verb();

    /** {@return what it does to shards} */
    Harm harm(Arguments with);

    /** {@return the machines that the harm is counted against, of those met} */
    default List<String> harmed(Strike strike) {
        return strike.machines();
    }

    /**
     * {@return over how long its actions are spread, in nanoseconds} Each then has a time of its own in it, drawn under its
     * name; 0 if all are done at once.
     */
    default long spreadNanos(Arguments with) {
        return 0;
    }

    /** {@return what is done to the cluster when it strikes} */
    List<FaultAction> actions(Strike strike);

    /**
     * Something that is done later.
     *
     * @param afterNanos counted from the strike
     */
    record Later(long afterNanos, FaultAction action) {}

    /** {@return what is done to the cluster afterwards, in order of time, for as long as the fault lasts} */
    default List<Later> later(Strike strike) {
        return List.of();
    }
}
