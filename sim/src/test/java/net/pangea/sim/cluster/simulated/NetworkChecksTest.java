package net.pangea.sim.cluster.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks about what passes between nodes fail on real nodes when what they are about goes wrong, and only then. */
class NetworkChecksTest {
    private static final long SEED = 3;

    private static final String SCENARIO = """
        pangea: 1
        story: Machines talk to each other, and somebody listens.
        for: 150s
        machines: {node: {count: 13}, late: {count: 2, starts: 20s}}
        node: {NODE, catalogue: 10s}
        workload:
          - {at: 1s, put: {as: file, path: content, from: node/0}}
          - {every: 5s, until: 12s, put: {as: other, count: 1, size: uniform 1B..200KiB, from: node}}
        faults: [FAULT]
        heal: {at: 90s, within: 1m}
        expect:
          always: [no-plaintext-on-wire, catalogue-moves-on]
          eventually: [routing-converges]
          finally: [no-leaks, {figure: {name: puts, above: 2}}]
        """;

    @TempDir
    private Path folder;

    private ScenarioRun.Result run(String node, String fault, String content) throws Exception {
        write(content);
        String scenario = SCENARIO.replace("NODE", node).replace("[FAULT]", "[" + fault + "]");
        String faults = fault.isEmpty() ? scenario.replace("faults: []\n", "") : scenario;
        return ScenarioRun.of(faults, folder.resolve("test.yaml"), SEED).go();
    }

    private void write(String content) throws IOException {
        Path _ = Files.writeString(folder.resolve("content"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"security: plaintext", "transport: quic"})
    void nothing_planted_nothing_fails(String node) throws Exception {
        ScenarioRun.Result result = run(node, "", "Nobody else is to read that there are words in this file.");

        result.assertOnly();
        assertThat(result.check("always no-plaintext-on-wire").detail())
                .contains("KiB between nodes, without any of")
                .endsWith("pieces of the users' files");
        assertThat(result.check("eventually routing-converges").detail())
                .isEqualTo("all 15 nodes name their closest neighbours");
    }

    @Test
    void content_that_is_on_the_wire_is_found_there_whoever_put_it_there() throws Exception {
        // What peers agree on before anything is secured is readable, and in this file too.
        ScenarioRun.Result result = run("security: noise", "", "/multistream/1.0.0\n");

        result.assertOnly("always no-plaintext-on-wire");
        assertThat(result.check("always no-plaintext-on-wire").detail())
                .contains("were readable")
                .contains("node/");
    }

    @Test
    void who_is_cut_off_to_the_end_is_not_found() throws Exception {
        String cut = "{at: 30s, isolate: {who: node/7, for: 20m}}";
        write("content");

        ScenarioRun.Result result = ScenarioRun.of(
                        SCENARIO.replace("NODE", "security: plaintext")
                                .replace("FAULT", cut)
                                .replace("heal: {at: 90s, within: 1m}\n", "")
                                .replace("eventually", "finally")
                                .replace("  finally: [no-leaks, {figure: {name: puts, above: 2}}]\n", ""),
                        folder.resolve("test.yaml"),
                        SEED)
                .go();

        result.assertOnly("finally routing-converges");
        assertThat(result.check("finally routing-converges").detail()).contains("node/7");
    }
}
