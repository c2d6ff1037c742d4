/**
 * The command line of the simulator: {@code pangea run} and what stands beside it, one class a command.
 *
 * <p>Runs in the harness, outside any simulation. Every mistake of the user is one line that says what to write instead,
 * and exit code 2. Entry type: {@link net.pangea.sim.cli.Main}.
 */
@NullMarked
package net.pangea.sim.cli;

import org.jspecify.annotations.NullMarked;
