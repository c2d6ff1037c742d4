package net.pangea.sim.cluster.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.experiment.CheckResult;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Findings;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.scenario.BadInput;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimExecutorTest {
    private static final String SCENARIO = """
        pangea: 1
        story: Users go on while a fault strikes.
        for: 40s
        machines: {node: {count: 15}}
        workload:
          - {every: 2s, until: 30s, put: {as: file, count: 1, size: 4KiB, from: node}}
          - {every: 2s, from: 1s, until: 35s, get: {of: file, choose: uniform, from: node}}
        faults:
          - {at: 5s, FAULT}
        expect: {always: [no-wrong-bytes, acknowledged-retrievable], finally: [no-leaks]}
        """;

    @TempDir
    private Path folder;

    /** @param faults the lines of the trace that tell of faults */
    private record Traced(Execution execution, List<String> faults) {}

    private Traced run(String scenario) throws IOException {
        Resolved resolved = new Language(PangeaVerbs.ALL.vocabulary())
                .read(scenario, "test.yaml")
                .resolve(1);
        Path trace = folder.resolve("trace");
        Experiment experiment = new Experiment(resolved, PangeaVerbs.ALL, Inputs.read(resolved));
        Execution execution = new SimExecutor()
                .run(
                        experiment,
                        new RunSettings(Policy.FIFO, Optional.of(trace.toString()), Optional.empty()),
                        (_, _) -> {});
        try (Stream<String> lines = Files.lines(trace)) {
            return new Traced(
                    execution,
                    lines.filter(line -> line.contains("\"kind\":\"fault\"")).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/full", "/nowhere/a.pcapng"})
    void a_capture_that_cannot_be_written_is_said_in_one_line(String path) {
        Resolved resolved = new Language(PangeaVerbs.ALL.vocabulary())
                .read(with("fault-points: {who: all, armed: 0%, fire: 0%}"), "test.yaml")
                .resolve(1);
        Experiment experiment = new Experiment(resolved, PangeaVerbs.ALL, Inputs.read(resolved));
        RunSettings settings = new RunSettings(Policy.FIFO, Optional.empty(), Optional.of(path));

        assertThatThrownBy(() -> new SimExecutor().run(experiment, settings, (_, _) -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("--pcap: cannot write " + path + ": ")
                .hasMessageEndingWith("; mend that or leave it out, and run again");
    }

    /** What is modelled above the packet is never made into packets. */
    @Test
    void nodes_may_talk_over_quic_and_then_only_what_clients_say_is_captured() throws IOException {
        String scenario = with("crash: {who: node/3, for: 5s}") + "node: {transport: quic}\n";
        Resolved resolved = new Language(PangeaVerbs.ALL.vocabulary())
                .read(scenario, "test.yaml")
                .resolve(1);
        Path capture = folder.resolve("capture.pcapng");

        Execution run = new SimExecutor()
                .run(
                        new Experiment(resolved, PangeaVerbs.ALL, Inputs.read(resolved)),
                        new RunSettings(Policy.FIFO, Optional.empty(), Optional.of(capture.toString())),
                        (_, _) -> {});

        Findings _ = passed(run);
        byte[] bytes = Files.readAllBytes(capture);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).contains("Nodes talk over QUIC, which is modelled");
        assertThat(conversations(bytes)).containsOnly("protocol 6 with port 4001");
        assertThat(run(scenario).execution().traceHash()).isEqualTo(run.traceHash());
    }

    /** {@return what the packets of a capture are: the protocol above IPv4, and the smaller port} */
    private static Set<String> conversations(byte... capture) {
        int enhancedPacket = 6;
        Set<String> conversations = new TreeSet<>();
        ByteBuffer blocks = ByteBuffer.wrap(capture).order(ByteOrder.LITTLE_ENDIAN);
        while (blocks.hasRemaining()) {
            int at = blocks.position();
            if (blocks.getInt(at) == enhancedPacket) {
                ByteBuffer packet = blocks.slice(at + 28, blocks.getInt(at + 20)); // big-endian
                int port = Math.min(packet.getShort(20) & 0xffff, packet.getShort(22) & 0xffff);
                conversations.add("protocol " + packet.get(9) + " with port " + port);
            }
            blocks.position(at + blocks.getInt(at + 4));
        }
        return conversations;
    }

    private static String with(String fault) {
        return SCENARIO.replace("FAULT", fault);
    }

    private static Findings passed(Execution execution) {
        Findings findings = execution.findings().orElseThrow();
        assertThat(findings.checks()).extracting(CheckResult::verdict).containsOnly(Ruling.Verdict.PASS);
        return findings;
    }

    @ParameterizedTest
    @ValueSource(strings = {"store.keep-twice", "object.spare-early", "node.reply-late"})
    void armed_fault_points_fire_and_nothing_acknowledged_is_lost(String point) throws IOException {
        Traced run = run(with("fault-points: {who: all, armed: 100%, fire: 5%}"));

        assertThat(run.faults()).anyMatch(line -> line.contains("fault point " + point));
        Findings _ = passed(run.execution());
    }

    @Test
    void fault_points_fire_only_while_they_are_armed() throws IOException {
        Traced run = run(with("fault-points: {who: all, armed: 100%, fire: 50%, for: 2s}"));

        assertThat(run.faults().stream().filter(line -> line.contains("fault point ")))
                .isNotEmpty()
                .allMatch(line -> line.matches(".*\"nanos\":[567][0-9]{9},.*"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "partition: {who: node/3, for: 5s} | Cut",
                "slow: {who: node/3, latency: 10ms, for: 5s} | SlowLink",
                "lossy: {who: node/3, loss: 10%, for: 5s} | LossyLink",
                "clock: {who: node/3, jump: 10s} | JumpClock",
                "slow-disk: {who: node/3, latency: 10ms, for: 5s} | SlowDisk",
                "crash: {who: node/3, for: 5s} | Restart",
                "destroy: {who: node/3} | Destroy",
                "io-error: {who: node/3, share: 10%, for: 5s} | DiskErrors",
                "misdirect: {who: node/3, share: 10%, for: 5s} | MisdirectedWrites",
            })
    void every_fault_shows_in_the_trace(String faultAndAction) throws IOException {
        String[] parts = faultAndAction.split(" \\| ", -1);

        Traced run = run(with(parts[0]));

        assertThat(run.faults())
                .anyMatch(line -> line.contains("\"text\":\"" + parts[1] + "[") && line.contains("node/3"));
    }

    @Test
    void churn_is_many_crashes_and_some_destructions() throws IOException {
        Traced run = run(SCENARIO.replace(
                "at: 5s, FAULT",
                "from: 2s, until: 30s, churn: {who: node, stays: exponential 40s, away: 2s, for-ever: 30%}"));

        assertThat(run.faults())
                .anyMatch(line -> line.contains("\"text\":\"Crash["))
                .anyMatch(line -> line.contains("\"text\":\"Restart["))
                .anyMatch(line -> line.contains("\"text\":\"Destroy["));
    }

    @Test
    void the_resolved_run_has_the_same_trace() throws IOException {
        Execution first = run(with("slow: {who: 3 of node, latency: exponential 10ms, for: 5s}"))
                .execution();

        Execution again = run(passed(first).resolved()).execution();

        assertThat(again.traceHash()).isEqualTo(first.traceHash());
    }

    @Test
    void a_fault_waits_for_its_condition_and_the_run_with_its_time_has_the_same_trace() throws IOException {
        Execution first = run(with("crash: {who: node/3, for: 1s}")
                        .replaceFirst("at: [^,]*, crash", "when: {reached: shard-stored}, after: 2s, crash"))
                .execution();
        Findings findings = passed(first);

        Execution again = run(findings.resolved()).execution();

        assertThat(findings.faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.fault().atNanos() % 1_000_000)
                        .as("a drawn part of a millisecond after the event")
                        .isPositive());
        assertThat(findings.resolved()).doesNotContain("when:");
        assertThat(again.traceHash()).isEqualTo(first.traceHash());
    }

    @Test
    void a_fault_whose_condition_never_comes_true_is_told_and_changes_no_trace_of_its_resolved_run()
            throws IOException {
        Execution first = run(with("crash: {who: node/3, for: 1s}")
                        .replaceFirst("at: [^,]*, crash", "when: {reached: moon-landed}, crash"))
                .execution();
        Findings findings = passed(first);

        Execution again = run(findings.resolved()).execution();

        assertThat(findings.faults()).isEmpty();
        assertThat(findings.notRealised())
                .containsExactly("crash-1 when {reached: moon-landed}: that never came true before faults ended");
        assertThat(again.traceHash()).isEqualTo(first.traceHash());
    }

    @Test
    void a_slow_sync_is_slow_for_users() throws IOException {
        String measured = with("crash: {who: node/3}") + "measure: [put-latency p50]\n";

        Findings usual = passed(run(measured).execution());
        Findings slow = passed(run(measured.replace("count: 15", "count: 15, disk: {sync: 100ms}"))
                .execution());

        assertThat(usual.figures().get("put-latency-p50")).isLessThan(50_000_000L);
        assertThat(slow.figures().get("put-latency-p50")).isGreaterThan(200_000_000L);
        assertThat(usual.figures().get("node-bytes-mean"))
                .as("what users stored went to other machines")
                .isGreaterThan(usual.figures().getOrDefault("bytes-stored", 0L) / 15)
                .isLessThanOrEqualTo(usual.figures().getOrDefault("node-bytes-max", 0L));
    }
}
