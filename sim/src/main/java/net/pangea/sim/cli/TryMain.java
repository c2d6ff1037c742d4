package net.pangea.sim.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
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
import net.pangea.sim.verbs.PangeaVerbs;

/**
 * What a worker of a search for something smaller runs: for each scenario, whose text is in Base64 on a line of the input, it writes
 * the outcome as JSON on a line of the output. Arguments: the file that the scenarios are to be in, policy, seed, events after which a
 * run is given up.
 */
public final class TryMain {
    private TryMain() {}

    /** {@return the arguments for scenarios of a file} */
    static List<String> arguments(String file, Policy policy, long seed, long eventsMax) {
        return List.of(file, policy.word(), Long.toString(seed), Long.toString(eventsMax));
    }

    public static void main(String[] arguments) throws IOException {
        PrintStream answers = System.out;
        System.setOut(System.err); // what a run prints is no answer
        Verbs verbs = PangeaVerbs.ALL;
        Language language = new Language(verbs.vocabulary());
        Policy policy = Flags.policy(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        RunSettings settings = RunSettings.of(policy).withEvents(Long.parseLong(arguments[3]));
        CodeHash code = CodeHash.ofThisCode();
        BufferedReader texts = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = texts.readLine(); line != null; line = texts.readLine()) {
            String text = new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8);
            Resolved resolved = language.read(text, arguments[0]).resolve(seed);
            Inputs inputs = Inputs.read(resolved);
            SimExecutor executor = new SimExecutor();
            Execution execution = executor.run(new Experiment(resolved, verbs, inputs), settings, (_, _) -> {});
            Outcome outcome = Outcome.of(
                    resolved, executor.name(), Optional.of(policy), Fingerprint.of(resolved, inputs, code), execution);
            answers.write((OutcomeJson.writeLine(outcome) + "\n").getBytes(StandardCharsets.UTF_8));
            answers.flush();
        }
    }
}
