package net.pangea.sim.report.html;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.pangea.sim.recording.Recording;
import net.pangea.sim.report.Cause;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.Rounded;
import net.pangea.sim.report.Sweep;

/** Reports as pages that open from a disk. Nothing that a scenario says can become markup or code. */
public final class ReportPage {
    private ReportPage() {}

    /** {@return the page of one run, of which {@code recording} was kept} */
    public static String of(Outcome run, Recording recording) {
        Map<String, String> parts = head(run, run.verdict());
        parts.put("facts", Html.text(facts(run, recording)));
        parts.put("problem", Html.text(run.invalid().or(run::problem).orElse("")));
        parts.put("data", Html.json(RunData.of(run, recording)));
        parts.put("script", Assets.read("run.js"));
        return Html.fill(Assets.read("report.html"), parts);
    }

    /** {@return the page of a sweep} */
    public static String of(Sweep sweep) {
        Outcome first = sweep.runs().getFirst();
        Map<String, String> parts = head(first, sweep.verdict());
        long passed = sweep.runs().stream()
                .filter(run -> run.verdict() == Outcome.Verdict.PASS)
                .count();
        parts.put("count", passed + " of " + Rounded.count(sweep.runs().size(), "run") + " passed");
        parts.put(
                "facts",
                Html.text(where(first) + " · seeds " + first.seed() + " to "
                        + sweep.runs().getLast().seed()));
        parts.put("problem", Html.text(problem(sweep)));
        parts.put("data", Html.json(SweepData.of(sweep)));
        parts.put("script", Assets.read("sweep.js"));
        return Html.fill(Assets.read("report.html"), parts);
    }

    /** {@return the most frequent reason why runs did not pass, or what none of them has reached} */
    private static String problem(Sweep sweep) {
        Optional<String> cause = sweep.causes().stream().map(Cause::what).findFirst();
        return cause.orElseGet(() -> sweep.verdict() == Outcome.Verdict.PASS
                ? ""
                : "no run has reached what it should: "
                        + sweep.reached().entrySet().stream()
                                .filter(one -> one.getValue() == 0)
                                .map(Map.Entry::getKey)
                                .collect(Collectors.joining("; ")));
    }

    private static Map<String, String> head(Outcome run, Outcome.Verdict verdict) {
        String word = verdict.word().toUpperCase(Locale.ROOT);
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("title", Html.text(word + " " + run.file()));
        parts.put("style", Assets.read("report.css"));
        parts.put("verdict", verdict.word());
        parts.put("word", word);
        parts.put(
                "mark",
                switch (verdict) {
                    case PASS -> "✓";
                    case FAIL -> "✕";
                    case INVALID -> "!";
                });
        parts.put("count", "");
        parts.put("story", Html.text(run.story()));
        parts.put("problem", "");
        parts.put("echarts", Assets.charts());
        parts.put("common", Assets.read("common.js"));
        return parts;
    }

    private static String facts(Outcome run, Recording recording) {
        return where(run) + " · seed " + run.seed() + " · "
                + Rounded.count(recording.machines().size(), "machine") + " · " + Rounded.duration(recording.endNanos())
                + " · " + Rounded.count(run.faults().size(), "fault");
    }

    private static String where(Outcome run) {
        return run.file() + " · on " + run.executor() + " over " + run.transport()
                + run.policy().map(policy -> " · policy " + policy.word()).orElse("");
    }
}
