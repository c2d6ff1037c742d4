package net.pangea.scenarios.planted;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.sim.cli.WorkMain;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.report.CodeHash;
import net.pangea.sim.report.Fingerprint;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.OutcomeJson;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.sweep.Sweeper;
import net.pangea.sim.verbs.PangeaVerbs;

/** Runs seeds of a scenario in a JVM of its own, whose classes are those of a folder, until one fails. */
final class Hunter {
    private static final Policy POLICY = Policy.FIFO;

    /** A mutant may well run for ever; a busy computer is no reason to give it up. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    /** The outcome of the run that failed, in a mutant's folder. */
    static final String OUTCOME = "outcome.json";

    private final Path classes;

    /** @param classes of the node; a folder that is not there for those of this JVM */
    Hunter(Path classes) {
        this.classes = classes;
    }

    /**
     * What a hunt has shown.
     *
     * @param runs the outcomes of the seeds, in their order, up to the first that did not pass
     * @param processor time that the JVM had taken when the last run ended, its start among it
     */
    record Shown(List<Outcome> runs, Duration processor) {
        Outcome last() {
            return runs.getLast();
        }
    }

    /** Runs seeds until one fails. */
    Shown run(String scenario, List<Long> seeds) throws InterruptedException {
        String file = PlantedBug.ROOT.resolve(scenario).toString();
        List<String> command = new ArrayList<>(Mutant.java(classes));
        command.addAll(List.of(WorkMain.class.getName(), file, POLICY.word()));
        AtomicBoolean found = new AtomicBoolean();
        AtomicReference<Duration> processor = new AtomicReference<>(Duration.ZERO);
        Sweeper sweeper = new Sweeper(new Sweeper.Setting(
                command,
                1,
                LIMIT,
                () -> !found.get(),
                outcome -> {
                    found.set(outcome.verdict() != Outcome.Verdict.PASS);
                    processor.set(childrensTime());
                    return Optional.empty();
                },
                (seed, reason) -> {
                    found.set(true);
                    return spoilt(file, seed, reason);
                }));
        List<Outcome> outcomes = new ArrayList<>();
        sweeper.run(seeds, outcomes::add);
        return new Shown(outcomes, processor.get());
    }

    /** {@return the processor time of the processes that this one has started and that still run: the one worker} */
    private static Duration childrensTime() {
        return ProcessHandle.current()
                .children()
                .flatMap(child -> child.info().totalCpuDuration().stream())
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static Outcome spoilt(String file, long seed, String reason) {
        Resolved resolved =
                new Language(PangeaVerbs.ALL.vocabulary()).readFile(file).resolve(seed);
        Fingerprint fingerprint = Fingerprint.of(resolved, Inputs.read(resolved), CodeHash.ofThisCode());
        Execution nothing = new Execution(Optional.empty(), "", 0, 0, 0, 0, Optional.of(reason));
        return Outcome.of(resolved, "sim", Optional.of(POLICY), fingerprint, nothing);
    }

    /** {@return the checks of a run that failed, with their places, and why it was invalid, if it was} */
    static List<String> failures(Outcome outcome) {
        List<String> failures = new ArrayList<>();
        outcome.checks().stream()
                .filter(check -> check.verdict() == Ruling.Verdict.FAIL)
                .forEach(check -> failures.add((check.name() + " " + check.about()).strip()));
        outcome.invalid().ifPresent(why -> failures.add("invalid: " + why));
        return failures;
    }

    /** Writes the outcome beside a mutant's classes, as {@code replay} reads it, and says how to use it. */
    static void keep(Path folder, Outcome outcome) {
        Path file = folder.resolve(OUTCOME);
        try {
            Files.writeString(file, OutcomeJson.writeLine(outcome) + "\n");
            List<String> command = new ArrayList<>(Mutant.java(folder.resolve("classes")));
            command.addAll(List.of("net.pangea.sim.cli.Main", "\"$@\""));
            Files.writeString(
                    folder.resolve("pangea"),
                    "exec "
                            + String.join(
                                    " ", command.stream().map(Hunter::quoted).toList()) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String word) {
        return word.startsWith("\"") ? word : "'" + word + "'";
    }
}
