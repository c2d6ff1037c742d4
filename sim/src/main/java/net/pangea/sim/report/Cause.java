package net.pangea.sim.report;

import java.util.List;

/**
 * Runs of a sweep that did not pass for what seems to be the same reason.
 *
 * @param what the check that failed and what it said, or why the runs were invalid; numbers, which differ from run to run, are
 *     written as {@code #}
 * @param runs at least one, the lowest seed first
 */
public record Cause(String what, List<Outcome> runs) {}
