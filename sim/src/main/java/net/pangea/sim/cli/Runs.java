package net.pangea.sim.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.experiment.Verbs;
import net.pangea.sim.experiment.Witness;
import net.pangea.sim.host.DeterminismCheck;
import net.pangea.sim.report.CodeHash;
import net.pangea.sim.report.Console;
import net.pangea.sim.report.Fingerprint;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.Sweep;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Scenario;
import net.pangea.sim.sweep.Results;
import net.pangea.sim.sweep.Sweeper;

/** The runs of one scenario that a command asks for, here or in workers, told on the console as they end. */
final class Runs {
    private final Verbs verbs;
    private final Scenario scenario;
    private final List<Long> seeds;
    private final Executor executor;
    private final Optional<Policy> policy;
    private final SweepFlags flags;
    private final Console console;
    private final CodeHash code = CodeHash.ofThisCode();
    private final Inputs inputs;

    Runs(
            Verbs verbs,
            Scenario scenario,
            List<Long> seeds,
            Executor executor,
            Optional<Policy> policy,
            SweepFlags flags,
            Console console) {
        this.verbs = verbs;
        this.scenario = scenario;
        this.seeds = List.copyOf(seeds);
        this.executor = executor;
        this.policy = policy;
        this.flags = flags;
        this.console = console;
        this.inputs = Inputs.read(scenario.resolve(seeds.getFirst()));
    }

    /**
     * {@return the outcome of the first seed}
     *
     * @param witness is told what happens
     */
    Outcome one(RunSettings settings, Optional<Fingerprint> wanted, Witness witness) {
        Resolved resolved = begin(wanted);
        Outcome run = outcome(resolved, execute(resolved, settings, witness));
        console.end(run);
        return run;
    }

    /**
     * Runs the first seed up to a place in its trace, and tells where it stands there.
     *
     * @param settings name the place
     * @return the exit code: that of the run if it is over before it comes there
     */
    int until(RunSettings settings, Optional<Fingerprint> wanted) {
        Resolved resolved = begin(wanted);
        Execution execution = execute(resolved, settings, Witness.NONE);
        if (execution.standing().isPresent()) {
            console.end(execution.standing().get());
            return 0;
        }
        Outcome run = outcome(resolved, execution);
        console.end(run);
        console.endBefore(run);
        return run.verdict().exitCode();
    }

    private Resolved begin(Optional<Fingerprint> wanted) {
        Resolved resolved = scenario.resolve(seeds.getFirst());
        wanted.ifPresent(one -> difference(one, resolved).ifPresent(what -> {
            throw new BadInput("this would be another run than the one with fingerprint " + one + ": " + what
                    + "; leave --fingerprint out to run it all the same");
        }));
        console.begin(resolved, executor.name());
        return resolved;
    }

    /**
     * {@return the outcomes of all seeds, or of as many as there was time for}
     *
     * @param goesOn whether another seed may begin
     */
    Sweep all(BooleanSupplier goesOn) {
        Optional<Results> results = flags.results().map(file -> Results.of(file, scenario.file(), scenario.settings()));
        Map<Long, Outcome> known = results.map(this::known).orElse(Map.of());
        List<Long> left =
                seeds.stream().filter(seed -> !known.containsKey(seed)).toList();
        console.begin(scenario.resolve(seeds.getFirst()), executor.name());
        flags.results().ifPresent(file -> console.known(known.size(), file.toString()));
        List<Outcome> runs = new ArrayList<>(known.values());
        run(left, goesOn, run -> {
            runs.add(run);
            results.ifPresent(file -> file.add(run));
            console.endOfMany(run);
        });
        if (runs.isEmpty()) {
            throw new BadInput("--time: it was over before a run had begun");
        }
        runs.sort(Comparator.comparingLong(Outcome::seed));
        Sweep sweep = new Sweep(runs);
        console.end(sweep);
        return sweep;
    }

    /** {@return the outcomes that are in a file, once it is sure that they are of these runs} */
    private Map<Long, Outcome> known(Results results) {
        Map<Long, Outcome> known = new LinkedHashMap<>();
        for (long seed : seeds) {
            results.of(seed).ifPresent(outcome -> {
                difference(outcome.fingerprint(), scenario.resolve(seed)).ifPresent(what -> {
                    throw new BadInput("--results: seed " + seed
                            + " in that file is of another run than this would be: " + what + "; name another file");
                });
                known.put(seed, outcome);
            });
        }
        return known;
    }

    private void run(List<Long> left, BooleanSupplier goesOn, Consumer<Outcome> each) {
        if (flags.jobs().isPresent()) {
            Policy order = policy.orElse(Policy.FIFO);
            DeterminismCheck hostile = new DeterminismCheck(
                    RepeatMain.class.getName(),
                    (from, to, trace) -> RepeatMain.arguments(scenario, order, from, to, trace));
            try {
                new Sweeper(new Sweeper.Setting(
                                SweepFlags.worker(scenario, order),
                                Math.min(flags.jobs().get(), Math.max(1, left.size())),
                                flags.limit(),
                                goesOn,
                                run -> flags.rechecks(run.seed())
                                        ? hostile.problem(run.seed(), run.traceHash())
                                        : Optional.empty(),
                                this::spoilt))
                        .run(left, each);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a sweep ran", e);
            }
            return;
        }
        RunSettings settings = RunSettings.of(policy.orElse(Policy.FIFO));
        for (long seed : left) {
            if (!goesOn.getAsBoolean()) {
                return;
            }
            Resolved resolved = scenario.resolve(seed);
            each.accept(outcome(resolved, execute(resolved, settings, Witness.NONE)));
        }
    }

    private Execution execute(Resolved resolved, RunSettings settings, Witness witness) {
        Experiment experiment = new Experiment(resolved, verbs, inputs, witness);
        Execution execution = executor.run(experiment, settings, console.progress(resolved));
        console.endProgress();
        return execution;
    }

    private Outcome outcome(Resolved resolved, Execution execution) {
        return Outcome.of(resolved, executor.name(), policy, fingerprint(resolved), execution);
    }

    private Outcome spoilt(long seed, String reason) {
        Resolved resolved = scenario.resolve(seed);
        Execution nothing = new Execution(Optional.empty(), "", 0, 0, 0, 0, Optional.of(reason));
        return Outcome.of(resolved, executor.name(), policy, fingerprint(resolved), nothing);
    }

    private Fingerprint fingerprint(Resolved resolved) {
        return Fingerprint.of(resolved, inputs, code);
    }

    private Optional<String> difference(Fingerprint wanted, Resolved resolved) {
        List<String> differences = wanted.differences(fingerprint(resolved));
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    }
}
