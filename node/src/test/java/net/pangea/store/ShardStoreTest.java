package net.pangea.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.Event;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.RandomStream;
import net.pangea.store.CrashingDisk.PowerCut;
import org.junit.jupiter.api.Test;

class ShardStoreTest {
    private static final Bytes CONTENT = bytes("the bytes of a shard ".repeat(60));
    private static final Sha256 ID = Sha256.of(CONTENT);

    private final CrashingDisk disk = new CrashingDisk();
    private final List<Event> events = new ArrayList<>();

    @Test
    void what_was_kept_is_found_also_after_reopening() throws InterruptedException {
        try (ShardStore store = open()) {
            store.keep(EntryKind.SHARD, ID, CONTENT);
            assertThat(store.find(EntryKind.SHARD, ID)).isEqualTo(new Lookup.Found(CONTENT));
        }
        try (ShardStore store = open()) {
            assertThat(store.find(EntryKind.SHARD, ID)).isEqualTo(new Lookup.Found(CONTENT));
            assertThat(store.has(EntryKind.SHARD, ID)).isTrue();
        }
        assertThat(events.getLast()).isEqualTo(new StoreRecovered(1, 0, 0, 0));
    }

    @Test
    void shards_and_manifests_are_kept_apart() throws InterruptedException {
        try (ShardStore store = open()) {
            store.keep(EntryKind.MANIFEST, ID, CONTENT);

            assertThat(store.find(EntryKind.SHARD, ID)).isEqualTo(new Lookup.Absent());
            assertThat(store.find(EntryKind.MANIFEST, ID)).isEqualTo(new Lookup.Found(CONTENT));
        }
    }

    @Test
    void what_was_acknowledged_survives_a_power_cut_before_any_operation() throws InterruptedException {
        Bytes before = bytes("kept before");
        long operations = operationsOfOneKeep();
        assertThat(operations).isGreaterThan(8);
        int acknowledged = 0;
        for (long cut = 0; cut <= operations; cut++) {
            for (long seed = 0; seed < 40; seed++) {
                CrashingDisk fresh = new CrashingDisk();
                boolean kept = keepUntilPowerCut(fresh, before, cut);
                acknowledged += kept ? 1 : 0;
                fresh.restart(RandomStream.of(seed, "restart"));

                try (ShardStore store = ShardStore.open(fresh, events::add, FaultPoints.NONE)) {
                    assertThat(store.find(EntryKind.SHARD, Sha256.of(before))).isEqualTo(new Lookup.Found(before));
                    Lookup found = store.find(EntryKind.SHARD, ID);
                    if (kept) {
                        assertThat(found).isEqualTo(new Lookup.Found(CONTENT));
                    } else {
                        assertThat(found).isIn(new Lookup.Found(CONTENT), new Lookup.Absent());
                    }
                    assertThat(fresh.paths(ShardStore.TEMPORARY)).isEmpty();
                    store.keep(EntryKind.SHARD, ID, CONTENT);
                    assertThat(store.find(EntryKind.SHARD, ID)).isEqualTo(new Lookup.Found(CONTENT));
                }
            }
        }
        assertThat(acknowledged).isEqualTo(40);
    }

    private static boolean keepUntilPowerCut(CrashingDisk disk, Bytes before, long cut) throws InterruptedException {
        ShardStore store = ShardStore.open(disk, _ -> {}, FaultPoints.NONE);
        store.keep(EntryKind.SHARD, Sha256.of(before), before);
        disk.cutPowerAfter(cut);
        try {
            store.keep(EntryKind.SHARD, ID, CONTENT);
            return true;
        } catch (PowerCut e) {
            return false;
        }
    }

    private static long operationsOfOneKeep() throws InterruptedException {
        CrashingDisk disk = new CrashingDisk();
        ShardStore store = ShardStore.open(disk, _ -> {}, FaultPoints.NONE);
        disk.cutPowerAfter(Long.MAX_VALUE);
        store.keep(EntryKind.SHARD, ID, CONTENT);
        return disk.operations();
    }

    @Test
    void an_entry_that_is_kept_again_after_a_process_crash_is_durable_when_acknowledged() throws InterruptedException {
        long operations = operationsOfOneKeep();
        for (long cut = 0; cut < operations; cut++) {
            for (long seed = 0; seed < 40; seed++) {
                CrashingDisk fresh = new CrashingDisk();
                boolean _ = keepUntilPowerCut(fresh, bytes("kept before"), cut);
                fresh.cutPowerAfter(Long.MAX_VALUE);
                fresh.unlock(); // the process died, the power stayed
                ShardStore.open(fresh, events::add, FaultPoints.NONE).keep(EntryKind.SHARD, ID, CONTENT);
                fresh.restart(RandomStream.of(seed, "restart"));

                try (ShardStore store = ShardStore.open(fresh, events::add, FaultPoints.NONE)) {
                    assertThat(store.find(EntryKind.SHARD, ID)).isEqualTo(new Lookup.Found(CONTENT));
                }
            }
        }
    }

    @Test
    void a_rotten_bit_anywhere_is_noticed_and_keeping_again_repairs() throws InterruptedException {
        try (ShardStore store = open()) {
            for (int offset = 0; offset < EntryFormat.HEADER_BYTES + CONTENT.size(); offset++) {
                store.keep(EntryKind.SHARD, ID, CONTENT);
                disk.rot(ID.hex(), offset);

                assertThat(store.find(EntryKind.SHARD, ID)).isInstanceOf(Lookup.Damaged.class);
                assertThat(store.find(EntryKind.SHARD, ID)).isEqualTo(new Lookup.Absent());
                assertThat(disk.paths(ShardStore.DAMAGED)).hasSize(1);
            }
        }
    }

    @Test
    void a_damaged_header_is_put_aside_when_the_store_is_opened() throws InterruptedException {
        try (ShardStore store = open()) {
            store.keep(EntryKind.SHARD, ID, CONTENT);
        }
        disk.rot(ID.hex(), 20);

        try (ShardStore store = open()) {
            assertThat(events.getLast()).isEqualTo(new StoreRecovered(0, 0, 1, 0));
            assertThat(store.find(EntryKind.SHARD, ID)).isEqualTo(new Lookup.Absent());
        }
    }

    @Test
    void an_intact_entry_under_another_name_is_damaged() throws InterruptedException {
        Sha256 other = Sha256.of(bytes("another"));
        try (ShardStore store = open()) {
            store.keep(EntryKind.SHARD, ID, CONTENT);
            store.keep(EntryKind.SHARD, other, bytes("another"));
            disk.rename(disk.paths(ID.hex()).getFirst(), disk.paths(other.hex()).getFirst());

            assertThat(store.find(EntryKind.SHARD, other)).isInstanceOf(Lookup.Damaged.class);
        }
    }

    @Test
    void a_full_disk_is_refused_by_name_and_leaves_nothing() throws InterruptedException {
        try (ShardStore store = open()) {
            disk.freeBytes(ShardStore.RESERVE_BYTES + 100);

            assertThatThrownBy(() -> store.keep(EntryKind.SHARD, ID, CONTENT))
                    .isInstanceOfSatisfying(
                            StoreFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.FULL));
            assertThat(disk.paths("")).isEmpty();
        }
    }

    @Test
    void two_stores_do_not_share_a_folder() throws InterruptedException {
        try (ShardStore first = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOfSatisfying(
                            DiskFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(DiskFailure.Kind.LOCKED));
            first.keep(EntryKind.SHARD, ID, CONTENT);
        }
        open().close();
    }

    private ShardStore open() throws InterruptedException {
        return ShardStore.open(disk, events::add, FaultPoints.NONE);
    }

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
