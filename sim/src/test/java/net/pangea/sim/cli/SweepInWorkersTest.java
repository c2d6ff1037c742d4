package net.pangea.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.pangea.sim.cluster.simulated.SimExecutor;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep in worker JVMs, each run repeated in a hostile one. */
class SweepInWorkersTest {
    private static final String SCENARIO = """
        pangea: 1
        story: Thirteen machines hold a file, and one dies.
        for: 20s
        params: {size: 9B}
        machines: {node: {count: 13}}
        workload:
          - {at: 1s, put: {as: file, count: 1, size: $size, from: node}}
          - {at: 15s, get: {of: file, choose: each, from: node}}
        faults:
          - {at: 10s, crash: {who: 1 of node}}
        survives: {shards: 4}
        expect: {always: [no-wrong-bytes, acknowledged-retrievable]}
        """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private List<String> traces(String... flags) throws IOException {
        Path file = folder.resolve("story.yaml");
        Path json = folder.resolve("out.json");
        Files.writeString(file, SCENARIO);
        List<String> arguments = new ArrayList<>(
                List.of("run", file.toString(), "--json", json.toString(), "--set", "size=choice 10KiB 11KiB"));
        arguments.addAll(List.of(flags));
        PrintStream told = new PrintStream(out, true, StandardCharsets.UTF_8);

        int exitCode = new CommandLineParser(List.of(new RunCommand(PangeaVerbs.ALL, List.of(new SimExecutor()))))
                .run(arguments, new Terminal(told, told, false));

        assertThat(exitCode).as(out.toString(StandardCharsets.UTF_8)).isZero();
        List<String> traces = new ArrayList<>();
        new ObjectMapper()
                .readTree(Files.readString(json))
                .get("runs")
                .forEach(run -> traces.add(run.get("traceHash").asText()));
        return traces;
    }

    @Test
    void runs_are_the_same_in_workers_and_in_hostile_jvms_as_here() throws IOException {
        List<String> here = traces("--seeds", "1..3");

        assertThat(traces("--seeds", "1..3", "--jobs", "2", "--recheck", "100%"))
                .isEqualTo(here);
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("seed 3 PASS", "3 of 3 runs passed: PASS");
    }
}
