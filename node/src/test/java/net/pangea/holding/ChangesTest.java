package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.RandomStream;
import net.pangea.protocol.Limits;
import net.pangea.protocol.ObjectTag;
import net.pangea.protocol.PeerMessage.Changes;
import net.pangea.protocol.PeerMessage.FetchChanges;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Mark;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.SegmentRange;

/** Whoever comes back with a mark is told everything that has changed since, or that it is not known. */
class ChangesTest {

    @Property(tries = 200)
    void since_any_mark_all_changes_are_told_each_once(
            @ForAll @Size(max = 300) List<@IntRange(max = 40) Integer> before,
            @ForAll @Size(max = 300) List<@IntRange(max = 40) Integer> after) {
        ChangeLog log = new ChangeLog(7);
        before.forEach(number -> log.note(object(number)));
        Mark mark = log.mark();

        after.forEach(number -> log.note(object(number)));

        assertThat(log.since(mark))
                .hasValueSatisfying(told -> assertThat(told)
                        .containsExactlyElementsOf(after.stream()
                                .distinct()
                                .map(ChangesTest::object)
                                .toList()));
        assertThat(log.since(log.mark()))
                .hasValueSatisfying(told -> assertThat(told).isEmpty());
    }

    @Example
    void a_mark_of_another_life_or_of_the_future_is_of_no_use() {
        ChangeLog log = new ChangeLog(7);
        log.note(object(1));

        assertThat(log.since(new Mark(8, 0))).isEmpty();
        assertThat(log.since(new Mark(7, 2))).isEmpty();
        assertThat(log.since(Mark.NONE)).isEmpty();
    }

    @Example
    void what_is_too_long_ago_or_too_much_is_not_told() {
        ChangeLog log = new ChangeLog(7);
        Map<Integer, Mark> marks = new HashMap<>();
        for (int change = 0; change < ChangeLog.KEPT + 1; change++) {
            marks.put(change, log.mark());
            log.note(object(change % 10));
        }

        assertThat(since(log, marks, 0)).isEmpty();
        assertThat(since(log, marks, 1))
                .hasValueSatisfying(told -> assertThat(told).hasSize(10));

        Mark mark = log.mark();
        for (int change = 0; change < Limits.MAX_CHANGES; change++) {
            log.note(object(change));
        }
        assertThat(log.since(mark)).isPresent();
        log.note(object(Limits.MAX_CHANGES));
        assertThat(log.since(mark)).isEmpty();
    }

    @Property(tries = 40, shrinking = ShrinkingMode.OFF)
    void whoever_is_told_the_changes_knows_what_is_held(@ForAll @LongRange(min = 0, max = 1_000_000_000) long seed)
            throws InterruptedException {
        RandomStream random = RandomStream.of(seed, "changes");
        List<TestObject> objects = List.of(
                TestObject.draw(1, TestObject.key(1), 2, 2, 100),
                TestObject.draw(2, TestObject.key(1), 2, 2, 100),
                TestObject.draw(3, TestObject.key(2), 2, 2, 100));
        TestHolder holder = new TestHolder();
        Map<ObjectTag, Holding> told = new HashMap<>();
        Mark mark = Mark.NONE;
        for (int step = 0; step < 60; step++) {
            TestObject object = objects.get(random.nextInt(objects.size()));
            int column = random.nextInt(2);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    Reply _ = holder.ask(object.open());
                    for (int segment = 0; segment < 2; segment++) {
                        Reply _ = holder.ask(object.store(column, segment));
                    }
                    Reply _ = holder.ask(object.commit(column)); // refused, if it was deleted
                }
                case 3 -> {
                    Reply _ = holder.ask(new PutLease(object.lease(2 + step)));
                }
                case 4 -> {
                    if (random.nextInt(3) == 0) {
                        Reply _ = holder.ask(new PutLease(object.deletion(2 + step)));
                    }
                }
                case 5 -> {
                    if (holds(holder, object, column)) {
                        holder.store.damage(new ShardName(object.placementKey(), column, random.nextInt(2)).key());
                        boolean _ = holder.service.scrubber().scrub();
                    }
                }
                case 6 -> {
                    if (random.nextInt(3) == 0) {
                        holder.restart();
                    }
                }
                default -> {
                    List<Sha256> unknown = objects.stream()
                            .map(TestObject::id)
                            .filter(id -> !told.containsKey(ObjectTag.of(id)) && random.nextInt(2) == 0)
                            .toList();
                    Changes answer = (Changes) holder.ask(new FetchChanges(mark, unknown));
                    if (!answer.unbroken()) {
                        told.clear();
                    }
                    answer.changed().forEach(change -> told.replace(change.object(), change.holding()));
                    for (int i = 0; i < unknown.size(); i++) {
                        told.put(ObjectTag.of(unknown.get(i)), answer.objects().get(i));
                    }
                    mark = answer.mark();
                    for (TestObject one : objects) {
                        Holding held = holder.holding(one);
                        assertThat(told.getOrDefault(ObjectTag.of(one.id()), held))
                                .isEqualTo(held);
                    }
                }
            }
        }
    }

    private static boolean holds(TestHolder holder, TestObject object, int column) throws InterruptedException {
        return holder.holding(object).columns().stream()
                .anyMatch(held -> held.column() == column && held.ranges().equals(List.of(new SegmentRange(0, 2))));
    }

    private static Optional<SequencedSet<Sha256>> since(ChangeLog log, Map<Integer, Mark> marks, int change) {
        return log.since(marks.getOrDefault(change, Mark.NONE));
    }

    private static Sha256 object(int number) {
        return Sha256.of(Bytes.wrap(new byte[] {(byte) number, (byte) (number >> 8)}));
    }
}
