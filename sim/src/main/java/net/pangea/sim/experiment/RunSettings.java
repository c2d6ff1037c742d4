package net.pangea.sim.experiment;

import java.util.Optional;
import net.pangea.sim.engine.Policy;

/**
 * How an executor runs an experiment.
 *
 * @param policy of the ready queue; meaningless where the operating system schedules
 * @param trace the file to which to write the events, as JSON lines
 */
public record RunSettings(Policy policy, Optional<String> trace) {}
