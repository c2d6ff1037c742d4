package net.pangea.sim.cli;

import java.util.ArrayList;
import java.util.List;
import net.pangea.sim.engine.UnfitJvm;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Finds the command that the arguments name and parses its flags; every mistake is one line. */
final class CommandLineParser {
    static final int BAD_INPUT = 2;

    private final List<Command> commands;

    CommandLineParser(List<Command> commands) {
        this.commands = List.copyOf(commands);
    }

    /** {@return the exit code} */
    int run(List<String> arguments, Terminal terminal) {
        try {
            if (arguments.isEmpty()) {
                throw new BadInput("what to do? write pangea " + String.join(" or ", names()) + ", or --help");
            }
            if (List.of("--help", "-h", "help").contains(arguments.getFirst())) {
                commands.forEach(command -> usage(command, terminal));
                return 0;
            }
            Command command = command(arguments.getFirst());
            List<String> rest = arguments.subList(1, arguments.size());
            if (rest.contains("--help") || rest.contains("-h")) {
                usage(command, terminal);
                return 0;
            }
            return command.run(parse(command, rest), terminal);
        } catch (BadInput | UnfitJvm e) {
            terminal.err().println(e.getMessage());
            return BAD_INPUT;
        }
    }

    private List<String> names() {
        return commands.stream().map(command -> command.spec().name()).toList();
    }

    private Command command(String word) {
        return commands.stream()
                .filter(command -> command.spec().name().equals(word))
                .findFirst()
                .orElseThrow(() -> new BadInput("'" + word + "' is not a command" + Nearest.hint(word, names())));
    }

    private static void usage(Command command, Terminal terminal) {
        new CommandLine(command.spec()).usage(terminal.out(), CommandLine.Help.Ansi.OFF);
    }

    private static ParseResult parse(Command command, List<String> arguments) {
        CommandSpec spec = command.spec();
        try {
            return new CommandLine(spec).parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.UnmatchedArgumentException e) {
            String word = e.getUnmatched().getFirst();
            List<String> flags = new ArrayList<>(spec.optionsMap().keySet());
            throw new BadInput(
                    word.startsWith("-")
                            ? "pangea " + spec.name() + " has no flag '" + word + "'" + Nearest.hint(flag(word), flags)
                            : "pangea " + spec.name() + " takes one file, and '" + word + "' is one too many");
        } catch (CommandLine.ParameterException e) {
            throw new BadInput("pangea " + spec.name() + ": "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong arguments")
                    + "; see pangea " + spec.name() + " --help");
        }
    }

    private static String flag(String word) {
        int equals = word.indexOf('=');
        return equals < 0 ? word : word.substring(0, equals);
    }
}
