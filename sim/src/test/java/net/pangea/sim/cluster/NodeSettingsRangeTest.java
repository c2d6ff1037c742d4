package net.pangea.sim.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.pangea.node.NodeSettings;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a scenario may say of its nodes, nodes accept, and what they refuse, the scenario is refused for. */
class NodeSettingsRangeTest {
    private static Resolved read(String node) {
        String text = """
                pangea: 1
                story: Nothing happens.
                for: 1s
                machines: {node: {count: 12}}
                node: {NODE}
                expect: {finally: [no-leaks]}
                """.replace("NODE", node);
        return new Language(PangeaVerbs.ALL.vocabulary())
                .read(text, "test.yaml")
                .resolve(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connections: 1",
                "connections: 1024",
                "beat: 1s, refresh: 10s",
                "beat: 1d, refresh: 30d",
                "lease: 1m, catalogue: 1s",
                "lease: 3653d, catalogue: 3653d",
                "repair: {grace: 3s, scan: 1s, bandwidth: 10kbit/s, audits: 1}",
                "repair: {grace: 365d, scan: 121d, bandwidth: 1000Gbit/s, audits: 1000000}",
                "store: {quota: 1KiB, unknown: 0B, scrub: 1kbit/s, scrub-every: 1s}",
                "store: {quota: 1000TiB, unknown: 1000TiB, scrub: 100Gbit/s, scrub-every: 3653d}",
                "collect: {every: 1s, after: 0s, uploads: 1m, trash: 0s}",
                "collect: {every: 3653d, after: 3653d, uploads: 3653d, trash: 3653d}"
            })
    void what_a_scenario_may_say_a_node_accepts(String node) {
        assertThat(NodeSettings.parse(read(node).nodeSettings())).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connections: 0",
                "connections: 1025",
                "beat: 25h",
                "refresh: 9s",
                "lease: 3654d",
                "catalogue: 3654d",
                "repair: {grace: 366d}",
                "repair: {bandwidth: 9kbit/s}",
                "store: {scrub: 101Gbit/s}",
                "store: {quota: 1001TiB}",
                "collect: {after: 3654d}"
            })
    void what_no_node_accepts_a_scenario_is_refused_for(String node) {
        assertThatThrownBy(() -> read(node)).isInstanceOf(BadInput.class).hasMessageStartingWith("test.yaml:");
    }
}
