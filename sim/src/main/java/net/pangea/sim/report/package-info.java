/**
 * What is told about runs: the JSON outcome, the lines on the console, progress.
 *
 * <p>Everything here runs in the harness, outside any simulation: it may read the clock and the disk, and what it does
 * changes no run. Entry types: {@link net.pangea.sim.report.Outcome} and {@link net.pangea.sim.report.Console}.
 */
@NullMarked
package net.pangea.sim.report;

import org.jspecify.annotations.NullMarked;
