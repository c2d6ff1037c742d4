package net.pangea.sim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.report.Outcome.Verdict;
import net.pangea.sim.scenario.Figures;
import net.pangea.sim.scenario.Settings;

/** Outcomes as they travel between processes, and what several of them come to. */
class SweepTest {
    private static final Fingerprint FINGERPRINT =
            Fingerprint.parse("00000001-00000002-00000003-00000004").orElseThrow();

    private static Outcome outcome(long seed, Verdict verdict, String detail, Map<String, Long> figures) {
        boolean isValid = verdict != Verdict.INVALID;
        Ruling.Verdict ruling = verdict == Verdict.PASS ? Ruling.Verdict.PASS : Ruling.Verdict.FAIL;
        return new Outcome(
                verdict,
                seed,
                "story.yaml",
                Settings.of(List.of("stays=weibull 0.59 1h")),
                "A story: \"quoted\",\nand ünusual.",
                "sim",
                "tcp",
                seed % 2 == 0 ? Optional.of(Policy.PCT) : Optional.empty(),
                FINGERPRINT,
                "00ff",
                Long.MAX_VALUE - seed,
                1,
                3,
                4,
                isValid ? List.of(new CheckResult("always whole", "{of: photo}", ruling, detail)) : List.of(),
                List.of(
                        new Outcome.Struck("crash-1", "crash", 5, OptionalLong.of(6), List.of("a/1"), List.of()),
                        new Outcome.Struck("rot-1", "rot", 7, OptionalLong.empty(), List.of(), List.of("b/2"))),
                List.of("no power to cut"),
                figures,
                "pangea: 1\n",
                isValid ? Optional.empty() : Optional.of(detail));
    }

    @Property(tries = 200)
    void an_outcome_is_read_as_it_was_written(
            @ForAll @LongRange(min = 0) long seed,
            @ForAll Verdict verdict,
            @ForAll String detail,
            @ForAll @LongRange(min = 0) long value) {
        Map<String, Long> figures = new LinkedHashMap<>();
        Figures.all().forEach(name -> figures.put(name, value));
        Outcome outcome = outcome(seed, verdict, "why " + detail, figures);

        assertThat(OutcomeJson.read(OutcomeJson.write(outcome))).isEqualTo(outcome);
        assertThat(OutcomeJson.writeLine(outcome))
                .startsWith(OutcomeJson.LINE_BEGINS)
                .doesNotContain("\n");
        assertThat(OutcomeJson.read(OutcomeJson.writeLine(outcome))).isEqualTo(outcome);
    }

    @Example
    void what_is_no_outcome_is_refused_with_a_reason() {
        String whole = OutcomeJson.writeLine(outcome(1, Verdict.PASS, "", Map.of()));

        assertRefused("", "there is no 'version'");
        assertRefused("{", "not JSON");
        assertRefused(whole.replace("\"version\":4", "\"version\":9"), "version 9 of an outcome");
        assertRefused(whole.replace("\"pass\"", "\"good\""), "'good' is not a verdict");
        assertRefused(whole.replace("\"seed\"", "\"seat\""), "there is no 'seed'");
        for (int cut = 0; cut < whole.length(); cut++) {
            String part = whole.substring(0, cut);
            assertThatThrownBy(() -> OutcomeJson.read(part)).isInstanceOf(MalformedOutcome.class);
        }
    }

    private static void assertRefused(String text, String why) {
        assertThatThrownBy(() -> OutcomeJson.read(text))
                .isInstanceOf(MalformedOutcome.class)
                .hasMessageContaining(why);
    }

    @Example
    void runs_that_differ_in_numbers_alone_failed_for_one_reason() {
        Sweep sweep = new Sweep(List.of(
                outcome(1, Verdict.FAIL, "photo/3 is lost at 2m3s: b365407f2b5a170f67992aa37fd7a3f0", Map.of()),
                outcome(2, Verdict.PASS, "", Map.of()),
                outcome(3, Verdict.INVALID, "a timed park\n  at net.pangea.Wrong", Map.of()),
                outcome(4, Verdict.FAIL, "photo/17 is lost at 41.5s: 0365407f2b5a170f67992aa37fd7a3f1", Map.of()),
                outcome(5, Verdict.FAIL, "photo/3 has wrong bytes", Map.of())));

        assertThat(sweep.causes().stream().map(Cause::what))
                .containsExactly(
                        "always whole {of: photo}: photo/# is lost at #: #",
                        "a timed park",
                        "always whole {of: photo}: photo/# has wrong bytes");
        assertThat(sweep.causes().getFirst().runs().stream().map(Outcome::seed)).containsExactly(1L, 4L);
    }

    @Example
    void a_figure_is_told_with_how_sure_its_mean_is() {
        Spread spread = Spread.of(List.of(5L, 1L, 4L, 2L, 3L));

        assertThat(spread.mean()).isEqualTo(3, within(1e-12));
        assertThat(spread.within()).isEqualTo(1.9632, within(1e-4)); // 2.7764 * sqrt(2.5 / 5)
        assertThat(List.of(spread.least(), spread.median(), spread.most())).containsExactly(1L, 3L, 5L);
        assertThat(Spread.of(List.of(7L)).within()).isZero();
        assertThat(new Sweep(List.of(
                                outcome(1, Verdict.PASS, "", Map.of(Figures.PUTS, 2L, Figures.GETS, 1L)),
                                outcome(2, Verdict.PASS, "", Map.of(Figures.PUTS, 4L))))
                        .figures())
                .hasEntrySatisfying(
                        Figures.PUTS, puts -> assertThat(puts.mean()).isEqualTo(3))
                .hasEntrySatisfying(
                        Figures.GETS, gets -> assertThat(gets.runs()).isOne());
    }
}
