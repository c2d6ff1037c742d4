package net.pangea.sim.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.pangea.sim.recording.Recording;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.Sweep;
import org.junit.jupiter.api.Test;

class ReportPageTest {
    private static final Pattern DATA =
            Pattern.compile("<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL);

    private static JsonNode data(String page) throws JsonProcessingException {
        Matcher data = DATA.matcher(page);
        assertThat(data.find()).isTrue();
        return new ObjectMapper().readTree(data.group(1));
    }

    /** {@return a page without the library, which is full of markup} */
    private static String ours(String page) {
        return page.replace(Assets.charts(), "");
    }

    @Test
    void a_page_needs_nothing_beside_it() {
        String page =
                ReportPage.of(Samples.outcome(1, true, "calm", List.of()), Samples.recording(16, 4, 48, 3, "calm"));

        assertThat(page).contains(Assets.charts()).contains("default-src 'none'");
        assertThat(ours(page))
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("src=")
                .doesNotContain("innerHTML")
                .doesNotContain("{{");
    }

    @Test
    void the_verdict_the_story_and_what_failed_are_there_without_any_script() {
        String page = ReportPage.of(
                Samples.outcome(3, false, "broken", List.of()), Samples.recording(16, 4, 48, 3, "broken"));

        assertThat(page)
                .contains("<title>FAIL scenarios/broken.yaml</title>")
                .contains("<header class=\"fail\">")
                .contains("<h1>A story: broken</h1>")
                .contains("seed 3 · 16 machines · 1h · 0 faults")
                .contains("<p class=\"problem\">always broken broken: broken 3</p>");
    }

    @Test
    void nothing_that_a_scenario_says_becomes_markup() throws JsonProcessingException {
        String text = Samples.HOSTILE;
        Outcome run = Samples.outcome(3, false, text, Samples.faults(5, 16));

        String page = ours(ReportPage.of(run, Samples.recording(16, 4, 48, 3, text)));
        String sweep = ours(ReportPage.of(Samples.sweep(20, text)));

        assertThat(page)
                .doesNotContain("boom()</script>")
                .doesNotContain("<img")
                .containsOnlyOnce("id=\"data\"");
        assertThat(sweep)
                .doesNotContain("boom()</script>")
                .doesNotContain("<img")
                .containsOnlyOnce("id=\"data\"");
        assertThat(data(page).at("/checks/1/detail").asText()).isEqualTo(text + " 3");
        assertThat(data(page).at("/map/stripes/0/object").asText()).isEqualTo(text + " file-0");
        assertThat(data(page).at("/resolved").asText()).isEqualTo(run.resolved());
        assertThat(data(sweep).at("/causes/0/first").asText()).contains(text);
    }

    @Test
    void all_that_was_recorded_is_there() throws JsonProcessingException {
        Recording recording = Samples.recording(16, 4, 48, 7, "calm");
        JsonNode data = data(ReportPage.of(Samples.outcome(1, true, "calm", Samples.faults(6, 16)), recording));

        assertThat(data.at("/series/widthMs").asDouble()).isEqualTo(15_000);
        data.get("series").properties().stream()
                .filter(column -> column.getValue().isArray())
                .forEach(column -> assertThat(column.getValue())
                        .as(column.getKey())
                        .hasSize(recording.slices().size()));
        assertThat(data.at("/series/margin/239").toString()).isEqualTo("[2,3,4]");
        assertThat(data.at("/series/getLatency/1/0").asDouble()).isEqualTo(80.001);
        assertThat(data.at("/series/putLatency/0").isNull()).isTrue();
        assertThat(data.get("away")).hasSize(7);
        assertThat(data.at("/away/0").toString()).isEqualTo("[0,\"down\",0.0,null]");
        assertThat(data.at("/map/held")).hasSize(48);
        assertThat(data.at("/faults/1/end").asDouble()).isEqualTo(660_000);
        assertThat(data.get("faultsOn")).hasSize(12);
        assertThat(data.at("/turns/0").toString()).isEqualTo("[900000.0,1,\"broken\"]");
        assertThat(data.get("replay").asText()).startsWith("./pangea run scenarios/calm.yaml --seed 1");
    }

    @Test
    void a_run_of_a_thousand_machines_makes_a_page_of_bounded_size() throws JsonProcessingException {
        String page = ReportPage.of(
                Samples.outcome(1, true, "big", Samples.faults(20_000, 1_000)),
                Samples.recording(1_000, 64, 8_000, 6_000, "big"));

        JsonNode data = data(page);
        assertThat(page.length() - Assets.charts().length()).isLessThan(2_500_000);
        assertThat(data.get("faults")).hasSize(4_000);
        assertThat(data.get("faultsLeftOut").asInt()).isEqualTo(16_000);
        assertThat(data.get("faultsOn")).hasSize(6_000);
    }

    @Test
    void a_sweep_groups_failures_and_spreads_figures() throws JsonProcessingException {
        String page = ReportPage.of(Samples.sweep(45, "odd"));

        JsonNode data = data(page);
        assertThat(page).contains("40 of 45 runs passed").contains("seeds 1 to 45");
        assertThat(data.get("causes")).hasSize(1);
        assertThat(data.at("/causes/0/runs").asInt()).isEqualTo(5);
        assertThat(data.at("/causes/0/seeds").toString()).isEqualTo("[9,18,27,36,45]");
        assertThat(data.at("/causes/0/replay").asText()).contains("--seed 9 ");
        assertThat(data.at("/reached").toString())
                .isEqualTo("[[\"sometimes reached {event: never}\",0],[\"sometimes reached {event: x}\",45]]");
        JsonNode same = data.at("/figures/0");
        JsonNode varied = data.at("/figures/3");
        assertThat(same.get("bins")).isEmpty();
        assertThat(varied.get("points")).hasSize(45);
        List<Integer> counts = new ArrayList<>();
        varied.get("bins").forEach(bin -> counts.add(bin.get(2).asInt()));
        assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(45);
    }

    @Test
    void a_sweep_that_fails_though_every_run_passed_says_what_none_has_reached() {
        Sweep sweep = new Sweep(
                List.of(Samples.outcome(1, true, "calm", List.of()), Samples.outcome(2, true, "calm", List.of())));

        assertThat(ReportPage.of(sweep))
                .contains("<header class=\"fail\">")
                .contains("2 of 2 runs passed")
                .contains("no run has reached what it should: sometimes reached {event: never}");
    }

    @Test
    void a_sweep_of_many_seeds_shows_some_and_every_failure() throws JsonProcessingException {
        Sweep sweep = Samples.sweep(5_000, "many");

        JsonNode data = data(ReportPage.of(sweep));

        JsonNode points = data.at("/figures/3/points");
        assertThat(points).hasSize(1_000);
        long failed = 0;
        for (JsonNode point : points) {
            failed += point.get(2).asBoolean() ? 0 : 1;
        }
        assertThat(failed).isEqualTo(555);
        assertThat(data.get("pointsLeftOut").asInt()).isEqualTo(4_000);
    }
}
