package net.pangea.sim.disk;

import static net.pangea.sim.disk.StoreOnDisk.content;
import static net.pangea.sim.disk.StoreOnDisk.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Disk;
import net.pangea.store.Entry;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.LogStore;
import net.pangea.store.Lookup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One script, cut at every single wait for the disk, in every way a machine can end. */
class LogStoreCrashTest {
    private static final Optional<EntryKey> FROM_THE_START = Optional.empty();

    /** How it ends. */
    enum End {
        POWER_TORN,
        POWER_WHOLE_WRITES,
        PROCESS,
        PROCESS_THEN_POWER,
        POWER_TWICE;

        void of(StoreOnDisk on) {
            switch (this) {
                case POWER_TORN -> on.cutPower();
                case POWER_WHOLE_WRITES -> {
                    on.disk.faults.torn(false);
                    on.cutPower();
                }
                case PROCESS -> on.killProcess();
                case PROCESS_THEN_POWER -> {
                    on.killProcess();
                    on.cutPower();
                }
                case POWER_TWICE -> {
                    on.powerCutWhileOpening(on.disk.pauses % 23);
                    on.cutPower();
                }
            }
        }
    }

    /** Something done, and what is kept after it. */
    private interface Act {
        void on(LogStore store, Map<EntryKey, Bytes> model) throws InterruptedException;
    }

    private static final List<Act> SCRIPT = List.of(
            keep(1, 700, 1),
            keep(2, 20_000, 2),
            keep(1, 900, 3),
            (store, model) -> {
                List<Entry> batch = new ArrayList<>();
                for (int i = 3; i < 9; i++) {
                    batch.add(new Entry(key(i), content(300 * i, 10 + i)));
                    model.put(key(i), content(300 * i, 10 + i));
                }
                store.keepAll(batch);
            },
            (store, model) -> {
                model.keySet().removeAll(List.of(key(2), key(3), key(5)));
                store.removeAll(List.of(key(2), key(3), key(5)));
            },
            keep(4, 100, 30),
            keep(5, 3000, 31),
            (store, _) -> {
                boolean more = true;
                while (more) {
                    more = store.compact();
                }
            },
            (store, model) -> {
                model.remove(key(5));
                store.remove(key(5));
            },
            keep(9, 5000, 32),
            (store, _) -> {
                boolean more = true;
                while (more) {
                    more = store.compact();
                }
            },
            keep(10, 40, 33));

    private static Act keep(int key, int size, long contentSeed) {
        return (store, model) -> {
            model.put(key(key), content(size, contentSeed));
            store.keep(key(key), content(size, contentSeed));
        };
    }

    @ParameterizedTest
    @EnumSource
    void what_was_acknowledged_is_there_and_what_was_not_is_whole_or_absent(End end) throws InterruptedException {
        long pauses = play(new StoreOnDisk(1), Long.MAX_VALUE, (_, _) -> {});
        assertThat(pauses).isGreaterThan(100);
        Set<Boolean> outcomes = new LinkedHashSet<>();
        for (long cut = 1; cut <= pauses; cut++) {
            for (long seed = 1; seed <= 2; seed++) {
                StoreOnDisk on = new StoreOnDisk(seed);
                String what = end + " at wait " + cut + " with seed " + seed;
                long _ = play(on, cut, (before, after) -> {
                    end.of(on);
                    Map<EntryKey, Bytes> kept = kept(on.store);
                    assertThat(kept).as(what).isIn(before, after);
                    assertThat(on.lastRecovery().quarantined()).as(what).isZero();
                    outcomes.add(kept.equals(after));
                });
                assertThat(on.store.scrub(Long.MAX_VALUE).damaged()).as(what).isEmpty();
                on.store.keep(key(11), content(100, 99));
                Map<EntryKey, Bytes> kept = kept(on.store);
                on.reopen();
                assertThat(kept(on.store))
                        .as(what + ", reopened")
                        .isEqualTo(kept)
                        .containsKey(key(11));
            }
        }
        assertThat(outcomes).containsExactlyInAnyOrder(true, false);
    }

    /** Plays the script until a wait for the disk; what is kept before and after the act it falls into. */
    private static long play(
            StoreOnDisk on, long cut, BiConsumer<Map<EntryKey, Bytes>, Map<EntryKey, Bytes>> afterTheCut)
            throws InterruptedException {
        long start = on.disk.pauses;
        on.disk.crashAtPause = cut == Long.MAX_VALUE ? cut : start + cut;
        TreeMap<EntryKey, Bytes> before = new TreeMap<>();
        for (Act act : SCRIPT) {
            TreeMap<EntryKey, Bytes> after = new TreeMap<>(before);
            try {
                act.on(on.store, after);
            } catch (TestDisk.Crashed e) {
                afterTheCut.accept(before, after);
                return on.disk.pauses - start;
            }
            before = after;
        }
        return on.disk.pauses - start;
    }

    static Map<EntryKey, Bytes> kept(LogStore store) {
        Map<EntryKey, Bytes> kept = new TreeMap<>();
        for (EntryKey key : store.list(EntryKind.SHARD, Bytes.EMPTY, FROM_THE_START, 1000)) {
            if (store.find(key) instanceof Lookup.Found(Bytes content)) {
                kept.put(key, content);
            } else {
                throw new AssertionError(key + ": " + store.find(key));
            }
        }
        return kept;
    }

    @Test
    void a_store_opens_alike_with_hints_and_without() throws InterruptedException {
        StoreOnDisk on = new StoreOnDisk(5);
        long _ = play(on, Long.MAX_VALUE, (_, _) -> {});
        on.store.trash(List.of(key(1), key(9)), 7);
        Map<EntryKey, Bytes> kept = kept(on.store);
        long used = on.store.usedBytes();
        long garbage = on.store.garbageBytes();
        on.reopen();
        assertThat(hints(on)).hasSizeGreaterThan(2);
        assertThat(kept(on.store)).isEqualTo(kept);
        assertThat(on.store.usedBytes()).isEqualTo(used);
        var withHints = on.lastRecovery();
        on.store.close();

        hints(on).forEach(name -> on.raw().delete("store/" + name));
        on.killProcess();

        assertThat(kept(on.store)).isEqualTo(kept);
        assertThat(on.lastRecovery()).isEqualTo(withHints);
        assertThat(on.store.usedBytes()).isEqualTo(used);
        assertThat(on.store.garbageBytes()).isBetween(garbage, garbage + 512);
        assertThat(on.store.trashed(FROM_THE_START, 10)).hasSize(2);
        assertThat(hints(on)).as("they are written again").hasSizeGreaterThan(2);
    }

    @Test
    void a_hint_that_is_torn_or_of_another_file_is_not_believed() throws InterruptedException {
        StoreOnDisk on = new StoreOnDisk(6);
        long _ = play(on, Long.MAX_VALUE, (_, _) -> {});
        Map<EntryKey, Bytes> kept = kept(on.store);
        on.store.close();
        List<String> hints = hints(on);
        byte[] first = TestDisk.contents(on.raw(), "store/" + hints.getFirst());
        for (String hint : hints.subList(1, hints.size())) {
            TestDisk.store(on.raw(), "store/" + hint, first);
        }
        try (var file = on.raw().open("store/" + hints.getFirst(), Disk.Mode.WRITE)) {
            file.truncate(first.length - 1L);
        }

        on.killProcess();

        assertThat(kept(on.store)).isEqualTo(kept);
    }

    private static List<String> hints(StoreOnDisk on) {
        return on.raw().list("store").stream()
                .filter(name -> name.endsWith(".hint"))
                .toList();
    }
}
