package net.pangea.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values with names, and values from outside. */
class ParametersTest {
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());

    private static final String STORY = """
        pangea: 1
        story: $homes machines for $$5 come and go.
        for: 10m
        params: {homes: 14, mean-stay: 2m, parity: 4, low: 1ms, stays: weibull 0.59 1m, hurt: 3}
        machines: {home: {count: $homes, link: home}}
        network: {links: {home: {latency: "uniform $low..9ms"}}}
        node: {shards: 8+$parity}
        workload:
          - {id: early, at: 5s, put: {as: file, count: 1, size: 1KiB, from: home/0}}
        faults:
          - {churn: {who: $hurt of home, stays: weibull 0.59 $mean-stay, away: $stays}}
        expect: {always: [no-wrong-bytes]}
        """;

    private static final String WRITTEN_OUT = """
        pangea: 1
        story: 14 machines for $$5 come and go.
        for: 10m
        machines: {home: {count: 14, link: home}}
        network: {links: {home: {latency: uniform 1ms..9ms}}}
        node: {shards: 8+4}
        workload:
          - {id: early, at: 5s, put: {as: file, count: 1, size: 1KiB, from: home/0}}
        faults:
          - {churn: {who: 3 of home, stays: weibull 0.59 2m, away: weibull 0.59 1m}}
        expect: {always: [no-wrong-bytes]}
        """;

    private static String resolved(String text, String... settings) {
        return LANGUAGE.read(text, "story.yaml", Settings.of(List.of(settings)))
                .resolve(3)
                .write();
    }

    @Test
    void a_parameter_stands_for_a_value_or_for_a_part_of_one() {
        assertThat(resolved(STORY)).isEqualTo(resolved(WRITTEN_OUT));
        assertThat(LANGUAGE.read(STORY, "story.yaml").story()).isEqualTo("14 machines for $5 come and go.");
    }

    @Test
    void what_is_resolved_reads_as_itself() {
        assertThat(resolved(STORY)).contains("$$5").doesNotContain("params");
        assertThat(LANGUAGE.read(resolved(STORY), "story.yaml").resolve(3).write())
                .isEqualTo(resolved(STORY));
    }

    @Test
    void a_setting_gives_a_parameter_or_a_written_value_another_value() {
        assertThat(resolved(STORY, "homes=20", "mean-stay=3m"))
                .isEqualTo(resolved(WRITTEN_OUT.replace("14", "20").replace("0.59 2m", "0.59 3m")));
        assertThat(resolved(STORY, "machines.home.count=20", "workload.early.at=7s", "for=11m"))
                .isEqualTo(resolved(WRITTEN_OUT
                        .replace("count: 14", "count: 20")
                        .replace("at: 5s", "at: 7s")
                        .replace("10m", "11m")));
        assertThat(resolved(WRITTEN_OUT, "network.links.home.latency=uniform 2ms..3ms"))
                .isEqualTo(resolved(WRITTEN_OUT.replace("1ms..9ms", "2ms..3ms")));
    }

    @Test
    void a_fault_of_a_resolved_file_is_set_by_its_name_although_that_has_dots() {
        String resolved =
                resolved(WRITTEN_OUT.replace("churn: {who: 3 of home", "id: come.go, churn: {who: 3 of home"));
        String id = resolved.replaceAll("(?s).*\\{id: (come\\.go\\.[a-z0-9.-]+), at.*", "$1");

        assertThat(resolved(resolved, "faults." + id + ".at=9m")).contains("{id: " + id + ", at: 9m, ");
    }

    @Test
    void settings_are_written_so_that_a_shell_reads_them_back() {
        assertThat(Settings.of(List.of("a=1h", "b=uniform 1s..2s", "c=it's")).flags())
                .isEqualTo(" --set a=1h --set 'b=uniform 1s..2s' --set 'c=it'\\''s'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "mean-stay=soon | story.yaml:11:41: 'soon' is not a duration; write for example 30ms (--set mean-stay=soon)",
                "homes=2h | story.yaml:5:26: '2h' has a unit or a fraction, and a count is a plain integer; write for"
                        + " example 3 (--set homes=2h)",
                "machines.home.count=none | story.yaml:5:26: 'none' is neither a count nor a distribution; write for"
                        + " example 3 (--set machines.home.count=none)",
                "home=7 | --set home=7: story.yaml has no parameter and no value 'home'; did you mean 'homes'?",
                "nodes.home.count=500 | --set nodes.home.count=500: story.yaml has no parameter and no value"
                        + " 'nodes.home.count'; did you mean 'machines.home.count'?",
                "machines.home=7 | --set machines.home=7: story.yaml has no parameter and no value 'machines.home'",
                "params.homes=7 | --set params.homes=7: story.yaml has no parameter and no value 'params.homes'",
                "workload.early=7 | --set workload.early=7: story.yaml has no parameter and no value 'workload.early'",
                "something-else=7 | its parameters: homes, mean-stay, parity, low, stays, hurt",
                "homes | --set: 'homes' is not NAME=VALUE; write for example --set mean-stay=2h",
                "homes= | --set: 'homes=' is not NAME=VALUE",
                "=homes | --set: '=homes' is not NAME=VALUE",
                "homes=$hurt | --set: 'homes=$hurt' has a '$'; write the value itself",
            })
    void a_wrong_setting_is_told_with_its_flag(String setting, String message) {
        assertThatThrownBy(() -> resolved(STORY, setting))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
    }

    @Test
    void what_is_set_twice_or_is_no_single_line_is_refused() {
        assertThatThrownBy(() -> Settings.of(List.of("a=1", "b=1", "a=2"))).hasMessageContaining("'a' is set twice");
        assertThatThrownBy(() -> Settings.of(List.of("a=1\nfaults: []")))
                .hasMessageContaining("more than one line")
                .hasMessageNotContaining("\n");
        assertThatThrownBy(() -> Settings.of(List.of("a=" + "1".repeat(1_000)))).hasMessageContaining("longer than");
    }
}
