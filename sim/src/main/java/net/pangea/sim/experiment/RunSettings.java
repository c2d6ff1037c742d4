package net.pangea.sim.experiment;

import java.util.Optional;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.TracePlace;

/**
 * How an executor runs an experiment.
 *
 * @param policy of the ready queue; meaningless where the operating system schedules
 * @param trace the file to which to write the events, as JSON lines
 * @param pcap the file to which to write the packets, as pcapng
 * @param until where to stop, if the executor traces
 * @param breakAt where to call {@code net.pangea.sim.host.Breakpoint}, if the executor traces
 * @param eventsMax after so many events the run is given up, where there is an engine that counts them
 */
public record RunSettings(
        Policy policy,
        Optional<String> trace,
        Optional<String> pcap,
        Optional<TracePlace> until,
        Optional<TracePlace> breakAt,
        long eventsMax) {

    /** A run that may take as many events as it needs. */
    public RunSettings(Policy policy, Optional<String> trace, Optional<String> pcap) {
        this(policy, trace, pcap, Optional.empty(), Optional.empty(), Long.MAX_VALUE);
    }

    /** {@return these settings for a run that stops or breaks somewhere} */
    public RunSettings at(Optional<TracePlace> stops, Optional<TracePlace> breaks) {
        return new RunSettings(policy, trace, pcap, stops, breaks, eventsMax);
    }

    /** {@return these settings for a run that is given up after so many events} */
    public RunSettings withEvents(long most) {
        return new RunSettings(policy, trace, pcap, until, breakAt, most);
    }

    /** {@return the settings of a run that writes nothing} */
    public static RunSettings of(Policy policy) {
        return new RunSettings(policy, Optional.empty(), Optional.empty());
    }
}
