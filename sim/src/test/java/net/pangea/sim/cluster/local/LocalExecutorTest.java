package net.pangea.sim.cluster.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
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
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.verbs.PangeaVerbs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole runs on real processes. */
@Timeout(120)
class LocalExecutorTest {
    private static final RunSettings SETTINGS = RunSettings.of(Policy.FIFO);

    @TempDir
    private Path parent;

    private static Experiment experiment(Resolved scenario) {
        return new Experiment(scenario, PangeaVerbs.ALL, Inputs.read(scenario));
    }

    @Test
    void plaintext_is_refused_before_anything_is_started() throws IOException {
        Resolved scenario = LocalScenarios.read("""
                pangea: 1
                story: Nothing is encrypted.
                for: 1s
                machines:
                  node: {count: 2}
                node: {shards: 1+1, security: plaintext}
                workload:
                  - {at: 100ms, put: {as: file, count: 1, size: 1KiB, from: node/0}}
                expect: {finally: [no-leaks]}
                """);

        assertThatThrownBy(() -> new LocalExecutor(parent).run(experiment(scenario), SETTINGS, (_, _) -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "node: security: plaintext is for simulations only: write noise or tls in the scenario, or run"
                                + " it on sim");
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "quic"})
    void what_killed_holders_held_comes_back_and_a_power_cut_is_listed_as_not_realised(String transport)
            throws IOException {
        Resolved scenario = LocalScenarios.read("""
            pangea: 1
            story: Two of five holders are killed. Everything comes back.
            for: 6s
            machines:
              node: {count: 5}
            node: {shards: 3+2, transport: TRANSPORT}
            workload:
              - {at: 100ms, put: {as: file, count: 4, size: uniform 1KiB..300KiB, from: node/0}}
              - {at: 5s, get: {of: file, choose: each, from: node}}
            faults:
              - {at: 3500ms, crash: {who: node/0, power: true}}
              - {at: 4s, crash: {who: 2 of holders-of file}}
            survives: {shards: 2}
            expect:
              always: [no-wrong-bytes, acknowledged-retrievable]
              finally: [no-leaks]
            """.replace("TRANSPORT", transport));
        AtomicLong progress = new AtomicLong();

        Execution run = new LocalExecutor(parent)
                .run(experiment(scenario), SETTINGS, (timeNanos, events) -> progress.set(timeNanos));

        assertThat(run.invalid()).isEmpty();
        Findings findings = run.findings().orElseThrow();
        assertThat(findings.checks())
                .hasSize(3)
                .allSatisfy(check ->
                        assertThat(check.verdict()).as(check.toString()).isEqualTo(Ruling.Verdict.PASS));
        assertThat(findings.notRealised()).anySatisfy(line -> assertThat(line).startsWith("crash: a power cut needs"));
        assertThat(findings.faults().getLast().machines()).hasSize(2);
        assertThat(run.traceHash()).isEmpty();
        assertThat(run.events()).isPositive();
        assertThat(run.virtualNanos()).isGreaterThan(scenario.forNanos()).isLessThan(run.wallNanos());
        assertThat(progress.get()).isPositive();
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_node_that_dies_by_itself_fails_the_run_and_its_files_are_kept() throws IOException {
        Resolved scenario = LocalScenarios.three();

        // The first sign of life of a run is used to kill a node that the run knows nothing of.
        Execution run = new LocalExecutor(parent).run(experiment(scenario), SETTINGS, (timeNanos, events) -> {
            if (timeNanos > 0) {
                ProcessHandle.current()
                        .descendants()
                        .filter(child -> child.info().commandLine().orElse("").contains("--name node/1 "))
                        .forEach(child -> assertThat(child.destroyForcibly()).isTrue());
            }
        });

        assertThat(run.findings().orElseThrow().failed()).isTrue();
        assertThat(run.findings().orElseThrow().checks())
                .filteredOn(check -> check.verdict() == Ruling.Verdict.FAIL)
                .singleElement()
                .extracting(CheckResult::detail)
                .asString()
                .startsWith("node/1 ended by itself with exit status 137")
                .contains("kept in " + parent);
        try (Stream<Path> kept = Files.list(parent)) {
            assertThat(kept)
                    .singleElement()
                    .satisfies(
                            folder -> assertThat(folder.resolve("nodes/node/1")).isDirectory());
        }
    }

    @Test
    void a_folder_that_cannot_be_written_is_bad_input_before_anything_runs() {
        Path nowhere = parent.resolve("not-there");

        assertThatThrownBy(() -> new LocalExecutor(nowhere)
                        .run(experiment(LocalScenarios.three()), SETTINGS, (timeNanos, events) -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining(nowhere.toString());
    }

    @Test
    void a_full_disk_is_bad_input_before_anything_runs() {
        assertThatThrownBy(() -> new LocalExecutor(parent, Long.MAX_VALUE)
                        .run(experiment(LocalScenarios.three()), SETTINGS, (timeNanos, events) -> {}))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("local: the disk with " + parent + " is full: ")
                .hasMessageNotContaining("\n");
    }
}
