package net.pangea.sim.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.pangea.machine.TimeText;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.experiment.Verbs;
import net.pangea.sim.experiment.Witness;
import net.pangea.sim.host.DeterminismCheck;
import net.pangea.sim.host.Stopwatch;
import net.pangea.sim.report.CodeHash;
import net.pangea.sim.report.Console;
import net.pangea.sim.report.Fingerprint;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Excerpt;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.scenario.Scenario;
import net.pangea.sim.shrink.Failure;
import net.pangea.sim.shrink.Shrinking;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code pangea shrink OUTCOME --out FILE}: makes of a failing run the smallest scenario that still fails in the same way. */
final class ShrinkCommand implements Command {
    private static final Duration TIME = Duration.ofMinutes(10);
    private static final int RUNS_MAX = 1_000_000;
    private static final int JOBS_MAX = 256;

    /** JVMs that are started without being asked for: beyond it memory may be short. */
    private static final int JOBS = 4;

    /** A candidate may take so many times the events of the whole run: less is done, but more may be tried in vain. */
    private static final double EVENTS = 1.1;

    /** Real time for one candidate: that of the whole run as often, and a minute for a busy computer. */
    private static final int TIMES = 3;

    private static final int NOT_REPEATED = 3;

    private final Verbs verbs;
    private final Executor executor;

    /** @param executor the one whose runs can be repeated */
    ShrinkCommand(Verbs verbs, Executor executor) {
        this.verbs = verbs;
        this.executor = executor;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.create().name("shrink");
        spec.usageMessage()
                .description("Repeats a run that failed, then searches for the smallest scenario that fails in the"
                        + " same way: fewer machines, faults and operations, a shorter run, plainer settings."
                        + " Exit code 0: it is written; 2: bad input, nothing was run; 3: the run cannot be"
                        + " repeated.")
                .customSynopsis(
                        "pangea shrink OUTCOME --out FILE [--seed N] [--time D] [--runs N] [--jobs N] [--verify]");
        return spec.addPositional(Flags.file("OUTCOME", "What --json has written of a run, or --results of several."))
                .addOption(Flags.flag("--out", "FILE", "Writes the scenario to this file, each time it gets smaller."))
                .addOption(Flags.flag(
                        "--seed", "N", "Which run, where the file tells of several; else the first that failed."))
                .addOption(
                        Flags.flag("--time", "D", "Ends after so much real time (10m), with what was found by then."))
                .addOption(Flags.flag("--runs", "N", "Tries at most so many candidates."))
                .addOption(Flags.flag(
                        "--jobs", "N", "Runs N candidates at a time, in JVMs of their own (processors, up to 4)."))
                .addOption(Flags.lone("--verify", "Repeats what was found in a hostile JVM too."));
    }

    @Override
    public int run(ParseResult arguments, Terminal terminal) {
        String file = arguments.matchedPositionalValue(0, "");
        Outcome told =
                ToldOutcomes.of(file).one(Flags.value(arguments, "--seed").map(text -> Flags.number("--seed", text)));
        Failure wanted = Failure.of(told)
                .orElseThrow(() -> new BadInput(file + ": seed " + told.seed()
                        + " passed, so there is nothing to shrink; --seed names another"));
        Policy policy = told.policy()
                .filter(_ -> told.executor().equals(executor.name()))
                .orElseThrow(() -> new BadInput(file + " is of a run on " + told.executor()
                        + ", which cannot be repeated; shrink one on " + executor.name()));
        Path out = OutputFile.check(
                "--out",
                Flags.value(arguments, "--out")
                        .orElseThrow(() -> new BadInput("where to? write --out FILE, for instance --out small.yaml")));
        OutputFile.requireDifferent(Stream.of(Path.of(file), Path.of(told.file()), out));
        Duration time = Flags.value(arguments, "--time")
                .map(text -> SweepFlags.duration("--time", text))
                .orElse(TIME);
        int runs = Flags.value(arguments, "--runs")
                .map(text -> count("--runs", text, RUNS_MAX))
                .orElse(RUNS_MAX);
        int jobs = Flags.value(arguments, "--jobs")
                .map(text -> count("--jobs", text, JOBS_MAX))
                .orElse(Math.min(JOBS, Runtime.getRuntime().availableProcessors()));
        Excerpt whole = whole(told, out);
        Watcher watcher = new Watcher(terminal.err(), told, whole, out);
        terminal.err().println("repeating " + watcher.size(whole) + ", which fails: " + wanted);
        List<String> worker = SweepFlags.likeThis(
                TryMain.class,
                TryMain.arguments(out.toString(), policy, told.seed(), (long) (told.events() * EVENTS) + 1));
        Shrinking.Result result = shrink(new Shrinking.Setting(
                told,
                whole,
                worker,
                jobs,
                Duration.ofNanos(told.wallNanos()).multipliedBy(TIMES).plusMinutes(1),
                runs,
                () -> time.toNanos() - watcher.watch.nanos(),
                watcher));
        return switch (result) {
            case Shrinking.Result.NotRepeated(String reason) -> {
                terminal.out()
                        .println("NOT REPEATED: " + reason + "; './pangea check-determinism " + told.file() + " --seed "
                                + told.seed() + "' looks for the event at which runs part");
                yield NOT_REPEATED;
            }
            case Shrinking.Result.Shrunk shrunk -> {
                watcher.end(shrunk);
                yield confirm(shrunk, out, policy, Flags.isGiven(arguments, "--verify"), terminal);
            }
        };
    }

    private static int count(String flag, String text, int most) {
        if (!text.matches("[1-9][0-9]{0,8}") || Integer.parseInt(text) > most) {
            throw new BadInput(flag + ": '" + text + "' is not a number from 1 to " + most);
        }
        return Integer.parseInt(text);
    }

    private static Shrinking.Result shrink(Shrinking.Setting setting) {
        try {
            return new Shrinking(setting).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a run was shrunk", e);
        }
    }

    /** {@return the whole scenario of a run, once it is sure that this code and these files are those of the run} */
    private Excerpt whole(Outcome told, Path out) {
        Language language = new Language(verbs.vocabulary());
        Scenario scenario = language.read(told.resolved(), told.file());
        Resolved resolved = scenario.resolve(told.seed());
        Fingerprint now = Fingerprint.of(resolved, Inputs.read(resolved), CodeHash.ofThisCode());
        Fingerprint then = told.fingerprint();
        List<String> differences =
                then.differences(new Fingerprint(then.scenario(), now.inputs(), now.code(), now.jdk()));
        if (!differences.isEmpty()) {
            throw new BadInput("the run cannot be repeated: " + String.join("; ", differences)
                    + "; run it again, with --json, and shrink that");
        }
        return Excerpt.of(scenario).movedTo(out.toString());
    }

    /** Runs what was written once more, here, and tells how it goes. */
    private int confirm(Shrinking.Result.Shrunk shrunk, Path out, Policy policy, boolean verifies, Terminal terminal) {
        Scenario written = new Language(verbs.vocabulary()).readFile(out.toString());
        List<Long> seeds = List.of(shrunk.smallest().seed());
        Console console = new Console(terminal.out(), terminal.interactive());
        Runs runs = new Runs(verbs, written, seeds, executor, Optional.of(policy), SweepFlags.NONE, console);
        Outcome again =
                runs.one(RunSettings.of(policy), Optional.of(shrunk.run().fingerprint()), Witness.NONE);
        if (!again.traceHash().equals(shrunk.run().traceHash())) {
            terminal.out()
                    .println("DIFFERENT: when it was found the trace was "
                            + shrunk.run().traceHash() + "; './pangea check-determinism " + out
                            + "' looks for the event at which runs part");
            return NOT_REPEATED;
        }
        if (verifies) {
            DeterminismCheck hostile = new DeterminismCheck(
                    RepeatMain.class.getName(),
                    (from, to, trace) -> RepeatMain.arguments(written, policy, from, to, trace));
            Optional<String> problem = hostile.problem(again.seed(), again.traceHash());
            terminal.out().println(problem.orElse("the same trace in a hostile JVM"));
            return problem.isPresent() ? NOT_REPEATED : 0;
        }
        return 0;
    }

    /** Tells of the search on the error stream, and writes the file. */
    private static final class Watcher implements Shrinking.Listener {
        private final Stopwatch watch = Stopwatch.started();
        private final PrintStream err;
        private final Outcome told;
        private final Excerpt whole;
        private final Path out;

        Watcher(PrintStream err, Outcome told, Excerpt whole, Path out) {
            this.err = err;
            this.told = told;
            this.whole = whole;
            this.out = out;
        }

        @Override
        public void smaller(Excerpt excerpt, Outcome run, int runs) {
            err.println("  run " + runs + ", " + seconds() + ": " + size(excerpt));
            write(excerpt, run, "the search goes on, or was interrupted");
        }

        @Override
        public void otherwise(String how) {
            err.println("  a candidate fails otherwise, and is not taken: " + how);
        }

        void end(Shrinking.Result.Shrunk shrunk) {
            String end = "after " + counted(shrunk.runs(), "run") + " in " + seconds()
                    + (shrunk.isOver() ? " nothing more can be taken away" : " the budget was used up");
            write(shrunk.smallest(), shrunk.run(), end);
            err.println("  " + end + ": " + size(whole) + " became " + size(shrunk.smallest()) + ", in " + out);
        }

        private String seconds() {
            return TimeText.of(
                    Duration.ofSeconds(Duration.ofNanos(watch.nanos()).toSeconds()));
        }

        private void write(Excerpt excerpt, Outcome run, String end) {
            List<String> lines = new ArrayList<>();
            lines.add("Shrunk from " + told.file() + ", seed " + told.seed() + ": " + size(whole) + " became");
            lines.add(size(excerpt) + "; " + end + ".");
            lines.add("It fails in the same way: " + run.problem().orElse(""));
            lines.add("again: " + run.replay());
            StringBuilder text = new StringBuilder();
            lines.forEach(line -> text.append("# ").append(line).append('\n'));
            OutputFile.write(out, text.append(excerpt.text()).toString());
        }

        private String size(Excerpt excerpt) {
            return counted(excerpt.machines().size(), "machine") + " and a client, "
                    + counted(excerpt.faults().size(), "fault") + ", "
                    + counted(excerpt.operations(), "operation") + ", "
                    + Dimension.DURATION.format(excerpt.forNanos());
        }

        private static String counted(long count, String noun) {
            return count + " " + noun + (count == 1 ? "" : "s");
        }
    }
}
