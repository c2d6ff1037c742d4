package net.pangea.sim.report.html;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.recording.Recording;
import net.pangea.sim.recording.Slice;
import net.pangea.sim.report.Fingerprint;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.Sweep;
import net.pangea.sim.scenario.Settings;
import net.pangea.sim.scenario.Shards;

/** Runs to write pages of, as small and as large as they come. */
final class Samples {
    static final long SECOND = 1_000_000_000;

    /** Whatever could end a text, an attribute, a script, a comment or a template's place. */
    static final String HOSTILE =
            "</script><script>boom()</script><!-- \"'`&amp; {{data}} $1 \\ \u2028 <img src=x onerror=boom()>";

    private static final int SLICES = 240;

    private Samples() {}

    static Outcome outcome(long seed, boolean passed, String text, List<Outcome.Struck> faults) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("puts", 40L);
        figures.put("availability", passed ? 1_000_000L : 900_000L + seed * 100);
        figures.put("repair-bytes", 5_000_000 + seed * seed % 7 * 100_000);
        figures.put("get-latency-p50", 80_000_000 + seed % 11 * 1_000_000);
        return new Outcome(
                passed ? Outcome.Verdict.PASS : Outcome.Verdict.FAIL,
                seed,
                "scenarios/" + text + ".yaml",
                Settings.NONE,
                "A story: " + text,
                "sim",
                "tcp",
                Optional.of(Policy.FIFO),
                Fingerprint.parse("00000001-00000002-00000003-00000004").orElseThrow(),
                "00ff",
                3_600 * SECOND,
                300 * SECOND,
                3_000_000,
                1_000_000,
                List.of(
                        new CheckResult("always no-wrong-bytes", "", Ruling.Verdict.PASS, "9 reads compared"),
                        new CheckResult(
                                "always " + text,
                                text,
                                passed ? Ruling.Verdict.PASS : Ruling.Verdict.FAIL,
                                text + " " + seed),
                        new CheckResult("sometimes reached", "{event: never}", Ruling.Verdict.UNREACHED, "never"),
                        new CheckResult("sometimes reached", "{event: x}", Ruling.Verdict.PASS, "x 3 times")),
                faults,
                List.of(text),
                figures,
                "pangea: 1\n# " + text + "\n",
                Optional.empty());
    }

    static Sweep sweep(int runs, String text) {
        List<Outcome> all = new ArrayList<>();
        for (int seed = 1; seed <= runs; seed++) {
            all.add(outcome(seed, seed % 9 != 0, text, List.of()));
        }
        return new Sweep(all);
    }

    /** {@return faults on many machines at a time} */
    static List<Outcome.Struck> faults(int count, int machines) {
        List<Outcome.Struck> faults = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long at = SECOND * 3_600 * i / count;
            faults.add(new Outcome.Struck(
                    "churn-1." + i,
                    i % 3 == 0 ? "reset-connections" : "crash",
                    at,
                    i % 3 == 0 ? OptionalLong.empty() : OptionalLong.of(at + 60 * SECOND),
                    List.of("node/" + i * 7 % machines, "node/" + i * 11 % machines, "client"),
                    List.of("node/1")));
        }
        return faults;
    }

    /** {@return an hour of so many machines, with all that finds room in a recording} */
    static Recording recording(int machines, int stripes, int held, int away, String text) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < machines; i++) {
            names.add("node/" + i);
        }
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < SLICES; i++) {
            slices.add(slice(i, machines));
        }
        List<Recording.Away> aways = new ArrayList<>();
        Recording.Plight[] plights = Recording.Plight.values();
        for (int i = 0; i < away; i++) {
            long from = SECOND * 3_600 * i / away;
            aways.add(new Recording.Away(
                    i * 13 % machines,
                    plights[i % plights.length],
                    from,
                    i % 5 == 0 ? OptionalLong.empty() : OptionalLong.of(from + 100 * SECOND)));
        }
        List<Recording.Stripe> rows = new ArrayList<>();
        for (int i = 0; i < stripes; i++) {
            rows.add(new Recording.Stripe(text + " file-" + i, i % 3, i * SECOND));
        }
        List<Recording.Held> helds = new ArrayList<>();
        for (int i = 0; i < held; i++) {
            helds.add(new Recording.Held(
                    i % stripes,
                    i / stripes % 12,
                    i * 17 % machines,
                    i / 8 * SECOND / 2,
                    i % 4 == 0 ? OptionalLong.empty() : OptionalLong.of((i + 900) * SECOND / 2)));
        }
        return new Recording(
                names,
                new Shards(8, 4),
                List.of(
                        new Recording.Expected("always no-wrong-bytes", ""),
                        new Recording.Expected("always " + text, text),
                        new Recording.Expected("sometimes reached", "{event: never}"),
                        new Recording.Expected("sometimes reached", "{event: x}")),
                3_600 * SECOND,
                15 * SECOND,
                slices,
                aways,
                77,
                List.of(
                        new Recording.Turn(900 * SECOND, 1, Judge.Standing.BROKEN),
                        new Recording.Turn(400 * SECOND, 3, Judge.Standing.MET)),
                new Recording.Holdings(rows, 5, helds, 6));
    }

    private static Slice slice(int i, int machines) {
        Slice.Latency latency =
                new Slice.Latency(80_000_000 + i * 1_000L, 120_000_000, 300_000_000 + i * 900_000L, 2 * SECOND);
        return new Slice(
                machines - i % 9,
                9,
                i % 40 == 0 ? 1 : 0,
                Optional.of(latency),
                9,
                0,
                i % 3 == 0 ? Optional.empty() : Optional.of(latency),
                600_000,
                600_000 + i,
                i % 7,
                i % 7 * 300_000L,
                i * 9L,
                i * 100L,
                i < 3 ? Optional.empty() : Optional.of(new Slice.Margin(4 - i / 100, 4 - i / 200, 4)),
                3,
                3,
                Optional.of(new Slice.Hops(2.5 + i % 5 * 0.1, 4)),
                9_000 + i % 50 * 30,
                4_000);
    }
}
