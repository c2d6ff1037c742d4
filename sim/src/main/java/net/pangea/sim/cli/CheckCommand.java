package net.pangea.sim.cli;

import java.util.List;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.Verbs;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Scenario;
import net.pangea.sim.scenario.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code pangea check FILE...}: reads scenarios and says what is wrong with each; runs nothing. */
final class CheckCommand implements Command {
    /** Of the file's own seeds, each of which may draw what does not fit together. */
    private static final int SEEDS_MAX = 1_000;

    private final Verbs verbs;

    CheckCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("check");
        spec.usageMessage()
                .description(
                        "Reads scenarios, or all of a folder, and draws what each of their own seeds decides. Exit code"
                                + " 0: every one can be run; 2: what cannot is told, one line for each file.")
                .customSynopsis("pangea check FILE... [--set NAME=VALUE]...");
        spec.addOption(Flags.settings());
        return spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .index("0..*")
                .arity("1..*")
                .required(true)
                .type(String[].class)
                .auxiliaryTypes(String.class)
                .description("A scenario, or a folder with some.")
                .build());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        Settings settings = Flags.settings(arguments);
        int exitCode = 0;
        for (String named : arguments.matchedPositionalValue(0, new String[0])) {
            try {
                for (String file : ScenarioFiles.of(named)) {
                    exitCode = Math.max(exitCode, tell(file, settings, terminal));
                }
            } catch (BadInput e) {
                terminal.err().println(e.getMessage());
                exitCode = CommandLineParser.BAD_INPUT;
            }
        }
        return exitCode;
    }

    private int tell(String file, Settings settings, Terminal terminal) {
        try {
            terminal.out().println(file + ": " + check(file, settings));
            return 0;
        } catch (BadInput e) {
            terminal.err().println(e.getMessage());
            return CommandLineParser.BAD_INPUT;
        }
    }

    private String check(String file, Settings settings) {
        Scenario scenario = new Language(verbs.vocabulary()).readFile(file, settings);
        List<Long> seeds = scenario.seeds().limit(SEEDS_MAX).boxed().toList();
        Resolved first = scenario.resolve(seeds.getFirst());
        Inputs _ = Inputs.read(first);
        for (long seed : seeds) {
            verbs.requireWithinBudget(scenario.resolve(seed));
        }
        return "can be run: " + counted(first.machines().size(), "machine") + " for "
                + Dimension.DURATION.format(first.forNanos()) + ", "
                + counted(first.plannedFaults(), "fault") + " planned, "
                + counted(scenario.seeds().count(), "seed")
                + (scenario.seeds().count() > SEEDS_MAX ? ", of which the first " + SEEDS_MAX + " were drawn" : "");
    }

    private static String counted(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
