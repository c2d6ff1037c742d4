package net.pangea.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.pangea.sim.cluster.simulated.SimExecutor;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is around a run: checking the file, seeing what would happen, and running again what an outcome tells of. */
class CommandsTest {
    private static final String SCENARIO = """
        pangea: 1
        story: Three machines come and go.
        for: 20s
        machines: {node: {count: 3}}
        node: {shards: 1+1}
        workload:
          - {every: exponential 2s, until: 10s, put: {as: file, count: 1, size: 1KiB, from: node}}
        faults:
          - {every: exponential 4s, crash: {who: 1 of node, for: 1s}}
        survives: measure
        expect: {finally: [{figure: {name: faults, above: 1}}]}
        """;

    private static final Pattern TRACE = Pattern.compile("\\(trace ([0-9a-f]{32})\\)");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void write_the_scenario() throws IOException {
        Files.writeString(folder.resolve("story.yaml"), SCENARIO);
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
        List<Executor> executors = List.of(new SimExecutor());
        return new CommandLineParser(List.of(
                        new RunCommand(PangeaVerbs.ALL, executors),
                        new CheckCommand(PangeaVerbs.ALL),
                        new ReplayCommand(PangeaVerbs.ALL, executors)))
                .run(placed, terminal);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String complained() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private String trace() {
        Matcher matcher = TRACE.matcher(told());
        assertThat(matcher.find()).as(told()).isTrue();
        return matcher.group(1);
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replace(from, to));
    }

    @Test
    void every_file_is_checked_and_each_mistake_is_one_line() throws IOException {
        Files.writeString(folder.resolve("bad.yaml"), SCENARIO.replace("count: 3", "count: three"));
        Files.writeString(folder.resolve("few.yaml"), SCENARIO.replace("node: {shards: 1+1}\n", ""));
        Files.writeString(folder.resolve("worse.yaml"), SCENARIO.replace("who: 1 of node", "who: 1 of home"));

        assertThat(pangea("check", "@", "@none.yaml")).isEqualTo(2);
        assertThat(told())
                .contains("story.yaml: can be run: 3 machines for 20s, ")
                .hasLineCount(1);
        assertThat(complained())
                .contains("bad.yaml:4:")
                .contains("few.yaml:4:11: 8+4 shards go to 12 distinct machines")
                .contains("worse.yaml:9:")
                .contains("none.yaml does not exist")
                .hasLineCount(4);

        assertThat(pangea("check", "@story.yaml")).isZero();
        assertThat(pangea("check")).isEqualTo(2);
    }

    @Test
    void a_dry_run_prints_a_file_that_gives_the_same_run() throws IOException {
        assertThat(pangea("run", "@story.yaml", "--seed", "5", "--dry-run")).isZero();
        String dry = told();
        assertThat(dry)
                .startsWith("# Seed 5 of ")
                .containsPattern("#   [0-9.]+s  put-1\\.0  put: \\{as: file, count: 1, size: 1KiB, from: node")
                .containsPattern("#   [0-9.]+s  crash-1\\.0  crash: \\{who: 1 of node, ")
                .contains("\npangea: 1\n");
        Files.writeString(folder.resolve("resolved.yaml"), dry);

        assertThat(pangea("run", "@story.yaml", "--seed", "5")).isLessThan(2);
        String trace = trace();
        assertThat(pangea("run", "@resolved.yaml", "--seed", "5")).isLessThan(2);
        assertThat(trace()).isEqualTo(trace);

        assertThat(pangea("run", "@story.yaml", "--seeds", "1..2", "--dry-run")).isEqualTo(2);
        assertThat(complained()).contains("--dry-run is of one run");
    }

    @Test
    void a_replay_is_the_same_run_with_the_same_exit_code() throws IOException {
        int exitCode = pangea("run", "@story.yaml", "--seed", "5", "--json", "@out.json");
        String trace = trace();

        assertThat(pangea("replay", "@out.json", "--trace", "@trace.jsonl")).isEqualTo(exitCode);
        assertThat(trace()).isEqualTo(trace);
        assertThat(told()).contains("the same run as in ");
        assertThat(folder.resolve("trace.jsonl")).isNotEmptyFile();

        edit("out.json", trace, "0".repeat(32));
        assertThat(pangea("replay", "@out.json")).isEqualTo(3);
        assertThat(told()).contains("DIFFERENT: the trace was 0000");

        edit("story.yaml", "size: 1KiB", "size: 2KiB");
        assertThat(pangea("replay", "@out.json")).isEqualTo(2);
        assertThat(complained())
                .contains("this would be another run")
                .contains("the scenario")
                .hasLineCount(1);
    }

    @Test
    void a_run_stops_at_an_event_or_a_time_of_its_trace_and_says_where_it_stands() throws IOException {
        int exitCode = pangea("run", "@story.yaml", "--seed", "5", "--json", "@out.json", "--trace", "@whole.jsonl");
        List<String> whole = Files.readAllLines(folder.resolve("whole.jsonl"));
        int crash = IntStream.range(0, whole.size())
                .filter(index -> whole.get(index).contains("Crash[machine=node/"))
                .findFirst()
                .orElseThrow();
        String machine = whole.get(crash).replaceFirst(".*Crash.machine=(node/[0-9]).*", "$1");

        assertThat(pangea("replay", "@out.json", "--until", "" + crash, "--trace", "@part.jsonl"))
                .isZero();
        assertThat(told())
                .contains("\n  " + whole.get(crash) + "\nup    2: ")
                .contains("\ndown  1: " + machine + "\n")
                .containsPattern("STOPPED at event " + crash + ", [0-9]+ns of virtual time, [0-9]+ns after all nodes");
        assertThat(Files.readAllLines(folder.resolve("part.jsonl")))
                .startsWith(whole.get(0), whole.get(1))
                .hasSizeBetween(crash + 1, crash + 100)
                .isEqualTo(whole.subList(
                        0, Files.readAllLines(folder.resolve("part.jsonl")).size()));

        String nanos = whole.get(crash).replaceFirst(".*\"nanos\":([0-9]+),.*", "$1");
        assertThat(pangea("run", "@story.yaml", "--seed", "5", "--until", nanos + "ns"))
                .isZero();
        assertThat(told()).contains(" of virtual time, ").contains("STOPPED at event ");
        assertThat(pangea("run", "@story.yaml", "--seed", "5", "--until", "1ms"))
                .isZero();
        assertThat(told()).contains(", not all nodes had started (trace so far ");

        assertThat(pangea("replay", "@out.json", "--until", "7d")).isEqualTo(exitCode);
        assertThat(told()).contains("NOT STOPPED: the run was over before");
    }

    @Test
    void places_that_are_none_are_refused_and_so_is_a_break_without_a_debugger() {
        assertThat(pangea("run", "@story.yaml", "--until", "soon")).isEqualTo(2);
        assertThat(complained()).contains("--until: 'soon' is not a duration").hasLineCount(1);
        assertThat(pangea("run", "@story.yaml", "--until", "-1s")).isEqualTo(2);
        assertThat(complained()).contains("is before the run").hasLineCount(1);
        assertThat(pangea("run", "@story.yaml", "--seeds", "1..2", "--until", "1s"))
                .isEqualTo(2);
        assertThat(complained()).contains("--until is of one run").hasLineCount(1);
        assertThat(pangea("run", "@story.yaml", "--json", "@x.json", "--until", "1s"))
                .isEqualTo(2);
        assertThat(complained()).contains("--json: it tells of a whole run").hasLineCount(1);
        assertThat(pangea("run", "@story.yaml", "--break-at", "1s")).isEqualTo(2);
        assertThat(complained())
                .contains("no debugger can stop this JVM; start it with PANGEA_JVM_FLAGS=")
                .hasLineCount(1);
    }

    @Test
    void of_several_runs_the_first_that_failed_is_replayed_or_the_one_that_is_named() throws IOException {
        edit("story.yaml", "above: 1}", "above: 10000}"); // which no seed reaches
        assertThat(pangea("run", "@story.yaml", "--seeds", "3..4", "--results", "@r.jsonl", "--json", "@out.json"))
                .isEqualTo(1);

        assertThat(pangea("replay", "@r.jsonl")).isEqualTo(1);
        assertThat(told()).contains("--seed 3 ");
        assertThat(pangea("replay", "@out.json", "--seed", "4")).isEqualTo(1);
        assertThat(told()).contains("--seed 4 ");
        assertThat(pangea("replay", "@out.json", "--seed", "9")).isEqualTo(2);
        assertThat(complained()).contains("out.json tells of no run of seed 9").hasLineCount(1);
    }

    @Test
    void what_is_set_travels_into_the_replay_line_and_the_outcome() throws IOException {
        edit("story.yaml", "for: 20s", "for: 20s\nparams: {size: 1KiB, gap: exponential 2s}");
        edit("story.yaml", "every: exponential 2s", "every: $gap");
        edit("story.yaml", "size: 1KiB, from", "size: $size, from");
        String[] set = {
            "run", "@story.yaml", "--seed", "5", "--set", "gap=uniform 1s..2s", "--set", "machines.node.count=4"
        };
        assertThat(pangea(append(set, "--json", "@out.json"))).isLessThan(2);
        String trace = trace();
        assertThat(told())
                .contains("4 machines")
                .contains("story.yaml --set 'gap=uniform 1s..2s' --set machines.node.count=4 --seed 5 ");
        String fingerprint = told().replaceAll("(?s).*--fingerprint ([0-9a-f-]+)\\s.*", "$1");

        assertThat(pangea("replay", "@out.json")).isLessThan(2);
        assertThat(trace()).isEqualTo(trace);
        assertThat(pangea(append(set, "--fingerprint", fingerprint))).isLessThan(2);
        assertThat(trace()).isEqualTo(trace);
        assertThat(pangea("run", "@story.yaml", "--seed", "5", "--fingerprint", fingerprint))
                .isEqualTo(2);
        assertThat(complained()).contains("what --set says").hasLineCount(1);

        assertThat(pangea(append(set, "--dry-run"))).isZero();
        Files.writeString(folder.resolve("resolved.yaml"), told());
        assertThat(told()).doesNotContain("params:").contains("machines.node.count=4; nothing was run");
        assertThat(pangea("run", "@resolved.yaml", "--seed", "5")).isLessThan(2);
        assertThat(trace()).isEqualTo(trace);

        assertThat(pangea("check", "@story.yaml", "--set", "size=many")).isEqualTo(2);
        assertThat(complained()).contains("(--set size=many)").hasLineCount(1);
    }

    private static String[] append(String[] arguments, String... more) {
        return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void runs_with_other_settings_are_others_in_a_file_of_results() {
        assertThat(pangea("run", "@story.yaml", "--seeds", "1..2", "--results", "@r.jsonl"))
                .isLessThan(2);
        assertThat(pangea(
                        "run",
                        "@story.yaml",
                        "--seeds",
                        "1..2",
                        "--results",
                        "@r.jsonl",
                        "--set",
                        "machines.node.count=4"))
                .isLessThan(2);
        assertThat(told()).doesNotContain("known from");
        assertThat(pangea(
                        "run",
                        "@story.yaml",
                        "--seeds",
                        "1..2",
                        "--results",
                        "@r.jsonl",
                        "--set",
                        "machines.node.count=4"))
                .isLessThan(2);
        assertThat(told()).contains("2 runs are known from");
    }

    @Test
    void what_cannot_be_replayed_is_refused_with_a_reason() throws IOException {
        assertThat(pangea("replay", "@story.yaml")).isEqualTo(2);
        assertThat(complained()).contains("story.yaml: not JSON").hasLineCount(1);
        assertThat(pangea("replay", "@none.json")).isEqualTo(2);
        assertThat(complained()).contains("cannot read ").hasLineCount(1);

        int _ = pangea("run", "@story.yaml", "--seed", "5", "--json", "@out.json");
        assertThat(pangea("replay", "@out.json", "--trace", "@out.json")).isEqualTo(2);
        assertThat(complained()).contains("out.json is named twice").hasLineCount(1);
        edit("out.json", "\"executor\" : \"sim\"", "\"executor\" : \"cloud\"");
        assertThat(pangea("replay", "@out.json")).isEqualTo(2);
        assertThat(complained()).contains("on 'cloud', which is not here").hasLineCount(1);
        edit("out.json", "cloud", "sim");
        edit("out.json", "\"policy\" : \"fifo\"", "\"policy\" : \"\"");
        assertThat(pangea("replay", "@out.json")).isEqualTo(2);
        assertThat(complained()).contains("the operating system schedules").hasLineCount(1);
    }
}
