package net.pangea.sim.cli;

import java.io.Console;
import java.util.List;
import java.util.Optional;
import net.pangea.sim.cluster.local.LocalExecutor;
import net.pangea.sim.cluster.simulated.SimExecutor;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.verbs.PangeaVerbs;

/** The command {@code pangea}: wires the executors and the verbs together and hands over to a command. */
public final class Main {
    /** What can stand after {@code --on}; the first is the default. */
    private static final List<Executor> EXECUTORS = List.of(new SimExecutor(), new LocalExecutor());

    private Main() {}

    public static void main(String[] arguments) {
        boolean interactive =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        Terminal terminal = new Terminal(System.out, System.err, interactive);
        CommandLineParser parser = new CommandLineParser(List.of(
                new RunCommand(PangeaVerbs.ALL, EXECUTORS),
                new CheckCommand(PangeaVerbs.ALL),
                new ReplayCommand(PangeaVerbs.ALL, EXECUTORS),
                new ShrinkCommand(PangeaVerbs.ALL, EXECUTORS.getFirst()),
                new CheckDeterminismCommand(PangeaVerbs.ALL)));
        System.exit(parser.run(List.of(arguments), terminal));
    }
}
