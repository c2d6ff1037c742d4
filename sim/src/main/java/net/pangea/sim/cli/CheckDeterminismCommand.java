package net.pangea.sim.cli;

import java.util.List;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.Verbs;
import net.pangea.sim.host.DeterminismCheck;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Scenario;
import net.pangea.sim.scenario.Settings;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code pangea check-determinism FILE}: repeats runs in a hostile JVM and compares them. */
final class CheckDeterminismCommand implements Command {
    private final Verbs verbs;

    CheckDeterminismCommand(Verbs verbs) {
        this.verbs = verbs;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("check-determinism");
        spec.usageMessage()
                .description("Runs a scenario in an ordinary JVM and in one with other hash codes, other Set.of order,"
                        + " another collector, time zone, locale and processor count, and compares every event. Exit"
                        + " code 0: equal; 3: the first difference is shown; 2: bad input.")
                .customSynopsis("pangea check-determinism FILE [--seed N | --seeds A..B] [--policy P]"
                        + " [--set NAME=VALUE]...");
        return spec.addPositional(Flags.scenarioFile())
                .addOption(Flags.flag("--seed", "N", "Checks this seed; else the first of the file's 'seeds'."))
                .addOption(Flags.flag("--seeds", "A..B", "Checks each seed from A to B, all in one pair of JVMs."))
                .addOption(Flags.flag("--policy", "P", "Which ready task runs first: fifo (default), random or pct."))
                .addOption(Flags.settings());
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        String file = arguments.matchedPositionalValue(0, "");
        Policy policy = Flags.policy(Flags.value(arguments, "--policy").orElse(Policy.FIFO.word()));
        Settings settings = Flags.settings(arguments);
        Scenario scenario = new Language(verbs.vocabulary()).readFile(file, settings);
        List<Long> seeds = Flags.seeds(Flags.value(arguments, "--seed"), Flags.value(arguments, "--seeds"), scenario);
        // What the repeating JVMs would stumble over is said here, before they start.
        seeds.forEach(seed -> verbs.requireWithinBudget(scenario.resolve(seed)));
        Inputs _ = Inputs.read(scenario.resolve(seeds.getFirst()));
        DeterminismCheck check = new DeterminismCheck(
                RepeatMain.class.getName(),
                (from, to, trace) -> RepeatMain.arguments(scenario, policy, from, to, trace));
        return switch (check.check(seeds.getFirst(), seeds.getLast())) {
            case DeterminismCheck.Result.Equal(long runs) -> {
                terminal.out()
                        .println("EQUAL " + runs + (runs == 1 ? " run" : " runs") + " of " + file
                                + " in an ordinary and in a hostile JVM");
                yield 0;
            }
            case DeterminismCheck.Result.Different(long seed, String plain, String hostile) -> {
                terminal.out().println("DIFFERENT seed " + seed + ": the first event that differs");
                terminal.out().println("  ordinary: " + plain);
                terminal.out().println("  hostile:  " + hostile);
                yield 3;
            }
            case DeterminismCheck.Result.Invalid(String reason) -> {
                terminal.out().println("INVALID " + reason);
                yield 3;
            }
        };
    }
}
