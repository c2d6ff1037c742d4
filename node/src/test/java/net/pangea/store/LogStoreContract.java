package net.pangea.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.pangea.bytes.Bytes;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Task;
import org.junit.jupiter.api.Test;

/** What a {@link LogStore} promises while the power stays on and the disk works, on whatever machine. */
public abstract class LogStoreContract {
    private static final StoreSettings SMALL = new StoreSettings("store/a", 1 << 30, 64 << 10, 8 << 10);
    private static final Optional<EntryKey> FROM_THE_START = Optional.empty();

    /** {@return what makes the machines} */
    protected abstract MachineFixture fixture();

    private static EntryKey key(int number) {
        return key(EntryKind.SHARD, number);
    }

    private static EntryKey key(EntryKind kind, int number) {
        return new EntryKey(kind, Bytes.wrap(new byte[] {(byte) (number >> 8), (byte) number}));
    }

    private static Bytes content(int size, long seed) {
        byte[] bytes = new byte[size];
        RandomStream.of(seed, "content").fill(bytes);
        return Bytes.wrap(bytes);
    }

    @Test
    void what_was_kept_is_found_also_after_reopening() throws Exception {
        fixture().on(machine -> {
            List<Integer> sizes = List.of(0, 1, 511, 512, 16_383, 16_384, 16_385, 70_001, 3 << 20);
            try (LogStore store = LogStore.open(machine, SMALL)) {
                for (int size : sizes) {
                    store.keep(key(size % 997), content(size, size));
                }
                assertAll(store, sizes);
            }
            try (LogStore store = LogStore.open(machine, SMALL)) {
                assertAll(store, sizes);
                assertThat(store.find(key(EntryKind.MANIFEST, 1))).isEqualTo(new Lookup.Absent());
                assertThat(store.scrub(Long.MAX_VALUE).entries()).isEqualTo(sizes.size());
            }
        });
    }

    private static void assertAll(LogStore store, List<Integer> sizes) {
        for (int size : sizes) {
            assertThat(store.find(key(size % 997))).isEqualTo(new Lookup.Found(content(size, size)));
            assertThat(store.sizeOf(key(size % 997))).isEqualTo(OptionalInt.of(size));
        }
    }

    @Test
    void a_part_is_read_as_it_is_in_the_whole() throws Exception {
        fixture().on(machine -> {
            Bytes content = content(200_000, 1);
            try (LogStore store = LogStore.open(machine, SMALL)) {
                store.keep(key(1), content);
                int[][] ranges = {
                    {0, 0}, {0, 1}, {0, 200_000}, {16_383, 2}, {16_384, 16_384}, {100_001, 50_000}, {199_999, 1}
                };
                for (int[] range : ranges) {
                    assertThat(store.read(key(1), range[0], range[1]))
                            .isEqualTo(new Lookup.Found(content.slice(range[0], range[0] + range[1])));
                }
                assertThat(store.read(key(2), 0, 1)).isEqualTo(new Lookup.Absent());
                assertThatThrownBy(() -> store.read(key(1), 199_999, 2)).hasMessageContaining("which has 200000");
            }
        });
    }

    @Test
    void keys_are_listed_in_order_by_page_kind_and_prefix() throws Exception {
        fixture().on(machine -> {
            try (LogStore store = LogStore.open(machine, SMALL)) {
                List<Entry> entries = new ArrayList<>();
                for (int i = 520; i >= 0; i -= 10) {
                    entries.add(new Entry(key(EntryKind.LEASE, i), Bytes.EMPTY));
                }
                entries.add(new Entry(key(EntryKind.MANIFEST, 3), Bytes.EMPTY));
                store.keepAll(entries);
                Bytes prefix = Bytes.wrap(new byte[] {1});

                List<EntryKey> first = store.list(EntryKind.LEASE, prefix, FROM_THE_START, 20);
                List<EntryKey> second = store.list(EntryKind.LEASE, prefix, Optional.of(first.getLast()), 20);

                assertThat(first).hasSize(20).isSorted().startsWith(key(EntryKind.LEASE, 260));
                assertThat(second)
                        .containsExactly(
                                key(EntryKind.LEASE, 460),
                                key(EntryKind.LEASE, 470),
                                key(EntryKind.LEASE, 480),
                                key(EntryKind.LEASE, 490),
                                key(EntryKind.LEASE, 500),
                                key(EntryKind.LEASE, 510));
                assertThat(store.list(EntryKind.LEASE, Bytes.EMPTY, FROM_THE_START, 1000))
                        .hasSize(53);
                assertThat(store.list(EntryKind.UPLOAD, Bytes.EMPTY, FROM_THE_START, 1000))
                        .isEmpty();
            }
        });
    }

    @Test
    void the_trash_keeps_what_is_found_no_more_until_it_is_purged() throws Exception {
        fixture().on(machine -> {
            try (LogStore store = LogStore.open(machine, SMALL)) {
                for (int i = 0; i < 4; i++) {
                    store.keep(key(i), content(100, i));
                }
                store.trash(List.of(key(0), key(1)), 5);
                store.trash(List.of(key(1), key(2), key(9)), 8);
            }
            try (LogStore store = LogStore.open(machine, SMALL)) {
                assertThat(store.find(key(0))).isEqualTo(new Lookup.Absent());
                assertThat(store.list(EntryKind.SHARD, Bytes.EMPTY, FROM_THE_START, 9))
                        .containsExactly(key(3));
                assertThat(store.trashed(FROM_THE_START, 9))
                        .containsExactly(
                                new TrashedEntry(key(0), 5), new TrashedEntry(key(1), 5), new TrashedEntry(key(2), 8));
                store.untrash(List.of(key(1), key(3)));
                store.purgeTrash(8);
            }
            try (LogStore store = LogStore.open(machine, SMALL)) {
                assertThat(store.find(key(1))).isEqualTo(new Lookup.Found(content(100, 1)));
                assertThat(store.trashed(FROM_THE_START, 9)).containsExactly(new TrashedEntry(key(2), 8));
                store.untrash(List.of(key(0), key(2)));
                assertThat(store.find(key(0))).isEqualTo(new Lookup.Absent());
                assertThat(store.find(key(2))).isEqualTo(new Lookup.Found(content(100, 2)));
            }
        });
    }

    @Test
    void many_writers_and_readers_and_a_compactor_do_not_disturb_each_other() throws Exception {
        fixture().on(machine -> {
            try (LogStore store = LogStore.open(machine, SMALL)) {
                try (var scope = machine.tasks().open("writers")) {
                    List<Task<Boolean>> tasks = new ArrayList<>();
                    for (int writer = 0; writer < 16; writer++) {
                        int first = writer * 10;
                        tasks.add(scope.start("writer " + writer, () -> write(store, first)));
                    }
                    tasks.add(scope.start("compactor", () -> compact(store, machine)));
                    for (Task<Boolean> task : tasks) {
                        assertThat(task.join()).isTrue();
                    }
                }
                assertWritten(store);
                assertThat(store.scrub(Long.MAX_VALUE).damaged()).isEmpty();
            }
            try (LogStore store = LogStore.open(machine, SMALL)) {
                assertWritten(store);
                store.removeAll(store.list(EntryKind.SHARD, Bytes.EMPTY, FROM_THE_START, 1000));
                while (store.compact()) {
                    assertThat(store.usedBytes()).isNotNegative();
                }
                assertThat(store.usedBytes()).isLessThan(512L * 200);
                assertThat(store.garbageBytes()).isLessThan(400 << 10);
            }
        });
    }

    private static boolean write(LogStore store, int first) throws InterruptedException {
        for (int round = 0; round < 5; round++) {
            for (int i = first; i < first + 10; i++) {
                store.keep(key(i), content(1000 + i, 10L * i + round));
                assertThat(store.find(key(i))).isEqualTo(new Lookup.Found(content(1000 + i, 10L * i + round)));
            }
            store.remove(key(first + round));
            assertThat(store.has(key(first + round))).isFalse();
        }
        return true;
    }

    private static boolean compact(LogStore store, Machine machine) throws InterruptedException {
        for (int i = 0; i < 40; i++) {
            boolean _ = store.compact();
            machine.clock().sleep(Duration.ofMillis(1));
        }
        return true;
    }

    private static void assertWritten(LogStore store) {
        for (int i = 0; i < 160; i++) {
            Lookup expected = i % 10 == 4 ? new Lookup.Absent() : new Lookup.Found(content(1000 + i, 10L * i + 4));
            assertThat(store.find(key(i))).isEqualTo(expected);
        }
    }

    @Test
    void a_writer_that_is_stopped_stops_no_other() throws Exception {
        fixture().on(machine -> {
            try (LogStore store = LogStore.open(machine, SMALL)) {
                try (var scope = machine.tasks().open("writers")) {
                    List<Task<Integer>> tasks = new ArrayList<>();
                    for (int writer = 0; writer < 8; writer++) {
                        int number = writer;
                        tasks.add(scope.start("writer " + writer, () -> keepOften(store, machine, number)));
                    }
                    for (int writer = 0; writer < 8; writer++) {
                        int kept = tasks.get(writer).join();
                        assertThat(kept).isBetween(writer % 2 == 0 ? 0 : 30, 30);
                    }
                }
                for (int writer = 1; writer < 8; writer += 2) {
                    assertThat(store.find(key(writer))).isEqualTo(new Lookup.Found(content(2900, writer)));
                }
                assertThat(store.scrub(Long.MAX_VALUE).damaged()).isEmpty();
            }
        });
    }

    private static int keepOften(LogStore store, Machine machine, int number) throws InterruptedException {
        int kept = 0;
        Duration limit = Duration.ofMillis(number % 2 == 0 ? 3 : 600_000);
        for (int i = 0; i < 30; i++) {
            Bytes content = content(100 * i, number);
            try {
                boolean _ = machine.clock().within(limit, () -> {
                    store.keep(key(number), content);
                    return true;
                });
                kept++;
            } catch (DeadlineExceeded e) {
                assertThat(number % 2).isZero();
            }
        }
        return kept;
    }

    @Test
    void two_stores_do_not_share_a_directory() throws Exception {
        fixture().on(machine -> {
            try (LogStore first = LogStore.open(machine, SMALL)) {
                assertThatThrownBy(() -> LogStore.open(machine, SMALL))
                        .isInstanceOfSatisfying(
                                DiskFailure.class,
                                failure -> assertThat(failure.kind()).isEqualTo(DiskFailure.Kind.LOCKED));
                first.keep(key(1), content(5, 5));
            }
            LogStore.open(machine, SMALL).close();
        });
    }

    @Test
    void a_capacity_is_kept() throws Exception {
        fixture().on(machine -> {
            try (LogStore store = LogStore.open(machine, SMALL.withCapacityBytes(100_000))) {
                store.keep(key(1), content(60_000, 1));
                assertThat(store.freeBytes()).isBetween(30_000L, 40_000L);
                assertThatThrownBy(() -> store.keep(key(2), content(60_000, 2)))
                        .isInstanceOfSatisfying(StoreFailure.class, failure -> {
                            assertThat(failure.kind()).isEqualTo(StoreFailure.Kind.FULL);
                            assertThat(failure).hasMessageContaining("capacity");
                        });
                assertThat(store.find(key(2))).isEqualTo(new Lookup.Absent());
                store.remove(key(1));
                assertThat(store.find(key(1))).isEqualTo(new Lookup.Absent());
            }
        });
    }

    @Test
    void what_is_too_large_is_refused() throws Exception {
        fixture().on(machine -> {
            try (LogStore store = LogStore.open(machine, SMALL)) {
                Bytes large = Bytes.wrap(new byte[Entry.CONTENT_BYTES_MAX + 1]);
                assertThatThrownBy(() -> store.keep(key(1), large)).hasMessageContaining("16777217");
                assertThatThrownBy(() -> new EntryKey(EntryKind.NOTE, Bytes.wrap(new byte[97])))
                        .hasMessageContaining("97");
            }
        });
    }
}
