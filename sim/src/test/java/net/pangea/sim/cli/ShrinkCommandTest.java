package net.pangea.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.pangea.sim.cluster.simulated.SimExecutor;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that fails is made smaller, with workers that are processes. */
class ShrinkCommandTest {
    /** What fails needs one put of many; nothing else has to do with it. */
    private static final String SCENARIO = """
        pangea: 1
        story: Nothing must be stored, and much is.
        for: 8s
        machines: {node: {count: 3, clock: {offset: normal 0s 1s}}}
        node: {shards: 1+1, security: plaintext}
        workload:
          - {every: 2s, until: 5s, put: {as: file, count: 2, size: 90KiB, from: node}}
          - {at: 3s, get: {of: file, choose: uniform, from: node}}
        faults:
          - {every: 3s, times: 2, slow: {who: node/1 node/2, latency: 2ms, for: 1s}}
        survives: measure
        expect: {always: [{never: {event: object-stored}}, no-wrong-bytes], finally: [no-leaks]}
        """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void run_the_scenario() throws IOException {
        Files.writeString(folder.resolve("story.yaml"), SCENARIO);
        assertThat(pangea("run", "@story.yaml", "--seed", "3", "--json", "@out.json"))
                .isEqualTo(1);
    }

    private int pangea(String... arguments) {
        out.reset();
        err.reset();
        List<String> placed = List.of(arguments).stream()
                .map(argument -> argument.replace("@", folder + "/"))
                .toList();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        Executor executor = new SimExecutor();
        return new CommandLineParser(List.of(
                        new RunCommand(PangeaVerbs.ALL, List.of(executor)),
                        new ShrinkCommand(PangeaVerbs.ALL, executor)))
                .run(placed, terminal);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replace(from, to));
    }

    @Test
    void a_run_that_fails_becomes_the_smallest_file_that_fails_in_the_same_way() throws IOException {
        assertThat(pangea("shrink", "@out.json", "--out", "@small.yaml", "--jobs", "1"))
                .as(complained())
                .isZero();

        assertThat(complained())
                .contains("repeating 3 machines and a client, ")
                .contains("which fails: check always never {event: object-stored}: object-stored happened # times")
                .contains("nothing more can be taken away: 3 machines and a client, ")
                .contains(" became 2 machines and a client, 0 faults, 1 operation, ");
        String small = Files.readString(folder.resolve("small.yaml"));
        assertThat(small)
                .startsWith("# Shrunk from " + folder + "/story.yaml, seed 3: 3 machines and a client, ")
                .contains("# It fails in the same way: always never {event: object-stored}: object-stored happened")
                .contains("count: 1, size: 1KiB")
                .contains("expect:\n  always: [{never: object-stored}]")
                .doesNotContain("faults:")
                .doesNotContain("clock: {offset: -")
                .doesNotContain("get:");
        String again = small.lines()
                .filter(line -> line.startsWith("# again: ./pangea run "))
                .findFirst()
                .orElseThrow()
                .substring("# again: ./pangea ".length());
        assertThat(told()).contains("again: ./pangea " + again).contains("\nFAIL (trace ");
    }

    @Test
    void a_run_that_comes_out_differently_is_not_searched() throws IOException {
        edit("out.json", "\"traceHash\" : \"", "\"traceHash\" : \"00");
        assertThat(pangea("shrink", "@out.json", "--out", "@small.yaml", "--jobs", "1"))
                .isEqualTo(3);
        assertThat(told()).contains("NOT REPEATED: its trace was 00").hasLineCount(1);
    }

    @Test
    void what_cannot_be_shrunk_is_refused_with_a_reason() throws IOException {
        assertThat(pangea("shrink", "@out.json")).isEqualTo(2);
        assertThat(complained()).contains("write --out FILE").hasLineCount(1);
        assertThat(pangea("shrink", "@out.json", "--out", "@out.json")).isEqualTo(2);
        assertThat(complained()).contains("out.json is named twice").hasLineCount(1);
        assertThat(pangea("shrink", "@out.json", "--out", "@s.yaml", "--runs", "0"))
                .isEqualTo(2);
        assertThat(complained()).contains("--runs: '0' is not a number from 1").hasLineCount(1);
        assertThat(pangea("shrink", "@out.json", "--out", "@s.yaml", "--time", "-1s"))
                .isEqualTo(2);
        assertThat(complained()).contains("is not a time to come").hasLineCount(1);

        String fingerprint = Files.readString(folder.resolve("out.json"))
                .replaceFirst("(?s).*\"fingerprint\" : \"([^\"]*)\".*", "$1");
        edit("out.json", fingerprint, fingerprint.replaceFirst("-[0-9a-f]{8}-([0-9a-f]{8})$", "-00000000-$1"));
        assertThat(pangea("shrink", "@out.json", "--out", "@s.yaml")).isEqualTo(2);
        assertThat(complained())
                .contains("the run cannot be repeated: the code of the node or of the simulator is another")
                .hasLineCount(1);

        String passed = Files.readString(folder.resolve("out.json")).replace("\"fail\"", "\"pass\"");
        Files.writeString(folder.resolve("good.json"), passed);
        assertThat(pangea("shrink", "@good.json", "--out", "@s.yaml")).isEqualTo(2);
        assertThat(complained())
                .contains("seed 3 passed, so there is nothing to shrink")
                .hasLineCount(1);
    }
}
