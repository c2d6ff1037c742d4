package net.pangea.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake is one line: where, what, and what to write instead. */
class BadInputTest {
    private static final Language LANGUAGE = new Language(PangeaVerbs.ALL.vocabulary());

    static final String GOOD = """
        pangea: 1
        story: A story.
        for: 10m
        machines: {node: {count: 16, link: lan}, home: {count: 3}}
        network: {links: {lan: {latency: uniform 1ms..2ms}}, regions: {eu: 12ms}}
        node: {shards: 8+4}
        workload:
          - {at: 5s, put: {as: docs, count: 1, size: 1KiB, from: node/0}}
        faults:
          - {at: 2m, crash: {who: 2 of node}}
        survives: {shards: 4}
        heal: {at: 8m}
        expect: {always: [no-wrong-bytes]}
        """;

    @Test
    void the_scenario_that_is_spoilt_below_is_good() {
        assertThat(LANGUAGE.read(GOOD, "good.yaml").resolve(7).machines()).hasSize(19);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "story: A story. | stroy: A story. | 2:1: 'stroy' is not a key of a scenario; did you mean 'story'?",
                "for: 10m | for: 10 | 3:6: '10' has no unit; a duration is written with one of ns us ms s m h d",
                "for: 10m | for: 10min | 3:6: 'min' is not a unit of a duration; valid here: ns, us, ms, s, m, h, d",
                "for: 10m | for: soon | 3:6: 'soon' is neither a duration nor a distribution",
                "for: 10m | for: 0s | 3:6: '0s' is out of range; a duration here is 1ms to 365d",
                "for: 10m | for: -5m | 3:6: '-5m' is out of range",
                "for: 10m | for: 0.1ns | 3:6: '0.1ns' is finer than a duration can be",
                "for: 10m | for: 999999999999d | 3:6: '999999999999d' is too large",
                "for: 10m | for: uniform 1m..2m | 3:6: this is one value for the whole run",
                "for: 10m | for: [10m] | 3:6: expected a duration such as 30ms, found a list",
                "for: 10m | for: | 3:5: expected a duration such as 30ms, found nothing",
                "count: 3 | count: 3, starts: 10m | 4:67: 'starts: 10m' is too late: the run ends at 10m",
                "link: lan}, home: {count: 3 | link: lan, starts: 1m}, home: {count: 3, starts: 2m | 4:11: every"
                        + " machine starts later than the run, so that nobody is there to join",
                "crash: {who: 2 of node} | throttle: {who: node} | 10:24: throttle needs up or down",
                "crash: {who: 2 of node} | shrink-mtu: {who: node, mtu: 576B} | 10:43: '576B' is out of range; a size"
                        + " here is 1280B to 65535B",
                "crash: {who: 2 of node} | swizzle: {who: node} | 10:23: swizzle needs the key 'for'",
                "pangea: 1 | pangea: 2 | 1:9: '2' is not 1",
                "count: 16, link | count: 1.5, link | 4:26: '1.5' has a unit or a fraction",
                "count: 16, link | cuont: 16, link | 4:19: 'cuont' is not a key of a group of machines; did you mean"
                        + " 'count'?",
                "count: 16, link: lan | link: lan | 4:18: a group of machines needs the key 'count'",
                "link: lan} | link: lna} | 4:36: there is no link 'lna'; did you mean 'lan'?",
                "count: 3 | count: 3, region: eo | 4:67: there is no region 'eo'; did you mean 'eu'?",
                "home: | all: | 4:42: a group cannot be called 'all'",
                "uniform 1ms..2ms | uniform 2ms..1ms | 5:34: the range 2ms..1ms is empty",
                "uniform 1ms..2ms | unifrom 1ms..2ms | 5:34: 'unifrom' is neither a duration nor a distribution; did"
                        + " you mean 'uniform'?",
                "uniform 1ms..2ms | lognormal 4ms | 5:34: this distribution is written 'lognormal MEDIAN SIGMA [max"
                        + " MOST]'",
                "8+4 | 8 | 6:16: '8' is not data+parity",
                "8+4 | 8+0 | 6:16: '8+0' is not data+parity, such as 8+4, both at least 1 and at most 256 in all",
                "8+4 | 0+8 | 6:16: '0+8' is not data+parity",
                "8+4 | 200+57 | 6:16: 200+57 is more than 256 shards",
                "8+4 | 200+56 | 6:16: 200+56 shards go to 256 distinct machines, and there are 19",
                "8+4 | 16+4 | 6:16: 16+4 shards go to 20 distinct machines, and there are 19",
                "{shards: 8+4} | {shards: 8+4, transport: udp} | 6:32: 'udp' is not tcp or quic",
                "{shards: 8+4} | {shards: 8+4, transport: quic, security: tls} | 6:48: 'security' is of connections"
                        + " over TCP",
                "put: | putt: | 8:14: 'putt' is neither a workload nor says when it happens; did you mean 'put'?",
                "{at: 5s, put | {put | 8:5: an entry needs at or every",
                "{at: 2m, crash: {who: 2 of node}} | {at: 2m, churn: {who: node, stays: 1h, away: 1m}} | 10:6: 'at' is"
                        + " not a key of a lasting entry",
                "{at: 2m, crash: {who: 2 of node}} | {churn: {who: holders-of docs, stays: 1h, away: 1m}} | 10:13:"
                        + " this fault is planned before the run",
                "{at: 2m, crash: {who: 2 of node}} | {churn: {who: node, stays: 1ns, away: 1m}} | 10:32: '1ns' is out"
                        + " of range",
                "{shards: 8+4} | {shards: 8+4, repair: {grace: 5}} | 6:37: '5' has no unit",
                "{shards: 8+4} | {shards: 8+4, repiar: {grace: 5m}} | 6:21: 'repiar' is not a key of node; did you"
                        + " mean 'repair'?",
                "{at: 5s, put | {at: 5s, every: 1s, put | 8:21: an entry takes at or every, not both",
                "{at: 5s, put | {at: 5s, times: 3, put | 8:21: 'times' goes with 'every', which is not here",
                "{at: 5s, put | {at: 11m, put | 8:10: 'at: 11m' is too late: the run ends at 10m",
                "count: 1, size: 1KiB | count: 1 | 8:37: 'count' goes with 'size'",
                "count: 1, size: 1KiB | path: nowhere | 8:36: there is no file or folder 'nowhere'",
                "from: node/0 | from: node/16 | 8:58: there is no machine 'node/16'; node has 16, node/0 to node/15",
                "from: node/0 | from: noed | 8:58: there is no group 'noed'; did you mean 'node'?",
                "at: 2m, crash | at: 9m, crash | 10:10: 'at: 9m' is too late: faults heal at 8m",
                "crash: {who | crash: {whom | 10:22: 'whom' is not a key of crash; did you mean 'who'?",
                "who: 2 of node | who: 20 of node | 10:27: '20 of node' asks for 20 of 16 machines; write at most 16",
                "who: 2 of node | who: 2 node | 10:27: a number of machines is written '2 of home'",
                "who: 2 of node | who: holders-of doc | 10:27: nothing is stored as 'doc'; did you mean 'docs'?",
                "who: 2 of node | who: node except node | 10:27: 'node except node' leaves no machine",
                "who: 2 of node} | power: maybe} | 10:29: 'maybe' is neither true nor false",
                "crash: {who: 2 of node} | crash: {who: node, who: home} | 10:33: 'who' is here twice; it is already"
                        + " in line 10",
                "crash: {who: 2 of node} | crash: {who: node}, pause: {who: node} | 10:34: an entry has one verb",
                "at: 2m, crash | every: 1us, crash | 10:13: this happens more than 100000 times",
                "{shards: 4} | {shards: 5} | 11:11: no stripe of 8+4 survives the loss of 5 shards; write at most 4",
                "{shards: 4} | sometimes | 11:11: 'sometimes' is not a budget such as {shards: 4}, or the word measure",
                "heal: {at: 8m} | heal: {at: 11m} | 12:12: faults heal after the run of 10m",
                "no-wrong-bytes | no-wrong-byte | 13:19: there is no check 'no-wrong-byte'; did you mean"
                        + " 'no-wrong-bytes'?",
                "no-wrong-bytes | no-leaks | 13:19: 'no-leaks' does not stand under 'always'; write it under finally",
                "story: A story. | story: &a A story. | 2:8: anchors and aliases",
                "story: A story. | story: !!str A story. | 2:8: tags",
                "story: A story. | story: 'A story. | this is not YAML",
            })
    void a_mistake_is_named_with_its_place_and_a_remedy(String good, String bad, String message) {
        String text = GOOD.replace(good, bad);
        assertThat(text).isNotEqualTo(GOOD);

        BadInput thrown = catchThrowableOfType(BadInput.class, () -> LANGUAGE.read(text, "bad.yaml"));

        assertThat(thrown).as(bad).isNotNull();
        assertThat(thrown).hasMessageContaining(message);
        assertThat(thrown.getMessage()).startsWith("bad.yaml:").doesNotContain("\n");
        assertThat(thrown.mark()).isPresent();
    }

    @Test
    void a_bound_has_the_unit_of_its_figure() {
        String text =
                GOOD.replace("{always: [no-wrong-bytes]}", "{finally: [{figure: {name: availability, above: 99}}]}");

        assertThatThrownBy(() -> LANGUAGE.read(text, "bad.yaml"))
                .hasMessageContaining("bad.yaml:13:")
                .hasMessageContaining("'99' has no unit; a percentage");
    }

    @Test
    void eventually_needs_the_faults_to_heal() {
        String text = GOOD.replace("heal: {at: 8m}\n", "")
                .replace("{always: [no-wrong-bytes]}", "{eventually: [acknowledged-retrievable]}");

        assertThatThrownBy(() -> LANGUAGE.read(text, "bad.yaml")).hasMessageContaining("has no 'heal'");
    }

    @Test
    void a_file_that_is_missing_or_no_text_is_named(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("churn.yaml"), GOOD);
        Files.write(folder.resolve("latin.yaml"), "story: Gr\u00fc\u00df".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> LANGUAGE.readFile(folder + "/chrun.yaml"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("does not exist; did you mean")
                .hasMessageContaining("churn.yaml");
        assertThatThrownBy(() -> LANGUAGE.readFile(folder.toString())).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> LANGUAGE.readFile(folder + "/latin.yaml")).hasMessageContaining("UTF-8");
    }

    @Test
    void hostile_documents_end_in_one_line() {
        assertThatThrownBy(() -> LANGUAGE.read("[".repeat(100_000), "bad.yaml"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("levels deep");
        assertThatThrownBy(() -> LANGUAGE.read("", "bad.yaml")).hasMessageContaining("the file is empty");
        assertThatThrownBy(() -> LANGUAGE.read(GOOD + "---\na: b\n", "bad.yaml"))
                .hasMessageContaining("second document");
        assertThatThrownBy(() -> LANGUAGE.read("\tx: 1\n", "bad.yaml")).hasMessageContaining("not YAML");
    }
}
