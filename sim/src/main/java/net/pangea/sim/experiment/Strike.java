package net.pangea.sim.experiment;

import java.util.List;
import java.util.function.Function;
import net.pangea.bytes.Bytes;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Moment;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Target;
import net.pangea.sim.scenario.Types;

/**
 * A fault at the moment it fires.
 *
 * @param id the fault's name, unique in the run
 * @param with its keys, with the machines found
 * @param everyone every machine of the cluster, the client last
 * @param placements gives the DHT keys near which is held what was stored under a name
 */
public record Strike(String id, Arguments with, List<String> everyone, Function<String, List<Bytes>> placements) {
    /** The machines that most faults are about. */
    public static final Param<Target> WHO =
            Param.required("who", Types.target(), "The machines, found when the fault fires.");

    /** How long most faults last. */
    public static final Param<Distribution> FOR = Param.optional(
            "for",
            Types.drawn(Dimension.DURATION, Moment.EVENT).from("0s"),
            "How long it lasts; without it, until faults heal or the run ends.");

    public Strike {
        everyone = List.copyOf(everyone);
    }

    /** {@return the machines under {@link #WHO}, none if it is not written} */
    public List<String> machines() {
        return with.isWritten(WHO) ? with.get(WHO).machines() : List.of();
    }

    /** {@return an action for each of the {@link #machines}, in order} */
    public List<FaultAction> onEach(Function<String, FaultAction> action) {
        return machines().stream().map(action).toList();
    }

    /** {@return the name of a lasting action on {@code machine}} */
    public String idFor(String machine) {
        return id + " " + machine;
    }
}
