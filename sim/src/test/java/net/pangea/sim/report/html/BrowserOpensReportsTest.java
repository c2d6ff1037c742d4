package net.pangea.sim.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets a real browser open pages, where Chromium is installed; in CI it has to be. */
class BrowserOpensReportsTest {
    private static final List<String> PLOTS = List.of(
            "timeline",
            "availability",
            "margin",
            "shards",
            "machines",
            "repair",
            "get-latency",
            "put-latency",
            "hops",
            "users",
            "effort",
            "map");

    private static final String HOVER = "[['timeline', 1], ['margin', 0], ['map', 0]]";

    @TempDir
    private Path folder;

    private Browser.Seen open(String page, String hover) throws IOException, InterruptedException {
        Optional<Browser> browser = Browser.find(folder);
        boolean mustBe = "true".equals(System.getenv("CI"));
        assumeTrue(browser.isPresent() || mustBe, "the command chromium is not installed");
        assertThat(browser).as("Chromium: install the package chromium").isPresent();
        Browser.Seen seen = browser.orElseThrow().open(page, hover);
        assertThat(seen.console()).isEmpty();
        assertThat(seen.answer().get("heard")).isEmpty();
        assertThat(seen.answer().get("booms").asInt()).isZero();
        seen.answer()
                .get("painted")
                .properties()
                .forEach(chart -> assertThat(chart.getValue().asLong())
                        .as("painted pixels of " + chart.getKey())
                        .isGreaterThan(1_000));
        return seen;
    }

    private static long values(JsonNode series) {
        long sum = 0;
        for (JsonNode one : series) {
            sum += one.asLong();
        }
        return sum;
    }

    @Test
    void a_run_of_a_thousand_machines_and_an_hour_opens_with_all_its_plots() throws Exception {
        String page = ReportPage.of(
                Samples.outcome(1, true, "big", Samples.faults(4_000, 1_000)),
                Samples.recording(1_000, 64, 8_000, 6_000, "big"));

        JsonNode answer = open(page, HOVER).answer();

        JsonNode charts = answer.get("charts");
        assertThat(charts.properties()).extracting(Map.Entry::getKey).containsExactlyElementsOf(PLOTS);
        charts.properties()
                .forEach(chart ->
                        assertThat(values(chart.getValue())).as(chart.getKey()).isGreaterThan(100));
        assertThat(charts.at("/timeline/1").asInt()).isEqualTo(6_000);
        assertThat(answer.at("/hovered/timeline").asText()).startsWith("node/").contains("cut off");
        assertThat(answer.at("/hovered/margin").asText())
                .contains("worst twentieth")
                .contains("median");
        assertThat(answer.at("/hovered/map").asText()).contains("shard").contains("alive");
        assertThat(answer.at("/words").asText())
                .contains("always no-wrong-bytes")
                .contains("Left out, since there are so many: 77");
        // Wanted are less than three seconds; others use the processor too, so it is told and not judged.
        System.out.println("a page of 1,000 machines opened in "
                + Math.round(answer.get("openedMs").asDouble()) + " ms");
    }

    @Test
    void what_a_scenario_says_stays_words() throws Exception {
        String text = Samples.HOSTILE;
        String page = ReportPage.of(
                Samples.outcome(3, false, text, Samples.faults(6, 16)), Samples.recording(16, 4, 48, 3, text));

        JsonNode answer = open(page, "[['map', 0]]").answer();

        assertThat(answer.get("words").asText()).contains("<img src=x onerror=boom()>");
        assertThat(answer.at("/hovered/map").asText()).contains("</script>");
    }

    @Test
    void a_sweep_shows_its_causes_and_how_figures_lie() throws Exception {
        JsonNode answer = open(ReportPage.of(Samples.sweep(200, "odd")), "[['figure-get-latency-p50', 0]]")
                .answer();

        JsonNode charts = answer.get("charts");
        assertThat(charts.at("/figure-availability/0").asInt()).isEqualTo(178);
        assertThat(charts.at("/figure-availability/1").asInt()).isEqualTo(22);
        assertThat(values(charts.get("figure-get-latency-p50"))).isGreaterThan(200);
        assertThat(answer.get("words").asText())
                .contains("22 runs")
                .contains("--seed 9 ")
                .contains("none: it fails the sweep")
                .contains("200 of 200")
                .contains("± 95 %");
        assertThat(answer.at("/hovered/figure-get-latency-p50").asText())
                .contains("seed 4")
                .contains("ms");
    }
}
