package net.pangea.sim.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.sim.cluster.simulated.SimExecutor;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.experiment.Verbs;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Scenario;
import net.pangea.sim.scenario.Settings;
import net.pangea.sim.verbs.PangeaVerbs;

/**
 * What a determinism check repeats: runs seeds of a scenario and prints each one's hash in the form that
 * {@link net.pangea.sim.host.DeterminismCheck} reads. Arguments: file, policy, first seed, last seed, a file for the
 * trace or nothing, settings.
 */
public final class RepeatMain {
    /** Where they begin among the arguments. */
    private static final int SETTINGS = 5;

    private RepeatMain() {}

    /** {@return the arguments for these seeds} */
    static List<String> arguments(Scenario scenario, Policy policy, long from, long to, Optional<Path> trace) {
        List<String> arguments =
                new ArrayList<>(List.of(scenario.file(), policy.word(), Long.toString(from), Long.toString(to)));
        arguments.add(trace.map(Path::toString).orElse(""));
        arguments.addAll(scenario.settings().texts());
        return arguments;
    }

    public static void main(String[] arguments) {
        Verbs verbs = PangeaVerbs.ALL;
        Scenario scenario = new Language(verbs.vocabulary())
                .readFile(arguments[0], Settings.of(List.of(arguments).subList(SETTINGS, arguments.length)));
        Optional<String> trace = Optional.of(arguments[SETTINGS - 1]).filter(path -> !path.isEmpty());
        RunSettings settings = new RunSettings(Flags.policy(arguments[1]), trace, Optional.empty());
        for (long seed = Long.parseLong(arguments[2]); seed <= Long.parseLong(arguments[3]); seed++) {
            Resolved resolved = scenario.resolve(seed);
            Experiment experiment = new Experiment(resolved, verbs, Inputs.read(resolved));
            Execution execution = new SimExecutor().run(experiment, settings, (_, _) -> {});
            System.out.println("run " + seed + " "
                    + execution.invalid().map(why -> "invalid " + why).orElse("trace " + execution.traceHash()));
        }
    }
}
