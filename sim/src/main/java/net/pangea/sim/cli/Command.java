package net.pangea.sim.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One word after {@code pangea}. */
interface Command {

    /** {@return its name, its flags and their help} */
    CommandSpec spec();

    /**
     * Does it.
     *
     * @return the exit code: 0 pass, 1 a check failed, 3 an invalid run
     * @throws net.pangea.sim.scenario.BadInput for exit code 2
     */
    int run(ParseResult arguments, Terminal terminal);
}
