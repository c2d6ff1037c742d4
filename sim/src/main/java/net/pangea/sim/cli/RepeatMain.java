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
import net.pangea.sim.verbs.PangeaVerbs;

/**
 * What a determinism check repeats: runs seeds of a scenario and prints each one's hash in the form that
 * {@link net.pangea.sim.host.DeterminismCheck} reads. Arguments: file, policy, first seed, last seed, and optionally a
 * file for the trace.
 */
public final class RepeatMain {
    private RepeatMain() {}

    /** {@return the arguments for these seeds} */
    static List<String> arguments(String file, Policy policy, long from, long to, Optional<Path> trace) {
        List<String> arguments = new ArrayList<>(List.of(file, policy.word(), Long.toString(from), Long.toString(to)));
        trace.ifPresent(path -> arguments.add(path.toString()));
        return arguments;
    }

    public static void main(String[] arguments) {
        Verbs verbs = PangeaVerbs.ALL;
        Scenario scenario = new Language(verbs.vocabulary()).readFile(arguments[0]);
        Optional<String> trace = arguments.length > 4 ? Optional.of(arguments[4]) : Optional.empty();
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
