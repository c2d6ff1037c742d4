package net.pangea.sim.cli;

import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param interactive whether {@code out} is a terminal, on which lines can be rewritten
 */
record Terminal(PrintStream out, PrintStream err, boolean interactive) {}
