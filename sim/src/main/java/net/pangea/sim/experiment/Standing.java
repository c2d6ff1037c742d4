package net.pangea.sim.experiment;

import java.util.List;

/**
 * Where a run stands that was stopped at a place of its trace.
 *
 * @param index of the record at which it was stopped
 * @param nanos of virtual time since the run began
 * @param scenarioNanos the same since all nodes had started, from where a scenario counts; negative before
 * @param up machines whose node runs
 * @param down machines whose node does not
 * @param hash of the trace up to there, that record counted
 * @param lines the last records, the latest last, as lines of a trace
 */
public record Standing(
        long index,
        long nanos,
        long scenarioNanos,
        List<String> up,
        List<String> down,
        String hash,
        List<String> lines) {}
