package net.pangea.sim.experiment;

import net.pangea.sim.engine.Policy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * How an executor runs an experiment.
 *
 * @param policy of the ready queue; meaningless where the operating system schedules
 * @param trace where to write the events, as JSON lines
 */
public record RunSettings(Policy policy, Optional<Path> trace) {}
