package net.pangea.sim.disk;

import static net.pangea.sim.disk.StoreOnDisk.content;
import static net.pangea.sim.disk.StoreOnDisk.key;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.pangea.bytes.Bytes;
import net.pangea.store.Entry;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.Lookup;
import net.pangea.store.TrashedEntry;

/** A store does what a map does, whatever is done to it and whenever it crashes. */
final class LogStoreModelTest {
    private static final int KEYS = 12;
    private static final Optional<EntryKey> FROM_THE_START = Optional.empty();

    /** One thing to do. */
    enum Verb {
        KEEP,
        KEEP_THREE,
        REMOVE,
        REMOVE_THREE,
        TRASH,
        RESTORE,
        PURGE,
        COMPACT,
        SCRUB,
        REOPEN
    }

    /** How the machine ends, if it does so while something is done. */
    enum End {
        NONE,
        POWER,
        PROCESS,
        PROCESS_THEN_POWER
    }

    /**
     * @param pauses after how many waits for the disk the machine ends
     */
    record Step(Verb verb, int key, int size, long stamp, End end, int pauses) {}

    /** What the model knows of a key. */
    record Kept(Bytes content, Optional<Long> trashed) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Verb> verbs = Arbitraries.frequency(
                Tuple.of(8, Verb.KEEP),
                Tuple.of(3, Verb.KEEP_THREE),
                Tuple.of(3, Verb.REMOVE),
                Tuple.of(1, Verb.REMOVE_THREE),
                Tuple.of(3, Verb.TRASH),
                Tuple.of(2, Verb.RESTORE),
                Tuple.of(1, Verb.PURGE),
                Tuple.of(4, Verb.COMPACT),
                Tuple.of(1, Verb.SCRUB),
                Tuple.of(1, Verb.REOPEN));
        Arbitrary<End> ends = Arbitraries.frequency(
                Tuple.of(12, End.NONE),
                Tuple.of(3, End.POWER),
                Tuple.of(1, End.PROCESS),
                Tuple.of(1, End.PROCESS_THEN_POWER));
        return Combinators.combine(
                        verbs,
                        Arbitraries.integers().between(0, KEYS - 1),
                        Arbitraries.frequencyOf(
                                Tuple.of(6, Arbitraries.integers().between(0, 1500)),
                                Tuple.of(1, Arbitraries.integers().between(1500, 40_000))),
                        Arbitraries.longs().between(0, 9),
                        ends,
                        Arbitraries.integers().between(0, 25))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
    void a_store_is_a_map_that_survives_every_crash(@ForAll("steps") List<Step> steps, @ForAll long seed)
            throws InterruptedException {
        Run run = new Run(seed);
        for (Step step : steps) {
            run.play(step);
        }
    }

    /** Content stands at the end of one file, what is said of it at the end of the next, and both are copied. */
    @Example
    void what_undoes_a_mark_is_copied_with_the_content_it_speaks_of() throws InterruptedException {
        List<Step> steps = List.of(
                keep(End.NONE, 0),
                keep(End.POWER, 0),
                keep(End.NONE, 0),
                keep(End.NONE, 0),
                keep(End.NONE, 0),
                keep(End.NONE, 0),
                new Step(Verb.KEEP_THREE, 0, 0, 0, End.NONE, 0),
                keep(End.PROCESS, 6),
                keep(End.NONE, 0),
                keep(End.NONE, 0),
                keep(End.NONE, 0),
                new Step(Verb.TRASH, 0, 0, 0, End.NONE, 0),
                new Step(Verb.RESTORE, 0, 0, 0, End.POWER, 4),
                keep(End.POWER, 0));

        a_store_is_a_map_that_survives_every_crash(steps, 1);
    }

    /**
     * A mark stands at the end of one file and what undoes it at the end of the next, so neither is needed. The power goes
     * when the next file, which says that both are cut off, is written and not synced.
     */
    @Example
    void two_ends_are_cut_off_both_or_neither() throws InterruptedException {
        Step trash = new Step(Verb.TRASH, 0, 0, 0, End.NONE, 0);
        Step restore = new Step(Verb.RESTORE, 0, 0, 0, End.POWER, 14);
        List<Step> before =
                List.of(new Step(Verb.KEEP_THREE, 0, 0, 0, End.NONE, 0), keep(2), keep(2), keep(2), trash, restore);
        for (int cut = 0; cut < 400; cut++) {
            Run run = new Run(655);
            for (Step step : before) {
                run.play(step);
            }
            run.on.disk.cuts.fill(new byte[Long.BYTES * cut]); // another cut each time

            run.play(new Step(Verb.KEEP, 2, 0, 0, End.POWER, 7));
        }
    }

    private static Step keep(int key) {
        return new Step(Verb.KEEP, key, 0, 0, End.NONE, 0);
    }

    private static Step keep(End end, int pauses) {
        return new Step(Verb.KEEP, 0, 0, 0, end, pauses);
    }

    private static final class Run {
        private final StoreOnDisk on;
        private TreeMap<EntryKey, Kept> model = new TreeMap<>();
        private long contents;

        Run(long seed) {
            on = new StoreOnDisk(seed);
        }

        void play(Step step) throws InterruptedException {
            TreeMap<EntryKey, Kept> after = new TreeMap<>(model);
            if (step.end() == End.NONE) {
                play(step, after);
                model = after;
                assertIs(model);
                return;
            }
            on.disk.crashAtPause = on.disk.pauses + step.pauses();
            boolean ended = false;
            try {
                play(step, after);
                ended = true;
            } catch (TestDisk.Crashed e) {
                ended = false;
            }
            restart(step.end());
            if (!ended && !isModel(after)) {
                after = model;
            }
            model = after;
            assertIs(model);
        }

        private void restart(End end) {
            if (end != End.POWER) {
                on.killProcess();
            }
            if (end == End.PROCESS_THEN_POWER) {
                TreeMap<EntryKey, Kept> seen = kept();
                on.cutPower();
                assertThat(kept()).as("what a reopened store has shown stays").isEqualTo(seen);
            }
            if (end == End.POWER) {
                on.cutPower();
            }
            assertThat(on.lastRecovery().quarantined()).isZero();
        }

        private void play(Step step, TreeMap<EntryKey, Kept> after) throws InterruptedException {
            EntryKey one = key(step.key());
            List<EntryKey> three = List.of(one, key((step.key() + 1) % KEYS), key((step.key() + 5) % KEYS));
            switch (step.verb()) {
                case KEEP -> {
                    Bytes content = content(step.size(), contents++);
                    after.put(one, new Kept(content, Optional.empty()));
                    on.store.keep(one, content);
                }
                case KEEP_THREE -> {
                    List<Entry> entries = new ArrayList<>();
                    for (EntryKey key : three) {
                        Entry entry = new Entry(key, content(step.size(), contents++));
                        entries.add(entry);
                        after.put(key, new Kept(entry.content(), Optional.empty()));
                    }
                    on.store.keepAll(entries);
                }
                case REMOVE -> {
                    after.remove(one);
                    on.store.remove(one);
                }
                case REMOVE_THREE -> {
                    three.forEach(after::remove);
                    on.store.removeAll(three);
                }
                case TRASH -> {
                    three.forEach(key -> after.computeIfPresent(
                            key,
                            (_, kept) -> kept.trashed().isPresent()
                                    ? kept
                                    : new Kept(kept.content(), Optional.of(step.stamp()))));
                    on.store.trash(three, step.stamp());
                }
                case RESTORE -> {
                    three.forEach(key ->
                            after.computeIfPresent(key, (_, kept) -> new Kept(kept.content(), Optional.empty())));
                    on.store.untrash(three);
                }
                case PURGE -> {
                    after.values()
                            .removeIf(kept -> kept.trashed()
                                    .filter(at -> at < step.stamp())
                                    .isPresent());
                    on.store.purgeTrash(step.stamp());
                }
                case COMPACT -> {
                    boolean more = true;
                    for (int i = 0; i < 500 && more; i++) {
                        more = on.store.compact();
                    }
                    assertThat(more).as("compacting comes to an end").isFalse();
                }
                case SCRUB -> assertThat(on.store.scrub(4000).damaged()).isEmpty();
                case REOPEN -> on.reopen();
            }
        }

        private boolean isModel(TreeMap<EntryKey, Kept> expected) {
            return kept().equals(expected);
        }

        private TreeMap<EntryKey, Kept> kept() {
            TreeMap<EntryKey, Kept> found = new TreeMap<>();
            for (EntryKey key : on.store.list(EntryKind.SHARD, Bytes.EMPTY, FROM_THE_START, 100)) {
                assertThat(on.store.has(key)).isTrue();
                found.put(key, new Kept(contentOf(key), Optional.empty()));
            }
            for (TrashedEntry entry : on.store.trashed(FROM_THE_START, 100)) {
                assertThat(on.store.find(entry.key())).isEqualTo(new Lookup.Absent());
                Bytes content = Optional.ofNullable(model.get(entry.key()))
                        .map(Kept::content)
                        .orElse(Bytes.EMPTY);
                found.put(entry.key(), new Kept(content, Optional.of(entry.stamp())));
            }
            return found;
        }

        private Bytes contentOf(EntryKey key) {
            if (on.store.find(key) instanceof Lookup.Found(Bytes content)) {
                return content;
            }
            throw new AssertionError(key + " is listed and not found: " + on.store.find(key));
        }

        private void assertIs(Map<EntryKey, Kept> expected) {
            assertThat(kept()).isEqualTo(expected);
            for (int i = 0; i < KEYS; i++) {
                boolean live = Optional.ofNullable(expected.get(key(i)))
                        .filter(kept -> kept.trashed().isEmpty())
                        .isPresent();
                assertThat(on.store.has(key(i))).isEqualTo(live);
            }
        }
    }
}
