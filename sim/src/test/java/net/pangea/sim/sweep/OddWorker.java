package net.pangea.sim.sweep;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import net.pangea.sim.report.Fingerprint;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.OutcomeJson;
import net.pangea.sim.scenario.Settings;

/** A worker that passes every seed but 3, with which it crashes, 4, which never ends, and 5, to which it says nonsense. */
final class OddWorker {
    static final int EXIT_CODE = 7;

    private OddWorker() {}

    static Outcome passed(long seed, String trace) {
        return outcome(Outcome.Verdict.PASS, seed, trace, Optional.empty());
    }

    static Outcome outcome(Outcome.Verdict verdict, long seed, String trace, Optional<String> invalid) {
        return new Outcome(
                verdict,
                seed,
                "story.yaml",
                Settings.NONE,
                "A story.",
                "sim",
                "tcp",
                Optional.empty(),
                Fingerprint.parse("00000001-00000002-00000003-00000004").orElseThrow(),
                trace,
                0,
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                "",
                invalid);
    }

    /** The argument says whether a trace depends on how many runs there were before. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        boolean leaks = Boolean.parseBoolean(arguments[0]);
        BufferedReader seeds = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        int runs = 0;
        for (String line = seeds.readLine(); line != null; line = seeds.readLine()) {
            long seed = Long.parseLong(line);
            if (seed == 3) {
                System.err.println("out of luck");
                System.exit(EXIT_CODE);
            }
            if (seed == 4) {
                new CountDownLatch(1).await();
            }
            System.out.println(
                    seed == 5
                            ? "nonsense"
                            : OutcomeJson.writeLine(passed(seed, "of " + seed + (leaks ? " after " + runs : ""))));
            runs++;
        }
    }
}
