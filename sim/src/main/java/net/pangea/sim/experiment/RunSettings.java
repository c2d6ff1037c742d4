package net.pangea.sim.experiment;

import java.util.Optional;
import net.pangea.sim.engine.Policy;

/**
 * How an executor runs an experiment.
 *
 * @param policy of the ready queue; meaningless where the operating system schedules
 * @param trace the file to which to write the events, as JSON lines
 * @param pcap the file to which to write the packets, as pcapng
 */
public record RunSettings(Policy policy, Optional<String> trace, Optional<String> pcap) {

    /** {@return the settings of a run that writes nothing} */
    public static RunSettings of(Policy policy) {
        return new RunSettings(policy, Optional.empty(), Optional.empty());
    }
}
