/**
 * Makes of a failing run the smallest scenario that still fails in the same way.
 *
 * <p>The search is a value ({@link net.pangea.sim.shrink.Narrowing}): it names candidates and is told which of them fail. The
 * shell ({@link net.pangea.sim.shrink.Shrinker}) runs them, some at a time, within a budget. Entry type for commands:
 * {@link net.pangea.sim.shrink.Shrinking}. Builds on {@code sim.scenario}, {@code sim.report} and {@code sim.sweep}.
 */
@NullMarked
package net.pangea.sim.shrink;

import org.jspecify.annotations.NullMarked;
