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
                "for: 10m | for: 10min | 3:6: 'min' is not a unit of a duration; did you mean 'm'?",
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
                "count: 3 | count: 3, only: [0, 3] | 4:65: there is no machine home/3; 'count: 3' makes home/0 to"
                        + " home/2",
                "count: 3 | count: 3, only: [1, 0] | 4:69: 0 comes after 1; write each number once",
                "count: 3 | count: 3, only: [] | 4:65: this leaves no machine; write at least one number",
                "count: 3 | count: 3, only: 2 | 4:65: expected a list of numbers of machines, such as [0, 4, 7], found"
                        + " '2'",
                "count: 3 | count: 3, only: [home/1] | 4:66: 'home/1' is no number of a machine",
                "count: 3 | count: 3, only: [0, 2], each: {1: {zone: a}} | 4:83: there is no machine home/1; it is not"
                        + " among those of 'only'",
                "count: 16, link: lan | count: 30, only: [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] | 8:58:"
                        + " there is no machine 'node/0'; node has 14, node/1 node/2 node/3 node/5",
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
                "{at: 5s, put | {at: 5s, only: [3], put | 8:20: 'only' goes with 'every', which is not here",
                "{at: 5s, put | {every: 5s, times: 3, only: [0, 3], put | 8:33: there is no occurrence 3; with 'times:"
                        + " 3' they are 0 to 2",
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
                "count: 3} | count: 3, nat: conee} | 4:64: 'conee' is no kind of NAT; did you mean 'cone'?",
                "count: 3} | count: 3, nat: choice cone 20% symmetric} | 4:64: 'choice cone 20% symmetric' is not none"
                        + " or cone",
                "count: 3} | count: 3, firewall: deny inbond tcp 4002} | 4:69: 'inbond' is not inbound or outbound;"
                        + " did you mean 'inbound'; a rule is written",
                "count: 3} | count: 3, firewall: {deny: 4002}} | 4:69: expected a list of rules, such as [allow"
                        + " inbound tcp 4002",
                "count: 3} | count: 3, firewall: [drop inbound tcp any]} | 4:70: 'drop' is not allow or deny or"
                        + " reject; a rule is written",
                "count: 3} | count: 3, firewall: deny inbound 4002} | 4:69: 'deny inbound 4002' is not a firewall"
                        + " rule; a rule is written",
                "count: 3} | count: 3, firewall: deny inbound quic 4002} | 4:69: 'quic' is not tcp or udp or tcp+udp;"
                        + " a rule is written",
                "count: 3} | count: 3, firewall: deny inbound tcp 70000} | 4:69: '70000' names no ports; write 4002",
                "count: 3} | count: 3, firewall: deny inbound tcp 5-4} | 4:69: '5-4' is no range of ports; write the"
                        + " lower one first",
                "count: 3} | count: 3, firewall: deny inbound tcp 4001} | 4:69: port 4001 is for users",
                "crash: {who: 2 of node} | firewall: {who: node} | 10:24: firewall needs add or remove",
                "crash: {who: 2 of node} | firewall: {who: node, remove: deny inbound tcp 4002} | 10:44: no firewall"
                        + " has the rule 'deny inbound tcp 4002': none has any",
                "crash: {who: 2 of node} | block-port: {who: node, port: 0} | 10:44: '0' is out of range; a count here"
                        + " is 1 to 65535",
                "crash: {who: 2 of node} | rebind-nat: {who: behind symetric} | 10:32: 'behind' is followed by a kind"
                        + " of NAT, as in 'behind symmetric', not by 'symetric'; did you mean 'symmetric'?",
                "crash: {who: 2 of node} | rebind-nat: {who: behind cone} | 10:32: no machine is behind a NAT box;"
                        + " write under machines",
                "story: A story. | story: &a A story. | 2:8: anchors and aliases",
                "story: A story. | story: !!str A story. | 2:8: tags",
                "story: A story. | story: 'A story. | 2:8: this quote is not closed",
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{big: true, small: {fro: 5m}} | 14:27: this small variant cannot be run: --set fro=5m: bad.yaml has no"
                        + " parameter and no value 'fro'; did you mean 'for'?",
                "{big: true, small: {machines.node.count: 3}} | 14:27: this small variant cannot be run: bad.yaml:",
                "{small: {for: 5m}} | 14:16: only a big scenario has a small variant; write 'big: true' too",
                "{big: true, small: {}} | 14:27: this sets nothing; write what is smaller, such as {homes: 12, length: 10m}",
                "{big: true, small: {for: [5m]}} | 14:33: expected the value of 'for'",
            })
    void a_small_variant_is_known_to_run_when_the_big_one_is_read(String seeds, String message) {
        assertThatThrownBy(() -> LANGUAGE.read(GOOD + "seeds: " + seeds + "\n", "bad.yaml"))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(message);
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
        assertThatThrownBy(() -> LANGUAGE.read("\tx: 1\n", "bad.yaml")).hasMessageContaining("here is a tab");
    }
}
