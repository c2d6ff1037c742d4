package net.pangea.sim.experiment;

import java.util.List;
import java.util.OptionalLong;
import net.pangea.sim.scenario.TimedFault;

/**
 * A fault that fired.
 *
 * @param fault with the machines that it met, without those that were spared
 * @param machines those machines
 * @param spared those that the budget kept from harm
 * @param endedNanos when it ended, if it did
 */
public record FaultReport(TimedFault fault, List<String> machines, List<String> spared, OptionalLong endedNanos) {}
