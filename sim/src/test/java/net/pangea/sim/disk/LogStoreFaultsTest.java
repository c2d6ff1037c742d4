package net.pangea.sim.disk;

import static net.pangea.sim.disk.StoreOnDisk.content;
import static net.pangea.sim.disk.StoreOnDisk.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.RandomStream;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.Lookup;
import net.pangea.store.ScrubReport;
import net.pangea.store.StoreFailure;
import net.pangea.store.StoreSettings;
import org.junit.jupiter.api.Test;

/** Every fault of a simulated disk, under a store. */
class LogStoreFaultsTest {
    private static final int KEYS = 16;
    private static final Optional<EntryKey> FROM_THE_START = Optional.empty();

    /** What a store was told to keep, with what it may hold after failures. */
    private static final class Told {
        private final Map<EntryKey, Set<Lookup>> possible = new TreeMap<>();
        private final RandomStream random;
        private long contents;
        private int failures;
        private int done;

        Told(long seed) {
            random = RandomStream.of(seed, "told");
            for (int i = 0; i < KEYS; i++) {
                possible.put(key(i), new LinkedHashSet<>(Set.of(new Lookup.Absent())));
            }
        }

        void some(StoreOnDisk on, int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                one(on);
            }
        }

        void one(StoreOnDisk on) throws InterruptedException {
            EntryKey key = key(random.nextInt(KEYS));
            switch (random.nextInt(8)) {
                case 0 -> tell(key, new Lookup.Absent(), () -> on.store.remove(key));
                case 1 -> attempt(() -> on.store.compact());
                default -> {
                    Bytes content = content(random.nextInt(2500), contents++);
                    tell(key, new Lookup.Found(content), () -> on.store.keep(key, content));
                }
            }
        }

        private interface Call {
            void run() throws InterruptedException;
        }

        private void tell(EntryKey key, Lookup outcome, Call call) throws InterruptedException {
            if (attempt(call)) {
                possible.put(key, new LinkedHashSet<>(Set.of(outcome)));
            } else {
                possible.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(outcome);
            }
        }

        private boolean attempt(Call call) throws InterruptedException {
            try {
                call.run();
                done++;
                return true;
            } catch (StoreFailure e) {
                assertThat(e.kind()).isEqualTo(StoreFailure.Kind.BROKEN);
                failures++;
                return false;
            }
        }

        void assertKept(StoreOnDisk on, String when) {
            possible.forEach((key, outcomes) ->
                    assertThat(on.store.find(key)).as("%s %s", key, when).isIn(outcomes));
        }

        /** Whatever else, never bytes that were not the last ones told. */
        int lost(StoreOnDisk on) {
            int lost = 0;
            for (Map.Entry<EntryKey, Set<Lookup>> entry : possible.entrySet()) {
                Lookup found = on.store.find(entry.getKey());
                if (!entry.getValue().contains(found)) {
                    assertThat(found).isNotInstanceOf(Lookup.Found.class);
                    lost++;
                }
            }
            return lost;
        }
    }

    @Test
    void failed_writes_and_syncs_lose_nothing_that_was_acknowledged() throws InterruptedException {
        int failures = 0;
        int done = 0;
        for (long seed = 1; seed <= 150; seed++) {
            DiskProfile failing =
                    new DiskProfile(_ -> 0, _ -> 0, Long.MAX_VALUE, TestDisk.CAPACITY_BYTES, 0, 60_000, 250_000);
            StoreOnDisk on = reopenable(seed, failing);
            Told told = new Told(seed);
            for (int round = 0; round < 4; round++) {
                told.some(on, 12);
                told.assertKept(on, "while it runs, seed " + seed);
                crash(on, seed + round);
                told.assertKept(on, "after a crash, seed " + seed);
            }
            failures += told.failures;
            done += told.done;
        }
        assertThat(failures).isGreaterThan(20);
        assertThat(done).isGreaterThan(5000);
    }

    private static void crash(StoreOnDisk on, long kind) {
        boolean open = false;
        boolean process = kind % 3 == 0;
        while (!open) {
            try {
                if (process) {
                    on.killProcess();
                } else {
                    on.cutPower();
                }
                open = true;
            } catch (DiskFailure e) {
                assertThat(e.kind()).isEqualTo(DiskFailure.Kind.IO_ERROR); // opening is tried again
                process = false;
            }
        }
    }

    private static StoreOnDisk reopenable(long seed, DiskProfile profile) {
        for (long attempt = 0; ; attempt++) {
            try {
                return new StoreOnDisk(seed, StoreOnDisk.SMALL, new TestDisk(seed + 1000 * attempt, profile));
            } catch (DiskFailure e) {
                assertThat(attempt).isLessThan(50);
            }
        }
    }

    @Test
    void a_failed_read_gives_damaged_and_later_the_bytes() throws InterruptedException {
        StoreOnDisk on = new StoreOnDisk(3);
        Told told = new Told(3);
        told.some(on, 40);
        on.disk.faults.ioErrorPerMillion(500_000);
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < 200; i++) {
            EntryKey key = key(i % KEYS);
            Lookup found = on.store.find(key);
            seen.add(found.getClass().getSimpleName());
            if (!(found instanceof Lookup.Damaged)) {
                assertThat(found).isIn(told.possible.get(key));
            }
        }
        assertThat(seen).contains("Found", "Damaged");
        on.disk.faults.heal();
        told.assertKept(on, "after the errors");
        assertThat(on.store.scrub(Long.MAX_VALUE).damaged()).isEmpty();
    }

    @Test
    void sectors_that_cannot_be_read_at_the_start_are_not_forgotten_for_good() throws InterruptedException {
        int unreadable = 0;
        for (long seed = 1; seed <= 60; seed++) {
            StoreOnDisk on = new StoreOnDisk(seed);
            Told told = new Told(seed);
            told.some(on, 30);
            on.store.close();
            DiskProfile failing =
                    new DiskProfile(_ -> 0, _ -> 0, Long.MAX_VALUE, TestDisk.CAPACITY_BYTES, 700_000, 0, 0);
            // The same contents under a device that fails to read.
            on.disk.profile(failing);
            crash(on, 1);
            unreadable += on.lastRecovery().quarantined() > 0 ? 1 : 0;
            on.store.close();
            on.disk.profile(DiskProfile.instant(TestDisk.CAPACITY_BYTES));
            on.killProcess();
            told.assertKept(on, "when it can be read again, seed " + seed);
        }
        assertThat(unreadable).isPositive();
    }

    @Test
    void a_lost_sync_loses_at_most_what_came_after_the_last_good_one() throws InterruptedException {
        int lost = 0;
        for (long seed = 1; seed <= 150; seed++) {
            StoreOnDisk on = new StoreOnDisk(seed);
            Told told = new Told(seed);
            told.some(on, 20);
            on.reopen(); // all of it is closed and synced
            Map<EntryKey, Set<Lookup>> before = new TreeMap<>(told.possible);
            on.disk.faults.loseSync(true);
            Set<EntryKey> touched = new LinkedHashSet<>();
            for (int i = 20; i < 28; i++) {
                touched.add(key(i));
                on.store.keep(key(i), content(900, i));
            }
            on.disk.faults.heal();
            on.cutPower();
            before.forEach((key, outcomes) -> assertThat(on.store.find(key)).isIn(outcomes));
            for (EntryKey key : touched) {
                Lookup found = on.store.find(key);
                if (found instanceof Lookup.Found(Bytes content)) {
                    assertThat(content.size()).isEqualTo(900);
                } else {
                    lost++;
                }
            }
            on.store.keep(key(20), content(5, 5));
            assertThat(on.store.find(key(20))).isEqualTo(new Lookup.Found(content(5, 5)));
        }
        assertThat(lost).isPositive();
    }

    @Test
    void a_misdirected_write_gives_no_wrong_bytes_and_what_it_spoils_is_noticed() throws InterruptedException {
        int lost = 0;
        for (long seed = 1; seed <= 200; seed++) {
            StoreOnDisk on = new StoreOnDisk(seed);
            Told told = new Told(seed);
            told.some(on, 20);
            on.disk.faults.misdirectPerMillion(150_000);
            told.some(on, 10);
            on.disk.faults.heal();
            int lostNow = told.lost(on);
            assertThat(on.store.scrub(Long.MAX_VALUE).damaged())
                    .as("seed " + seed)
                    .hasSize(lostNow);
            on.store.close();
            on.killProcess();
            for (Map.Entry<EntryKey, Set<Lookup>> entry : told.possible.entrySet()) {
                Lookup found = on.store.find(entry.getKey());
                if (!entry.getValue().contains(found)) {
                    // An older content or none only where the store has told of damage.
                    assertThat(found instanceof Lookup.Damaged
                                    || on.lastRecovery().quarantined() > 0)
                            .as("seed %d, %s", seed, entry.getKey())
                            .isTrue();
                    lost++;
                }
            }
        }
        assertThat(lost).isPositive();
    }

    @Test
    void one_rotten_sector_costs_at_most_one_entry_which_is_named_and_never_gives_old_bytes()
            throws InterruptedException {
        int damaged = 0;
        for (long seed = 1; seed <= 400; seed++) {
            boolean hints = seed % 2 == 0;
            StoreOnDisk on = new StoreOnDisk(seed);
            Told told = new Told(seed);
            told.some(on, 30);
            on.store.close();
            if (!hints) {
                on.raw().list("store").stream()
                        .filter(name -> name.endsWith(".hint"))
                        .forEach(name -> on.raw().delete("store/" + name));
            }
            List<Damage> rot = on.disk.image.rot(1, on.disk.cuts);
            on.killProcess();
            int lost = told.lost(on);
            damaged += lost;
            assertThat(lost).as("seed %d: %s", seed, rot).isLessThanOrEqualTo(1);
            ScrubReport report = on.store.scrub(Long.MAX_VALUE);
            assertThat(report.damaged()).as("seed %d: %s", seed, rot).hasSize(lost);
            for (EntryKey key : report.damaged()) {
                assertThat(on.store.find(key)).isInstanceOf(Lookup.Damaged.class);
                assertThat(on.store.has(key)).isFalse();
                compactAll(on);
                assertThat(on.store.find(key)).isInstanceOf(Lookup.Damaged.class);
                on.reopen();
                assertThat(told.lost(on)).as("seed %d: %s", seed, rot).isEqualTo(1);
                on.store.keep(key, content(10, 1));
                assertThat(on.store.find(key)).isEqualTo(new Lookup.Found(content(10, 1)));
            }
        }
        assertThat(damaged).isGreaterThan(100);
    }

    private static void compactAll(StoreOnDisk on) throws InterruptedException {
        boolean more = true;
        while (more) {
            more = on.store.compact();
        }
    }

    @Test
    void much_rot_hides_no_intact_entry_for_which_a_header_or_a_summary_is_left() throws InterruptedException {
        for (long seed = 1; seed <= 100; seed++) {
            StoreOnDisk on = new StoreOnDisk(seed);
            Map<EntryKey, Bytes> kept = new LinkedHashMap<>();
            for (int i = 0; i < 40; i++) {
                kept.put(key(i), content(1200, i));
                on.store.keep(key(i), content(1200, i));
            }
            on.store.close();
            on.disk.image.rot(6, on.disk.cuts);
            on.killProcess();
            int lost = 0;
            for (Map.Entry<EntryKey, Bytes> entry : kept.entrySet()) {
                switch (on.store.find(entry.getKey())) {
                    case Lookup.Found(Bytes content) -> assertThat(content).isEqualTo(entry.getValue());
                    case Lookup.Damaged _, Lookup.Absent _ -> lost++;
                }
            }
            assertThat(lost).isLessThanOrEqualTo(6);
        }
    }

    @Test
    void rot_in_the_middle_is_told_from_a_write_that_was_cut_off() throws InterruptedException {
        int unfinished = 0;
        for (long seed = 1; seed <= 60; seed++) {
            StoreOnDisk on =
                    new StoreOnDisk(seed, StoreSettings.DEFAULT, new TestDisk(seed, DiskProfile.instant(1L << 34)));
            for (int i = 0; i < 10; i++) {
                on.store.keep(key(i), content(3000, i));
            }
            on.disk.crashAtPause = on.disk.pauses + 3; // in the middle of a write that takes two
            assertThatThrownBy(() -> on.store.keep(key(10), content(30_000, 10)))
                    .isInstanceOf(TestDisk.Crashed.class);
            flip(on, 3 * 512 + 100); // in the content of the first entry
            flip(on, 512 + 3 * 3584 + 20); // in the header of a later one
            on.cutPower();

            assertThat(on.lastRecovery().quarantined()).as("seed " + seed).isEqualTo(1);
            unfinished += (int) on.lastRecovery().unfinished();
            int damaged = on.store.scrub(Long.MAX_VALUE).damaged().size();
            assertThat(damaged).as("seed " + seed).isEqualTo(2);
            assertThat(on.store.list(EntryKind.SHARD, Bytes.EMPTY, FROM_THE_START, 100))
                    .hasSizeBetween(10, 11);
        }
        assertThat(unfinished).isBetween(10, 60);
    }

    private static void flip(StoreOnDisk on, long offset) {
        on.disk.faults.heal();
        on.disk.crashAtPause = Long.MAX_VALUE;
        try (var file = on.raw().open("store/0000000001.log", Disk.Mode.WRITE)) {
            ByteBuffer one = ByteBuffer.allocate(1);
            assertThat(file.read(offset, one)).isEqualTo(1);
            one.put(0, (byte) (one.get(0) ^ 4)).flip();
            file.write(offset, one);
            file.sync();
        }
    }

    @Test
    void a_full_disk_refuses_by_name_keeps_what_it_has_and_lets_entries_be_removed() throws InterruptedException {
        for (long seed = 1; seed <= 40; seed++) {
            StoreOnDisk on = new StoreOnDisk(seed);
            List<EntryKey> keys = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                keys.add(key(i));
                on.store.keep(key(i), content(1500, i));
            }
            on.disk.faults.full(true);

            assertThatThrownBy(() -> on.store.keep(key(1), content(1500, 77)))
                    .isInstanceOfSatisfying(
                            StoreFailure.class, e -> assertThat(e.kind()).isEqualTo(StoreFailure.Kind.FULL));
            on.store.removeAll(keys.subList(0, 3));
            on.store.trash(keys.subList(3, 5), 1);
            on.cutPower();

            assertThat(on.store.list(EntryKind.SHARD, Bytes.EMPTY, FROM_THE_START, 100))
                    .isEqualTo(keys.subList(5, 20));
            assertThat(on.store.trashed(FROM_THE_START, 10)).hasSize(2);
            assertThat(on.store.freeBytes()).isZero();
            on.disk.faults.heal();
            on.store.keep(key(1), content(1500, 78));
            on.reopen();
            assertThat(on.store.find(key(1))).isEqualTo(new Lookup.Found(content(1500, 78)));
        }
    }

    @Test
    void a_write_for_which_the_room_runs_out_leaves_nothing_whenever_the_power_goes() throws InterruptedException {
        int refusals = 0;
        for (long seed = 1; seed <= 120; seed++) {
            // The store believes that there is room; the device has less.
            TestDisk disk = new TestDisk(seed, DiskProfile.instant(64 << 10));
            StoreOnDisk on = new StoreOnDisk(seed, StoreOnDisk.SMALL, disk);
            Told told = new Told(seed);
            disk.profile(DiskProfile.instant((40 << 10) + 512 * seed % (20 << 10)));
            on.lieAboutFreeBytes();
            for (int i = 0; i < 30; i++) {
                EntryKey key = key(i % KEYS);
                Bytes content = content(2500, i);
                try {
                    on.store.keep(key, content);
                    told.possible.put(key, Set.of(new Lookup.Found(content)));
                } catch (StoreFailure e) {
                    assertThat(e.kind()).isEqualTo(StoreFailure.Kind.FULL);
                    refusals++;
                }
            }
            told.assertKept(on, "on the full disk, seed " + seed);
            on.cutPower();
            told.assertKept(on, "after a power cut, seed " + seed);
            on.store.removeAll(List.of(key(1), key(2), key(3)));
            for (int i = 1; i <= 3; i++) {
                told.possible.put(key(i), Set.of(new Lookup.Absent()));
            }
            on.cutPower();
            told.assertKept(on, "after removing, seed " + seed);
        }
        assertThat(refusals).isGreaterThan(100);
    }

    @Test
    void compacting_makes_room_until_a_full_store_takes_entries_again() throws InterruptedException {
        StoreOnDisk on = new StoreOnDisk(9, new StoreSettings("store", 64 << 10, 8 << 10, 8 << 10), new TestDisk(9));
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            try {
                on.store.keep(key(i % 20), content(1300, i));
            } catch (StoreFailure e) {
                assertThat(e.kind()).isEqualTo(StoreFailure.Kind.FULL);
                refused++;
                compactAll(on);
                on.store.keep(key(i % 20), content(1300, i));
            }
        }
        assertThat(refused).isBetween(5, 300);
        for (int i = 580; i < 600; i++) {
            assertThat(on.store.find(key(i % 20))).isEqualTo(new Lookup.Found(content(1300, i)));
        }
        assertThat(on.disk.image.usedBytes()).isLessThan(96 << 10);
    }
}
