package net.pangea.sim.cluster.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import net.pangea.machine.Disk;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.sim.experiment.NodeStorage;
import net.pangea.sim.experiment.Ruling.Verdict;
import net.pangea.sim.experiment.Storage;
import net.pangea.sim.experiment.StorageClient;
import net.pangea.sim.experiment.StorageFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every check fails when what it is about goes wrong, in a run that passes when nothing does. */
class ChecksFailTest {
    private static final long SEED = 5;
    private static final String FAULTS = "faults: []\n";
    private static final String FINALLY = "finally: [no-leaks]";

    private static final String SCENARIO = """
            pangea: 1
            story: Thirteen machines hold files, and what is planted goes wrong.
            for: 30s
            machines: {node: {count: 13}}
            node: {shards: 8+4}
            workload:
              - {every: 1s, until: 6s, put: {as: file, count: 1, size: 16KiB, from: node}}
              - {at: 20s, get: {of: file, choose: each, from: node}}
            faults: []
            heal: {at: 25s, within: 5s}
            expect:
              always: [no-wrong-bytes, acknowledged-retrievable]
              eventually: [acknowledged-retrievable]
              finally: [no-leaks]
            """;

    private static ScenarioRun.Result run(String scenario, Storage storage) throws InterruptedException {
        return ScenarioRun.of(scenario.replace(FAULTS, ""), SEED).with(storage).go();
    }

    @Test
    void nothing_planted_nothing_fails() throws Exception {
        ScenarioRun.Result result = run(SCENARIO, NodeStorage::on);

        result.assertOnly();
        assertThat(result.check("always no-wrong-bytes").detail()).isEqualTo("10 reads compared");
    }

    // acknowledged-retrievable

    private static String wiped(int holders) {
        return SCENARIO.replace(
                FAULTS, "faults: [{at: 10s, restart: {who: " + holders + " of holders-of file, disk: lost}}]\n");
    }

    @Test
    void five_of_twelve_holders_wiped_is_a_promise_broken() throws Exception {
        ScenarioRun.Result result = run(wiped(5), NodeStorage::on);

        result.assertOnly("always acknowledged-retrievable", "eventually acknowledged-retrievable");
        assertThat(result.check("always acknowledged-retrievable").detail())
                .contains("reads of acknowledged files failed");
    }

    @Test
    void four_of_twelve_is_what_the_parity_is_for() throws Exception {
        run(wiped(4), NodeStorage::on).assertOnly();
    }

    @Test
    void a_budget_spares_the_fifth() throws Exception {
        ScenarioRun.Result result = run(wiped(5) + "survives: {shards: 4}\n", NodeStorage::on);

        result.assertOnly();
        assertThat(result.findings().faults()).singleElement().satisfies(fault -> {
            assertThat(fault.machines()).hasSize(4);
            assertThat(fault.spared()).hasSize(1);
        });
    }

    @Test
    void machines_that_stay_down_beyond_parity_are_a_promise_broken() throws Exception {
        String down = SCENARIO.replace(FAULTS, "faults: [{at: 10s, crash: {who: 5 of holders-of file, for: 1h}}]\n")
                .replace("heal: {at: 25s, within: 5s}\n", "")
                .replace("eventually", "finally")
                .replace("  " + FINALLY + "\n", "");

        run(down, NodeStorage::on).assertOnly("always acknowledged-retrievable", "finally acknowledged-retrievable");
    }

    @Test
    void a_scenario_in_which_nothing_is_acknowledged_shows_nothing() throws Exception {
        Storage refusing = machine -> new Forwarding(NodeStorage.on(machine)) {
            @Override
            public Handle put(Endpoint node, String name, byte[] content) {
                throw new StorageFailure(StorageFailure.Kind.REFUSED, "no");
            }
        };

        run(SCENARIO, refusing).assertOnly("always acknowledged-retrievable", "eventually acknowledged-retrievable");
    }

    // no-wrong-bytes

    @Test
    void one_flipped_bit_in_one_read_is_wrong_bytes() throws Exception {
        int[] reads = new int[1];
        Storage flipping = machine -> new Forwarding(NodeStorage.on(machine)) {
            @Override
            public byte[] get(Endpoint node, Handle object) throws InterruptedException {
                byte[] bytes = super.get(node, object);
                if (reads[0]++ == 2) {
                    bytes[bytes.length - 1] ^= 1;
                }
                return bytes;
            }
        };

        ScenarioRun.Result result = run(SCENARIO, flipping);

        result.assertOnly("always no-wrong-bytes");
        assertThat(result.check("always no-wrong-bytes").detail()).startsWith("1 of 10 reads gave wrong bytes");
    }

    @Test
    void the_bytes_of_another_file_are_wrong_bytes() throws Exception {
        Map<String, StorageClient.Handle> firsts = new LinkedHashMap<>();
        Storage confusing = machine -> new Forwarding(NodeStorage.on(machine)) {
            @Override
            public byte[] get(Endpoint node, Handle object) throws InterruptedException {
                return super.get(node, firsts.computeIfAbsent("first", _ -> object));
            }
        };

        assertThat(run(SCENARIO, confusing).check("always no-wrong-bytes").verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void fewer_bytes_than_were_put_are_wrong_bytes() throws Exception {
        Storage cutting = machine -> new Forwarding(NodeStorage.on(machine)) {
            @Override
            public byte[] get(Endpoint node, Handle object) throws InterruptedException {
                byte[] bytes = super.get(node, object);
                return Arrays.copyOf(bytes, bytes.length - 1);
            }
        };

        assertThat(run(SCENARIO, cutting).check("always no-wrong-bytes").detail())
                .contains("16383 bytes came back, 16384 were put");
    }

    // no-leaks

    /** What a careless client leaves open. */
    enum Leak {
        CONNECTION {
            @Override
            void make(Machine machine, Endpoint node) throws InterruptedException {
                var _ = machine.network().connect(node);
            }
        },
        LISTENER {
            @Override
            void make(Machine machine, Endpoint node) {
                var _ = machine.network().listen(new Endpoint(address(machine), 0));
            }
        },
        DATAGRAM_SOCKET {
            @Override
            void make(Machine machine, Endpoint node) {
                var _ = machine.network().bind(new Endpoint(address(machine), 0));
            }
        },
        FILE {
            @Override
            void make(Machine machine, Endpoint node) {
                var _ = machine.disk().open("file", Disk.Mode.CREATE);
            }
        },
        LOCK {
            @Override
            void make(Machine machine, Endpoint node) {
                var _ = machine.disk().lock("lock");
            }
        },
        TASK {
            @Override
            @SuppressWarnings("MustBeClosedChecker") // it is to leak
            void make(Machine machine, Endpoint node) {
                Scope scope = machine.tasks().open("leak");
                var _ = scope.start("left behind", () -> {
                    machine.clock().sleep(Duration.ofDays(1));
                    return true;
                });
            }
        };

        abstract void make(Machine machine, Endpoint node) throws InterruptedException;

        private static IpAddress address(Machine machine) {
            return machine.network().addresses().getFirst();
        }
    }

    @ParameterizedTest
    @EnumSource(Leak.class)
    void what_is_left_open_is_a_leak(Leak leak) throws Exception {
        boolean[] made = new boolean[1];
        Storage leaking = machine -> new Forwarding(NodeStorage.on(machine)) {
            @Override
            public byte[] get(Endpoint node, Handle object) throws InterruptedException {
                if (!made[0]) {
                    made[0] = true;
                    leak.make(machine, node);
                }
                return super.get(node, object);
            }
        };

        ScenarioRun.Result result = run(SCENARIO, leaking);

        result.assertOnly("finally no-leaks");
        assertThat(result.check("finally no-leaks").detail())
                .contains("1 left behind")
                .contains(leak.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    // figure

    @ParameterizedTest
    @ValueSource(strings = {"{name: puts, above: 5}", "{name: gets, below: 5}", "{name: get-latency-max, below: 1us}"})
    void a_figure_beyond_its_bound_fails(String figure) throws Exception {
        String bounded = SCENARIO.replace(FINALLY, "finally: [{figure: " + figure + "}]");

        run(bounded, NodeStorage::on).assertOnly("finally figure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{name: puts, above: 4}", "{name: gets, below: 6}", "{name: get-latency-max, below: 1m}"})
    void a_figure_within_its_bound_passes(String figure) throws Exception {
        String bounded = SCENARIO.replace(FINALLY, "finally: [{figure: " + figure + "}]");

        run(bounded, NodeStorage::on).assertOnly();
    }

    // reached

    @Test
    void an_event_that_never_happens_fails_in_the_end_and_is_left_to_the_sweep_before() throws Exception {
        String wanted = SCENARIO.replace(
                FINALLY,
                "sometimes: [{reached: {event: shard-rejected}}]\n  finally: [{reached: {event: shard-rejected}}]");
        String rotten = wanted.replace(FAULTS, "faults: [{at: 10s, rot: {who: all, sectors: 10}}]\n");

        ScenarioRun.Result sound = run(wanted, NodeStorage::on);
        ScenarioRun.Result damaged = run(rotten, NodeStorage::on);

        assertThat(sound.check("finally reached").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(sound.check("sometimes reached").verdict()).isEqualTo(Verdict.UNREACHED);
        assertThat(damaged.check("finally reached").verdict()).isEqualTo(Verdict.PASS);
        assertThat(damaged.check("sometimes reached").verdict()).isEqualTo(Verdict.PASS);
    }
}
