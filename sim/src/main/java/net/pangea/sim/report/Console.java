package net.pangea.sim.report;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Progress;
import net.pangea.sim.experiment.Standing;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Figures;
import net.pangea.sim.scenario.Resolved;

/**
 * Tells a person about runs. On a terminal a line of progress is rewritten in place; piped, only finished lines appear.
 *
 * @param out where to
 * @param interactive whether {@code out} is a terminal
 */
public record Console(PrintStream out, boolean interactive) {
    private static final int SHOWN_MAX = 20;
    private static final String CLEAR_LINE = "\r\u001b[2K";

    /** Says what is about to run. */
    public void begin(Resolved scenario, String executor) {
        String settings = scenario.scenario().settings().flags();
        out.println(scenario.story());
        out.println(Rounded.count(scenario.machines().size(), "machine") + ", "
                + Rounded.duration(scenario.forNanos()) + ", on " + executor + " over "
                + scenario.transport().word() + ", "
                + Rounded.count(scenario.plannedFaults(), "fault") + " planned"
                + (settings.isEmpty() ? "" : ", with" + settings));
    }

    /** {@return what shows the progress of one run} */
    public Progress progress(Resolved scenario) {
        return interactive ? new Line(scenario, System.nanoTime()) : (timeNanos, events) -> {};
    }

    /** The line that is rewritten, at most ten times a second. Reads the real clock; the run does not notice. */
    private final class Line implements Progress {
        private static final long PERIOD_NANOS = 100_000_000;
        private final Resolved scenario;
        private final long startNanos;
        private long shownNanos;

        Line(Resolved scenario, long startNanos) {
            this.scenario = scenario;
            this.startNanos = startNanos;
            this.shownNanos = startNanos;
        }

        @Override
        public void at(long timeNanos, long events) {
            long now = System.nanoTime();
            if (now - shownNanos < PERIOD_NANOS) {
                return;
            }
            shownNanos = now;
            out.print(CLEAR_LINE + "seed " + scenario.seed() + "  " + Rounded.duration(timeNanos) + " of "
                    + Rounded.duration(scenario.endNanos()) + "  "
                    + Rounded.speed(timeNanos, now - startNanos, events));
            out.flush();
        }
    }

    /** Clears the line of progress. */
    public void endProgress() {
        if (interactive) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    /** Tells how one run went, in full. */
    public void end(Outcome run) {
        List<Outcome.Struck> faults = run.faults();
        faults.stream().limit(SHOWN_MAX).forEach(fault -> out.println("  " + words(fault)));
        if (faults.size() > SHOWN_MAX) {
            out.println("  and " + Rounded.count(faults.size() - SHOWN_MAX, "more fault"));
        }
        run.notRealised().forEach(line -> out.println("not realised on " + run.executor() + ": " + line));
        run.checks().forEach(check -> out.println(words(check)));
        figures(run.figures());
        out.println(run.effort());
        run.invalid().ifPresent(out::println);
        out.println(verdict(run));
        out.println("again: " + run.replay());
    }

    /** Tells where a run stands that was stopped. */
    public void end(Standing standing) {
        String since = standing.scenarioNanos() < 0
                ? ", not all nodes had started"
                : ", " + Dimension.DURATION.format(standing.scenarioNanos()) + " after all nodes had started";
        out.println("last events:");
        standing.lines().forEach(line -> out.println("  " + line));
        out.println("up    " + names(standing.up()));
        out.println("down  " + names(standing.down()));
        out.println("STOPPED at event " + standing.index() + ", " + Dimension.DURATION.format(standing.nanos())
                + " of virtual time" + since + " (trace so far " + standing.hash() + ")");
    }

    /** Tells that a run was over before it came to the place at which it was to stop. */
    public void endBefore(Outcome run) {
        out.println("NOT STOPPED: the run was over before, after " + Dimension.DURATION.format(run.virtualNanos())
                + " of virtual time");
    }

    private static String names(List<String> machines) {
        return machines.isEmpty() ? "nobody" : machines.size() + ": " + String.join(" ", machines);
    }

    /** Tells how many runs of a sweep need not be made. */
    public void known(int runs, String file) {
        if (runs > 0) {
            out.println(Rounded.count(runs, "run") + (runs == 1 ? " is" : " are") + " known from " + file);
        }
    }

    /** Tells how one run of a sweep went, in one line. */
    public void endOfMany(Outcome run) {
        String problem = run.problem().map(why -> "  " + why).orElse("");
        out.println("seed " + run.seed() + " " + verdict(run) + problem);
        if (run.verdict() != Outcome.Verdict.PASS) {
            out.println("  again: " + run.replay());
        }
    }

    /** Tells how a sweep went. */
    public void end(Sweep sweep) {
        sweep.reached()
                .forEach((name, times) -> out.println(
                        name + ": reached by " + times + " of " + sweep.runs().size()));
        if (sweep.runs().size() > 1) {
            sweep.figures()
                    .forEach((name, spread) -> out.println(
                            name + ": " + words(spread, Figures.dimension(name).orElse(Dimension.COUNT))));
        }
        sweep.causes().forEach(cause -> {
            out.println(Rounded.count(cause.runs().size(), "run") + ": " + cause.what());
            String seeds = cause.runs().stream()
                    .limit(SHOWN_MAX)
                    .map(run -> Long.toString(run.seed()))
                    .collect(Collectors.joining(" "));
            out.println("  seeds " + seeds + (cause.runs().size() > SHOWN_MAX ? " and others" : ""));
            out.println("  again: " + cause.runs().getFirst().replay());
        });
        long passed = sweep.runs().stream()
                .filter(run -> run.verdict() == Outcome.Verdict.PASS)
                .count();
        out.println(passed + " of " + sweep.runs().size() + " runs passed: "
                + sweep.verdict().word().toUpperCase(Locale.ROOT));
    }

    /**
     * Tells how the sweeps of several scenarios went.
     *
     * @param leftOut files that take minutes a seed
     * @param late how many there was no time for
     */
    public void end(List<Sweep> sweeps, List<String> leftOut, int late) {
        for (Sweep sweep : sweeps) {
            long wall = sweep.runs().stream().mapToLong(Outcome::wallNanos).sum();
            out.println(sweep.verdict().word().toUpperCase(Locale.ROOT) + "  "
                    + sweep.runs().getFirst().file() + ": "
                    + Rounded.count(sweep.runs().size(), "run") + ", "
                    + Rounded.duration(wall / sweep.runs().size()) + " each");
        }
        leftOut.forEach(file -> out.println("left out  " + file + ": one seed takes minutes; --big runs it too"));
        if (late > 0) {
            out.println("no time for " + Rounded.count(late, "more scenario"));
        }
    }

    private static String words(Spread spread, Dimension dimension) {
        return "mean " + Rounded.mean(dimension, spread.mean()) + " ± " + Rounded.mean(dimension, spread.within())
                + ", median "
                + Rounded.quantity(dimension, spread.median()) + ", "
                + Rounded.quantity(dimension, spread.least()) + " to "
                + Rounded.quantity(dimension, spread.most());
    }

    private static String verdict(Outcome run) {
        return run.verdict().word().toUpperCase(Locale.ROOT)
                + (run.traceHash().isEmpty() ? "" : " (trace " + run.traceHash() + ")");
    }

    private static String words(CheckResult check) {
        String verdict = check.verdict().name().toLowerCase(Locale.ROOT);
        String about = check.about().isEmpty() ? "" : " " + check.about();
        return verdict + "  " + check.name() + about + ": " + check.detail();
    }

    private static String words(Outcome.Struck fault) {
        List<String> machines = fault.machines();
        String who = machines.isEmpty()
                ? "nobody"
                : String.join(" ", machines.subList(0, Math.min(8, machines.size())))
                        + (machines.size() > 8 ? " and " + (machines.size() - 8) + " more" : "");
        String spared = fault.spared().isEmpty() ? "" : " (spared: " + String.join(" ", fault.spared()) + ")";
        return Rounded.duration(fault.atNanos()) + " " + fault.fault() + " " + who + spared;
    }

    private void figures(Map<String, Long> figures) {
        StringBuilder line = new StringBuilder();
        figures.forEach((name, value) -> line.append(line.isEmpty() ? "" : "  ")
                .append(name)
                .append(' ')
                .append(Figures.dimension(name)
                        .map(dimension -> Rounded.quantity(dimension, value))
                        .orElse(String.valueOf(value))));
        if (!line.isEmpty()) {
            out.println(line);
        }
    }
}
