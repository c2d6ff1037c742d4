package net.pangea.sim.cluster.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import net.pangea.machine.Endpoint;
import net.pangea.sim.experiment.NodeStorage;
import net.pangea.sim.experiment.Ruling.Verdict;
import net.pangea.sim.experiment.Storage;
import org.junit.jupiter.api.Test;

/** Checks about what becomes of objects fail on real nodes when what they are about goes wrong, and only then. */
class StorageChecksTest {
    private static final long SEED = 5;
    private static final String FAULTS = "faults: []\n";

    private static final String SCENARIO = """
            pangea: 1
            story: Thirteen machines hold files, of which some are deleted, and what is planted goes wrong.
            for: 40s
            machines: {node: {count: 13}}
            node: {shards: 8+4}
            workload:
              - {every: 1s, until: 6s, put: {as: file, count: 1, size: 16KiB, from: node}}
              - {every: 1s, until: 4s, put: {as: draft, count: 1, size: 1KiB, from: node/0}}
              - {id: calm, every: 500ms, from: 7s, until: 17s, get: {of: file, choose: uniform, from: node}}
              - {id: late, every: 500ms, from: 20s, until: 30s, get: {of: file, choose: uniform, from: node}}
              - {every: 1s, from: 7s, until: 30s, range: {of: file, choose: uniform, size: 5KiB, from: node}}
              - {at: 11s, delete: {of: draft, choose: each}}
              - {at: 13s, renew: {of: file, choose: each, keep: 90d}}
            faults: []
            expect:
              always:
                - no-wrong-bytes
                - acknowledged-retrievable
                - intact-untouched
                - {durable-at-once: {columns: 12}}
                - {never: {event: shard-rejected}}
              finally:
                - deleted-stays-deleted
                - {margin: {of: file, at-least: 12}}
                - {tail: {of: late, median-of: calm, times: 5}}
                - {figure: {name: deletes, above: 2}}
                - {figure: {name: renewals, above: 4}}
                - {reached: {event: lease-changed}}
                - no-leaks
            """;

    private static ScenarioRun.Result run(String fault, Storage storage) throws InterruptedException {
        String faults = fault.isEmpty() ? "" : "faults: [" + fault + "]\n";
        return ScenarioRun.of(SCENARIO.replace(FAULTS, faults), SEED)
                .with(storage)
                .go();
    }

    @Test
    void nothing_planted_nothing_fails() throws Exception {
        ScenarioRun.Result result = run("", NodeStorage::on);

        result.assertOnly();
        assertThat(result.check("finally deleted-stays-deleted").detail()).isEqualTo("all 3 deleted files are gone");
        assertThat(result.findings().figures()).containsEntry("deletes-failed", 0L);
    }

    @Test
    void two_machines_destroyed_are_two_columns_missing_for_good() throws Exception {
        ScenarioRun.Result result = run("{at: 15s, destroy: {who: 2 of holders-of file}}", NodeStorage::on);

        result.assertOnly("finally margin");
        assertThat(result.check("finally margin").detail())
                .startsWith("5 of 5 have fewer than 12 shards of a stripe")
                .contains("with 10");
    }

    @Test
    void a_put_that_is_acknowledged_with_fewer_columns_than_it_should_be_is_early() throws Exception {
        ScenarioRun.Result result = ScenarioRun.of(SCENARIO.replace("columns: 12", "columns: 13"), SEED)
                .go();

        result.assertOnly("always durable-at-once");
        assertThat(result.check("always durable-at-once").detail())
                .startsWith("8 of 8 puts were acknowledged early")
                .endsWith("with 12 shards of a stripe");
    }

    @Test
    void rotten_shards_are_rejected_and_missed() throws Exception {
        ScenarioRun.Result result = run("{at: 15s, rot: {who: 3 of holders-of file, sectors: 200}}", NodeStorage::on);

        result.assertOnly("always never", "finally margin");
        assertThat(result.check("always never").detail()).contains("shard-rejected happened");
    }

    @Test
    void a_machine_that_slept_through_a_deletion_has_to_be_told() throws Exception {
        String asleep = "{at: 10s, crash: {who: node/1, for: 28s}}";

        ScenarioRun.Result justBack = run(asleep, NodeStorage::on);
        ScenarioRun.Result told = ScenarioRun.of(
                        SCENARIO.replace(FAULTS, "faults: [" + asleep + "]\n").replace("for: 40s", "for: 10m"), SEED)
                .go();

        assertThat(justBack.check("finally deleted-stays-deleted").verdict()).isEqualTo(Verdict.FAIL);
        assertThat(justBack.check("finally deleted-stays-deleted").detail()).contains("holds shards of it");
        told.assertOnly();
    }

    @Test
    void a_deletion_that_is_only_said_to_be_done_is_found_out() throws Exception {
        Storage lying = machine -> new Forwarding(NodeStorage.on(machine)) {
            @Override
            public void delete(Endpoint owner, Handle object) {}
        };

        ScenarioRun.Result result = run("", lying);

        result.assertOnly("finally deleted-stays-deleted");
        assertThat(result.check("finally deleted-stays-deleted").detail()).startsWith("3 deleted files came back");
    }

    @Test
    void one_wrong_byte_in_one_range_is_found() throws Exception {
        boolean[] done = new boolean[1];
        Storage flipping = machine -> new Forwarding(NodeStorage.on(machine)) {
            @Override
            public byte[] range(Endpoint node, Handle object, long offset, int length) throws InterruptedException {
                byte[] bytes = super.range(node, object, offset, length);
                if (!done[0] && length > 0) {
                    done[0] = true;
                    bytes[0] ^= 1;
                }
                return bytes;
            }
        };

        run("", flipping).assertOnly("always no-wrong-bytes");
    }

    @Test
    void reads_that_slow_down_have_a_long_tail() throws Exception {
        run("{at: 18s, slow: {who: all, latency: 100ms}}", NodeStorage::on).assertOnly("finally tail");
    }
}
