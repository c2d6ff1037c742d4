package net.pangea.sim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Executor;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.FaultReport;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.experiment.Progress;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunCommandTest {
    private static final String SCENARIO = """
        pangea: 1
        story: A story.
        for: 10m
        machines: {node: {count: 16}}
        workload:
          - {at: 1s, put: {as: docs, path: docs, from: node}}
        faults:
          - {at: 2m, crash: {who: 4 of node}}
        expect: {always: [no-wrong-bytes], sometimes: [{reached: {event: shard-rejected}}]}
        seeds: {from: 7, count: 3}
        """;

    private static final String FINGERPRINT = "[0-9a-f]{8}(-[0-9a-f]{8}){3}";

    /** Gives the findings that a test wants, and notes what it was asked. */
    private static final class FakeExecutor implements Executor {
        private final String name;
        private final Set<Policy> policies;
        private final List<Long> seeds = new ArrayList<>();
        private final List<RunSettings> settings = new ArrayList<>();
        private long failingSeed = -1;
        private long invalidSeed = -1;
        private long reachingSeed = 8;

        FakeExecutor(String name, Set<Policy> policies) {
            this.name = name;
            this.policies = policies;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<Policy> policies() {
            return policies;
        }

        @Override
        public boolean traces() {
            return !policies.isEmpty();
        }

        @Override
        public boolean captures() {
            return !policies.isEmpty();
        }

        @Override
        public Execution run(Experiment experiment, RunSettings asked, Progress progress) {
            Resolved scenario = experiment.scenario();
            seeds.add(scenario.seed());
            settings.add(asked);
            progress.at(1_000, 10);
            if (scenario.seed() == invalidSeed) {
                return new Execution(
                        Optional.empty(), "", 5, 6, 7, 8, Optional.of("a timed park\n  at net.pangea.Wrong"));
            }
            Findings findings = new Findings(
                    List.of(
                            new CheckResult(
                                    "always no-wrong-bytes",
                                    "",
                                    scenario.seed() == failingSeed ? Ruling.Verdict.FAIL : Ruling.Verdict.PASS,
                                    "12 reads compared"),
                            new CheckResult(
                                    "sometimes reached",
                                    "{event: shard-rejected}",
                                    scenario.seed() == reachingSeed ? Ruling.Verdict.PASS : Ruling.Verdict.UNREACHED,
                                    "")),
                    List.of(new FaultReport(
                            scenario.faults().getFirst(),
                            List.of("node/1", "node/5"),
                            List.of("node/9"),
                            OptionalLong.empty())),
                    List.of("crash: no power to cut"),
                    Map.of("availability", 999_000L),
                    scenario.write());
            return new Execution(
                    Optional.of(findings), "00ff", 600_000_000_000L, 2_000_000_000L, 4_000_000, 55, Optional.empty());
        }
    }

    @TempDir
    private Path folder;

    private final FakeExecutor sim = new FakeExecutor("sim", EnumSet.allOf(Policy.class));
    private final FakeExecutor local = new FakeExecutor("local", EnumSet.noneOf(Policy.class));
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void write_the_scenario_and_its_files() throws IOException {
        Files.writeString(folder.resolve("story.yaml"), SCENARIO);
        Files.createDirectory(folder.resolve("docs"));
        Files.writeString(folder.resolve("docs/a.txt"), "a");
    }

    private int run(String... arguments) {
        List<String> placed = List.of(arguments).stream()
                .map(argument -> argument.replace("@", folder + "/"))
                .toList();
        Terminal terminal = new Terminal(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false);
        return new CommandLineParser(List.of(new RunCommand(PangeaVerbs.ALL, List.of(sim, local))))
                .run(placed, terminal);
    }

    private String told() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(Files.readString(folder.resolve(name)));
    }

    @Test
    void one_run_is_told_in_full_with_the_line_that_repeats_it() {
        int exitCode = run("run", "@story.yaml", "--policy", "pct");

        assertThat(exitCode).isZero();
        assertThat(sim.seeds).containsExactly(7L);
        assertThat(sim.settings.getFirst().policy()).isEqualTo(Policy.PCT);
        assertThat(told())
                .contains("A story.")
                .contains("2m crash node/1 node/5 (spared: node/9)")
                .contains("not realised on sim: crash: no power to cut")
                .contains("pass  always no-wrong-bytes: 12 reads compared")
                .contains("availability 99.9%")
                .contains("300.0 x real time, 2000000 events/s")
                .contains("PASS (trace 00ff)")
                .containsPattern(
                        "again: ./pangea run .*/story.yaml --seed 7 --policy pct --fingerprint " + FINGERPRINT + "\n")
                .doesNotContain("\r");
        assertThat(err.size()).isZero();
    }

    @Test
    void a_page_is_written_of_a_run_on_any_executor_and_of_a_sweep() throws IOException {
        assertThat(run("run", "@story.yaml", "--seed", "8", "--report", "@run.html"))
                .isZero();
        assertThat(run("run", "@story.yaml", "--on", "local", "--report", "@local.html"))
                .isZero();
        sim.failingSeed = 9;
        assertThat(run("run", "@story.yaml", "--seeds", "7..9", "--report", "@sweep.html"))
                .isEqualTo(1);

        assertThat(folder.resolve("run.html"))
                .content()
                .contains("<title>PASS ")
                .contains("seed 8 ·");
        assertThat(folder.resolve("local.html")).content().contains("on local over tcp");
        assertThat(folder.resolve("sweep.html"))
                .content()
                .contains("<title>FAIL ")
                .contains("2 of 3 runs passed");
        assertThat(told()).contains("report: " + folder.resolve("sweep.html"));
    }

    @Test
    void the_outcome_has_every_field() throws IOException {
        int exitCode = run("run", "@story.yaml", "--seed", "9", "--json", "@out.json");

        JsonNode json = json("out.json");
        assertThat(exitCode).isZero();
        assertThat(json.get("version").asInt()).isEqualTo(4);
        assertThat(json.get("verdict").asText()).isEqualTo("pass");
        assertThat(json.get("seed").asLong()).isEqualTo(9);
        assertThat(json.get("scenario").asText()).endsWith("story.yaml");
        assertThat(json.get("executor").asText()).isEqualTo("sim");
        assertThat(json.get("transport").asText()).isEqualTo("tcp");
        assertThat(json.get("policy").asText()).isEqualTo("fifo");
        assertThat(json.get("fingerprint").asText()).matches(FINGERPRINT);
        assertThat(json.get("traceHash").asText()).isEqualTo("00ff");
        assertThat(json.get("virtualSeconds").asDouble()).isEqualTo(600);
        assertThat(json.get("wallSeconds").asDouble()).isEqualTo(2);
        assertThat(json.get("events").asLong()).isEqualTo(4_000_000);
        assertThat(json.get("messages").asLong()).isEqualTo(55);
        assertThat(json.at("/checks/0/name").asText()).isEqualTo("always no-wrong-bytes");
        assertThat(json.at("/checks/1/verdict").asText()).isEqualTo("unreached");
        assertThat(json.at("/faults/0/machines/1").asText()).isEqualTo("node/5");
        assertThat(json.at("/faults/0/atSeconds").asDouble()).isEqualTo(120);
        assertThat(json.at("/notRealised/0").asText()).isEqualTo("crash: no power to cut");
        assertThat(json.at("/figures/availability-percent").asDouble()).isEqualTo(99.9);
        assertThat(json.get("resolved").asText()).contains("id: crash-1, at: 2m");
        assertThat(json.get("error").asText()).isEmpty();
    }

    @Test
    void a_replay_runs_when_everything_is_as_it_was() throws IOException {
        String fingerprint = fingerprint();

        assertThat(run("run", "@story.yaml", "--seed", "7", "--fingerprint", fingerprint))
                .isZero();
        assertThat(sim.seeds).containsExactly(7L, 7L);
    }

    @Test
    void a_replay_refuses_changed_input_files() throws IOException {
        String fingerprint = fingerprint();
        Files.writeString(folder.resolve("docs/a.txt"), "b");

        assertRefused(fingerprint, "the input files have changed");
    }

    @Test
    void a_replay_refuses_a_changed_scenario() throws IOException {
        String fingerprint = fingerprint();
        Files.writeString(folder.resolve("story.yaml"), SCENARIO.replace("at: 2m", "at: 3m"));

        assertRefused(fingerprint, "the scenario, what --set says, or the seed is another");
    }

    @Test
    void a_replay_refuses_other_code_and_another_jdk() throws IOException {
        String fingerprint = fingerprint();

        assertRefused(
                fingerprint.substring(0, 18) + "00000000-00000000",
                "the code of the node or of the simulator is another; the JDK is another, this is "
                        + Runtime.version());
    }

    private String fingerprint() throws IOException {
        assertThat(run("run", "@story.yaml", "--json", "@out.json")).isZero();
        return json("out.json").get("fingerprint").asText();
    }

    private void assertRefused(String fingerprint, String why) {
        assertThat(run("run", "@story.yaml", "--seed", "7", "--fingerprint", fingerprint))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(": " + why + "; leave --fingerprint out")
                .hasLineCount(1);
        assertThat(sim.seeds).containsExactly(7L);
    }

    @Test
    void a_failed_check_is_exit_code_1_and_an_invalid_run_3() throws IOException {
        sim.failingSeed = 7;
        sim.invalidSeed = 8;

        assertThat(run("run", "@story.yaml")).isEqualTo(1);
        assertThat(run("run", "@story.yaml", "--seed", "8", "--json", "@out.json"))
                .isEqualTo(3);
        assertThat(json("out.json").get("error").asText()).startsWith("a timed park");
        assertThat(json("out.json").get("verdict").asText()).isEqualTo("invalid");
    }

    @Test
    void a_sweep_tells_one_line_a_run_and_its_worst() throws IOException {
        sim.failingSeed = 9;

        int exitCode = run("run", "@story.yaml", "--seeds", "all", "--json", "@out.json");

        assertThat(exitCode).isEqualTo(1);
        assertThat(sim.seeds).containsExactly(7L, 8L, 9L);
        assertThat(told())
                .contains("seed 7 PASS")
                .contains("seed 9 FAIL")
                .containsPattern("again: .*--seed 9 --policy fifo --fingerprint " + FINGERPRINT)
                .contains("sometimes reached {event: shard-rejected}: reached by 1 of 3")
                .contains("2 of 3 runs passed: FAIL");
        assertThat(json("out.json").get("runs")).hasSize(3);
        assertThat(json("out.json").get("verdict").asText()).isEqualTo("fail");
    }

    @Test
    void a_sweep_groups_what_failed_and_says_how_its_figures_lie() throws IOException {
        sim.failingSeed = 9;

        assertThat(run("run", "@story.yaml", "--seeds", "8..9", "--json", "@out.json"))
                .isEqualTo(1);
        assertThat(told())
                .contains("1 run: always no-wrong-bytes: # reads compared\n  seeds 9\n  again: ./pangea run ")
                .contains("availability: mean 99.9% ± 0%, median 99.9%, 99.9% to 99.9%");
        assertThat(json("out.json").at("/causes/0/seeds/0").asLong()).isEqualTo(9);
        assertThat(json("out.json").at("/figures/availability-percent/mean").asDouble())
                .isEqualTo(99.9);
    }

    @Test
    void an_interrupted_sweep_goes_on_with_the_seeds_that_are_missing() throws IOException {
        sim.invalidSeed = 8;
        assertThat(run("run", "@story.yaml", "--seeds", "7..9", "--results", "@r.jsonl"))
                .isEqualTo(3);
        Path results = folder.resolve("r.jsonl");
        Files.writeString(results, "{\"version\":4,\"verd", StandardOpenOption.APPEND); // the computer stopped here
        sim.invalidSeed = -1;
        sim.seeds.clear();

        assertThat(run("run", "@story.yaml", "--seeds", "7..10", "--results", "@r.jsonl", "--json", "@out.json"))
                .isZero();
        assertThat(sim.seeds).containsExactly(8L, 10L);
        assertThat(told()).contains("2 runs are known from " + results).contains("4 of 4 runs passed: PASS");
        assertThat(json("out.json").get("runs")).hasSize(4);
        assertThat(results).content().hasLineCount(4);
    }

    @Test
    void outcomes_of_other_runs_are_not_counted() throws IOException {
        assertThat(run("run", "@story.yaml", "--seeds", "7..8", "--results", "@r.jsonl"))
                .isZero();
        Files.writeString(folder.resolve("story.yaml"), SCENARIO.replace("at: 2m", "at: 3m"));

        assertThat(run("run", "@story.yaml", "--seeds", "7..8", "--results", "@r.jsonl"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("--results: seed 7 in that file is of another run than this would be: the scenario")
                .hasLineCount(1);
        assertThat(sim.seeds).containsExactly(7L, 8L);
    }

    @Test
    void a_folder_is_run_file_by_file_but_for_what_is_big() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), SCENARIO.replace("from: 7, count: 3", "from: 4, count: 2"));
        Files.writeString(folder.resolve("b.yaml"), SCENARIO.replace("from: 7, count: 3", "from: 1, big: true"));
        sim.failingSeed = 9;

        assertThat(run("run", "@", "--seeds", "all", "--results", "@r.jsonl")).isEqualTo(1);
        assertThat(sim.seeds).containsExactly(4L, 5L, 7L, 8L, 9L);
        assertThat(told())
                .contains("FAIL  " + folder + "/a.yaml: 2 runs, 2s each") // 'sometimes' is reached by seed 8 alone
                .contains("FAIL  " + folder + "/story.yaml: 3 runs, 2s each")
                .contains("left out  " + folder + "/b.yaml: one seed takes minutes; --big runs it too");

        sim.seeds.clear();
        assertThat(run("run", "@", "--big", "--seed", "8")).isZero();
        assertThat(sim.seeds).containsExactly(8L, 8L, 8L);

        sim.seeds.clear();
        int _ = run("run", "@", "--seeds", "all", "--results", "@r.jsonl");
        assertThat(sim.seeds).isEmpty(); // each is known of its own file
    }

    @Test
    void a_big_scenario_has_a_small_variant_which_a_folder_takes() throws IOException {
        String big = SCENARIO.replace("from: 7, count: 3", "from: 8, big: true, small: {machines.node.count: 13}");
        Files.writeString(folder.resolve("story.yaml"), big);

        assertThat(run("run", "@")).isZero();
        assertThat(told()).contains("13 machines, ").contains(", with --set machines.node.count=13");
        assertThat(run("run", "@story.yaml", "--small")).isZero();
        assertThat(told()).contains("--set machines.node.count=13 --seed 8");
        assertThat(run("run", "@story.yaml", "--small", "--set", "machines.node.count=14"))
                .isZero();
        assertThat(told()).contains("14 machines, ");
        assertThat(run("run", "@story.yaml")).isZero();
        assertThat(told()).contains("16 machines, ");
    }

    @Test
    void nothing_of_a_folder_is_run_if_one_file_is_wrong() throws IOException {
        Files.writeString(folder.resolve("z.yaml"), SCENARIO.replace("count: 16", "count: many"));

        assertThat(run("run", "@")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("z.yaml:4:").hasLineCount(1);
        assertThat(sim.seeds).isEmpty();
    }

    @Test
    void no_seed_begins_once_the_time_is_over() {
        assertThat(run("run", "@story.yaml", "--seeds", "7..8", "--time", "1ns"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("--time: it was over before a run had begun");
        assertThat(run("run", "@story.yaml", "--seeds", "7..8", "--time", "1h")).isZero();
    }

    @Test
    void a_sweep_that_never_reaches_what_it_should_fails() {
        sim.reachingSeed = 999;

        assertThat(run("run", "@story.yaml", "--seeds", "1..3")).isEqualTo(1);
        assertThat(run("run", "@story.yaml", "--seed", "1")).isZero();
    }

    @Test
    void another_executor_needs_no_policy() {
        assertThat(run("run", "@story.yaml", "--on", "local")).isZero();
        assertThat(local.seeds).containsExactly(7L);
        assertThat(told()).contains("again: ./pangea run " + folder + "/story.yaml --seed 7 --on local --fingerprint ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "run @story.yaml --sed 3 | pangea run has no flag '--sed'; did you mean '--seed'?",
                "run @story.yaml @other.yaml | takes one file",
                "run | pangea run: Missing required parameter: ",
                "rnu @story.yaml | 'rnu' is not a command; did you mean 'run'?",
                "run @story.yaml --seed | Missing required parameter for option '--seed' (N); see pangea run --help",
                "run @story.yaml --seed abc | --seed: 'abc' is not a seed",
                "run @story.yaml --seed 1 --seeds 1..2 | --seed and --seeds do not go together",
                "run @story.yaml --seeds 5..2 | --seeds: 5..2 is empty",
                "run @story.yaml --seeds 5 | --seeds: '5' is not a range; write for example 1..200, or all",
                "run @story.yaml --policy fife | there is no policy 'fife'; did you mean 'fifo'?",
                "run @story.yaml --policy fifo --on local | on local the operating system schedules",
                "run @story.yaml --trace @t.json --on local | local writes no trace",
                "run @story.yaml --pcap @p.pcapng --on local | --pcap: local captures no packets; leave it out",
                "run @story.yaml --pcap @no/p.pcapng | --pcap: there is no folder",
                "run @story.yaml --pcap @docs | is a folder; name a file in it",
                "run @story.yaml --trace @t.json --pcap @docs/../t.json | t.json is named twice",
                "run @story.yaml --pcap @story.yaml | story.yaml is named twice; each file needs a name of its own",
                "run @story.yaml --on sin | there is no executor 'sin'; did you mean 'sim'?",
                "run @story.yaml --report @no/r.html | --report: there is no folder",
                "run @story.yaml --report @docs | --report: ",
                "run @story.yaml --report @o.json --json @o.json | o.json is named twice",
                "run @story.yaml --report @story.yaml | story.yaml is named twice; each file needs a name of its own",
                "run @story.yaml --report @r.html --dry-run | --report: --dry-run runs nothing that there would be to"
                        + " tell of; leave it out",
                "run @story.yaml --parquet @no/p.parquet | --parquet: there is no folder",
                "run @story.yaml --parquet @r.html --report @r.html | r.html is named twice",
                "run @ --parquet @p.parquet | --parquet is of one scenario, and",
                "run @ --report @r.html | --report is of one scenario, and",
                "run @stroy.yaml | does not exist; did you mean",
                "run @story.yaml --json @no/out.json | there is no folder",
                "run @story.yaml --json @docs | is a folder; name a file in it",
                "run @story.yaml --fingerprint 00ff | '00ff' is not a fingerprint; copy it from a line",
                "run @story.yaml --seeds 1..3 --fingerprint 00ff | --fingerprint is that of one run",
                "run @story.yaml --seeds 1..3 --trace @t.json | --trace writes one run",
                "run @story.yaml --seeds 1..3 --pcap @p.pcapng | --pcap writes one run; name it with --seed",
                "run @ --json @out.json | --json is of one scenario, and",
                "run @ --dry-run | is a folder; name a file in it",
                "run @ --small | --small is of one scenario, and",
                "run @story.yaml --small | story.yaml has no small variant; its 'seeds' would say what that sets",
                "run @docs | is a folder without scenarios; theirs are names that end in .yaml",
                "run @story.yaml --big | --big is for a folder; a file that is named is run",
                "run @story.yaml --jobs 2 | --jobs is for several runs; name them with --seeds",
                "run @story.yaml --seed 1 --results @r.jsonl | --results is for several runs",
                "run @story.yaml --seeds 1..3 --jobs 0 | --jobs: '0' is not a number of JVMs from 1 to 256",
                "run @story.yaml --seeds 1..3 --jobs 2 --on local | --jobs: local runs one seed at a time; leave it"
                        + " out",
                "run @story.yaml --seeds 1..3 --recheck 5% | --recheck needs --jobs; write for instance --jobs 2",
                "run @story.yaml --seeds 1..3 --jobs 2 --recheck 5 | --recheck: '5' has no unit",
                "run @story.yaml --seeds 1..3 --jobs 2 --recheck 101% | --recheck: '101%' is not between 0% and 100%",
                "run @story.yaml --seeds 1..3 --time 2 | --time: '2' has no unit",
                "run @story.yaml --seeds 1..3 --time 0s | --time: '0s' is not a time to come; write for instance 2h",
                "run @story.yaml --seeds 1..3 --results @docs/a.txt | a.txt is no file of a sweep; --results names one",
                "run @story.yaml --seeds 1..3 --json @r.json --results @r.json | r.json is named twice",
            })
    void a_mistake_is_one_line_and_nothing_runs(String arguments, String message) {
        int exitCode = run(arguments.split(" "));

        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains(message).hasLineCount(1);
        assertThat(out.size()).isZero();
        assertThat(sim.seeds).isEmpty();
        assertThat(local.seeds).isEmpty();
    }

    @Test
    void a_folder_without_files_is_bad_input_at_its_place() throws IOException {
        Files.delete(folder.resolve("docs/a.txt"));

        assertThat(run("run", "@story.yaml")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("story.yaml:6:36: the folder 'docs' has no files");
    }

    @Test
    void help_names_every_flag() {
        assertThat(run("run", "--help")).isZero();
        assertThat(told())
                .contains("--seed", "--seeds", "--policy", "--on", "--fingerprint", "--json", "--trace", "--pcap")
                .contains("--jobs", "--time", "--recheck", "--limit", "--results");
    }
}
