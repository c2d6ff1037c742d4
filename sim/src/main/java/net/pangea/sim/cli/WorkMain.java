package net.pangea.sim.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
import net.pangea.sim.report.CodeHash;
import net.pangea.sim.report.Fingerprint;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.OutcomeJson;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Scenario;
import net.pangea.sim.scenario.Settings;
import net.pangea.sim.verbs.PangeaVerbs;

/**
 * What a worker of a sweep runs: for each seed on a line of the input it writes the outcome as JSON on a line of the output.
 * Arguments: file, policy, settings.
 */
public final class WorkMain {
    private WorkMain() {}

    /** {@return the arguments for a scenario} */
    static List<String> arguments(Scenario scenario, Policy policy) {
        List<String> arguments = new ArrayList<>(List.of(scenario.file(), policy.word()));
        arguments.addAll(scenario.settings().texts());
        return arguments;
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err); // what a run prints is no answer
        Verbs verbs = PangeaVerbs.ALL;
        Scenario scenario = new Language(verbs.vocabulary())
                .readFile(arguments[0], Settings.of(List.of(arguments).subList(2, arguments.length)));
        Policy policy = Flags.policy(arguments[1]);
        CodeHash code = CodeHash.ofThisCode();
        BufferedReader seeds = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = seeds.readLine(); line != null; line = seeds.readLine()) {
            Resolved resolved = scenario.resolve(Long.parseLong(line));
            Inputs inputs = Inputs.read(resolved);
            SimExecutor executor = new SimExecutor();
            Execution execution =
                    executor.run(new Experiment(resolved, verbs, inputs), RunSettings.of(policy), (_, _) -> {});
            Outcome outcome = Outcome.of(
                    resolved, executor.name(), Optional.of(policy), Fingerprint.of(resolved, inputs, code), execution);
            answers.write((OutcomeJson.writeLine(outcome) + "\n").getBytes(StandardCharsets.UTF_8));
            answers.flush();
        }
    }
}
