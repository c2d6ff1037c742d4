package net.pangea.sim.cluster.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Trace;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.recording.Recorder;
import net.pangea.sim.recording.Recording;
import net.pangea.sim.recording.Slice;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever looks at a run sees the run that nobody looks at. */
class TracingChangesNothingTest {
    private static final long SEED = 11;

    /** Something of everything that enters a trace. */
    private static final String SCENARIO = """
        pangea: 1
        story: A little of everything.
        for: 40s
        machines: {node: {count: 8, clock: {drift: uniform -50ppm..50ppm}}}
        network: {links: {lan: {latency: uniform 1ms..5ms, jitter: exponential 1ms, loss: 1%}}}
        node: {shards: 4+2}
        workload:
          - {every: exponential 2s, until: 30s, put: {as: file, count: 1, size: uniform 1KiB..64KiB, from: node}}
          - {every: exponential 2s, from: 5s, get: {of: file, choose: uniform, from: node}}
        faults:
          - {at: 8s, crash: {who: node/3, power: true, for: 2s}}
          - {at: 12s, partition: {cut: [3 of node, node], for: 5s}}
          - {at: 20s, rot: {who: node/1, sectors: 3}}
          - {at: 22s, slow-cpu: {who: node/2, delay: uniform 1us..1ms, for: 5s}}
        expect: {always: [no-wrong-bytes], finally: [no-leaks]}
        measure: [get-latency p50]
        """;

    private static ScenarioRun.@Nullable Result unobserved;

    @BeforeAll
    static void runUnobserved() throws Exception {
        unobserved = ScenarioRun.of(SCENARIO, SEED).go();
    }

    private static ScenarioRun.Result unobserved() {
        ScenarioRun.Result result = unobserved;
        if (result == null) {
            throw new IllegalStateException("not run");
        }
        return result;
    }

    @Test
    void a_sink_that_reads_every_record_to_its_end_changes_nothing() throws Exception {
        List<Long> indices = new ArrayList<>();
        Trace.Sink greedy = (index, _, _, _, _, _, payload) -> {
            indices.add(index);
            if (payload != null) {
                payload.get(new byte[payload.remaining()]);
            }
        };

        ScenarioRun.Result observed =
                ScenarioRun.of(SCENARIO, SEED).with(greedy).go();

        assertThat(observed.hash()).isEqualTo(unobserved().hash());
        assertThat(observed.findings()).isEqualTo(unobserved().findings());
        assertThat((long) indices.size()).isEqualTo(unobserved().records()).isGreaterThan(1_000);
    }

    @Test
    void observers_of_events_change_nothing() throws Exception {
        List<String> seen = new ArrayList<>();

        ScenarioRun.Result observed = ScenarioRun.of(SCENARIO, SEED)
                .around(world -> {
                    for (int i = 0; i < 3; i++) {
                        world.observe((nanos, machine, event) -> seen.add(nanos + " " + machine + " " + event));
                    }
                })
                .go();

        assertThat(observed.hash()).isEqualTo(unobserved().hash());
        assertThat(seen).hasSizeGreaterThan(300);
    }

    @ParameterizedTest
    @EnumSource(Policy.class)
    void a_trace_file_a_capture_and_progress_change_nothing(Policy policy, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("trace.json");
        Path packets = folder.resolve("packets.pcapng");
        List<Long> progress = new ArrayList<>();
        SimExecutor executor = new SimExecutor();

        Execution plain = executor.run(
                ScenarioRun.experiment(ScenarioRun.resolve(SCENARIO, SEED)), RunSettings.of(policy), (_, _) -> {});
        Execution traced = executor.run(
                ScenarioRun.experiment(ScenarioRun.resolve(SCENARIO, SEED)),
                new RunSettings(policy, Optional.of(file.toString()), Optional.of(packets.toString())),
                (nanos, _) -> progress.add(nanos));

        assertThat(traced.invalid()).isEmpty();
        assertThat(traced.traceHash()).isEqualTo(plain.traceHash());
        assertThat(traced.events()).isEqualTo(plain.events());
        assertThat(Files.readAllLines(file)).hasSizeGreaterThan(1_000);
        assertThat(packets).isNotEmptyFile();
        assertThat(progress).isSorted();
        if (policy == Policy.FIFO) {
            assertThat(plain.traceHash()).isEqualTo(unobserved().hash());
        }
    }

    @Test
    void a_recorder_changes_nothing_and_records_the_same_again() {
        List<Recording> recordings = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Resolved scenario = ScenarioRun.resolve(SCENARIO, SEED);
            Recorder recorder = new Recorder(scenario);
            Experiment experiment = new Experiment(scenario, PangeaVerbs.ALL, new Inputs(Map.of(), ""), recorder);

            Execution recorded = new SimExecutor().run(experiment, RunSettings.of(Policy.FIFO), (_, _) -> {});

            assertThat(recorded.traceHash()).isEqualTo(unobserved().hash());
            recordings.add(recorder.recording());
        }
        Recording recording = recordings.getFirst();
        Map<String, Long> figures = unobserved().findings().figures();
        assertThat(recording).isEqualTo(recordings.getLast());
        assertThat(recording.slices().stream().mapToLong(Slice::gets).sum()).isEqualTo(figures.get("gets"));
        assertThat(recording.slices().stream().mapToLong(Slice::puts).sum()).isEqualTo(figures.get("puts"));
        assertThat(recording.slices()).anyMatch(slice -> slice.margin().isPresent());
        assertThat(recording.away())
                .extracting(Recording.Away::plight)
                .contains(Recording.Plight.DOWN, Recording.Plight.STARTING, Recording.Plight.CUT_OFF);
        assertThat(recording.map().held())
                .hasSizeGreaterThan(recording.map().stripes().size() * 4);
    }

    @Test
    void what_a_check_wants_to_know_changes_nothing() throws Exception {
        String curious = SCENARIO.replace(
                "always: [no-wrong-bytes]",
                "always: [no-wrong-bytes], sometimes: [{reached: {event: shard-rejected}}, {reached: {event:"
                        + " node-stopped}}]");

        ScenarioRun.Result observed = ScenarioRun.of(curious, SEED).go();

        assertThat(observed.findings().checks()).hasSize(4);
        assertThat(observed.hash()).isEqualTo(unobserved().hash());
    }

    @Test
    void another_byte_in_the_trace_is_another_hash() throws Exception {
        ScenarioRun.Result other = ScenarioRun.of(SCENARIO, SEED)
                .around(world ->
                        world.simulation().trace().record(0, Trace.Kind.FAULT, -1, 0, 0, ByteBuffer.allocate(1)))
                .go();

        assertThat(other.hash()).isNotEqualTo(unobserved().hash());
    }
}
