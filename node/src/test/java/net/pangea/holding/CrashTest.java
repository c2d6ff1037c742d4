package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Request;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.store.EntryKind;
import net.pangea.store.FailingStore;
import org.junit.jupiter.api.Test;

class CrashTest {
    private static final TestObject OBJECT = TestObject.draw(1, TestObject.key(1), 2, 3, 20_000);

    /** What can be asked, each as one step; whether it is acknowledged decides what must survive. */
    private static final List<Request> STEPS = List.of(
            OBJECT.open(),
            OBJECT.store(0, 0),
            OBJECT.store(0, 1),
            OBJECT.store(0, 2),
            OBJECT.store(1, 0),
            OBJECT.commit(0),
            OBJECT.store(1, 1),
            OBJECT.store(1, 2),
            OBJECT.commit(1),
            new PutLease(OBJECT.lease(2)),
            new PutLease(OBJECT.deletion(3)),
            new PutLease(OBJECT.lease(4)),
            new PutLease(OBJECT.deletion(5)));

    /** With repairs, for what nobody counts. */
    private static final List<Request> REQUESTS = Stream.concat(
                    STEPS.stream(), Stream.of(OBJECT.repair(1), OBJECT.repair(4), OBJECT.repair(6)))
            .toList();

    @Test
    void a_crash_at_any_write_loses_nothing_that_was_acknowledged() throws InterruptedException {
        boolean dead = true;
        for (int writes = 1; dead; writes++) {
            dead = crashAt(writes, true);
            boolean _ = crashAt(writes, false);
        }
    }

    /** {@return whether all writes were needed} */
    private static boolean crashAt(int writes, boolean lastIsDone) throws InterruptedException {
        TestHolder holder = new TestHolder();
        FailingStore store = new FailingStore(holder.store, writes, lastIsDone);
        holder.service = holder.open(store);
        int acknowledged = 0;
        while (acknowledged < STEPS.size()
                && holder.ask(STEPS.get(acknowledged)).equals(new Accepted())) {
            acknowledged++;
        }
        assertThat(acknowledged).isLessThan(store.isDead() ? STEPS.size() : STEPS.size() + 1);
        assertUsable(holder, acknowledged);

        holder.restart();

        String at = "after " + writes + " writes, the last " + (lastIsDone ? "done" : "not done");
        assertSurvived(holder, acknowledged, at);
        assertThat(holder.events(HoldingEvent.ShardRotten.class)).as(at).isEmpty();
        for (int step = acknowledged; step < STEPS.size(); step++) {
            assertThat(holder.ask(STEPS.get(step)))
                    .as(at + ": " + STEPS.get(step))
                    .isEqualTo(new Accepted());
        }
        assertThat(holder.holding(OBJECT)).as(at).isEqualTo(new Holding(5, true, List.of()));
        assertThat(holder.usedBy(OBJECT)).as(at).isZero();
        assertThat(holder.store.list(EntryKind.SHARD, Bytes.EMPTY, Optional.empty(), 100))
                .as(at)
                .isEmpty();
        return store.isDead();
    }

    @Test
    void a_crash_while_an_object_is_collected_leaves_all_of_it_or_all_in_the_trash() throws InterruptedException {
        boolean dead = true;
        for (int writes = 1; dead; writes++) {
            dead = crashCollecting(writes, true);
            boolean _ = crashCollecting(writes, false);
        }
    }

    private static boolean crashCollecting(int writes, boolean lastIsDone) throws InterruptedException {
        TestHolder holder = new TestHolder();
        holder.put(OBJECT, 0, 1);
        FailingStore store = new FailingStore(holder.store, writes, lastIsDone);
        holder.service = holder.open(store);
        holder.clock.pass(Duration.ofDays(100));
        Collector collector = holder.service.collector(() -> true);
        collector.collect(); // seen expired
        holder.clock.pass(Duration.ofDays(7));
        collector.collect(); // collected
        PutLease renewal = new PutLease(OBJECT.lease(2, TestObject.START + 300 * TestObject.DAY));
        boolean _ = holder.ask(renewal).equals(new Accepted()); // brought back

        holder.restart();

        String at = "after " + writes + " writes, the last " + (lastIsDone ? "done" : "not done");
        assertThat(holder.holding(OBJECT).columns().size()).as(at).isIn(0, 2);
        holder.accepts(renewal);
        List<SegmentRange> all = List.of(new SegmentRange(0, 3));
        assertThat(holder.holding(OBJECT))
                .as(at)
                .isEqualTo(new Holding(2, false, List.of(new HeldRange(0, all), new HeldRange(1, all))));
        assertThat(holder.usedBy(OBJECT)).as(at).isEqualTo(2 * OBJECT.columnBytes());
        return store.isDead();
    }

    /** Also without a restart nothing is claimed that is not there. */
    private static void assertUsable(TestHolder holder, int acknowledged) throws InterruptedException {
        assertSurvived(holder, acknowledged, "before the restart");
    }

    private static void assertSurvived(TestHolder holder, int acknowledged, String at) throws InterruptedException {
        Holding holding = holder.holding(OBJECT);
        List<HeldRange> certain = new ArrayList<>();
        if (acknowledged > 5) {
            certain.add(new HeldRange(0, List.of(new SegmentRange(0, 3))));
        }
        if (acknowledged > 8) {
            certain.add(new HeldRange(1, List.of(new SegmentRange(0, 3))));
        }
        long sequence = acknowledged > 9 ? acknowledged - 8L : acknowledged > 5 ? 1 : 0;
        assertThat(holding.leaseSequence()).as(at).isBetween(sequence, sequence + 1);
        boolean asAcknowledged = holding.leaseSequence() == sequence;
        if (asAcknowledged && (sequence == 3 || sequence == 5)) {
            assertThat(holding).as(at).isEqualTo(new Holding(sequence, true, List.of()));
        } else if (asAcknowledged) {
            assertThat(holding.columns()).as(at).containsAll(certain);
        }
        for (HeldRange column : holding.columns()) {
            for (int segment : Segments.bits(column.ranges()).stream().toArray()) {
                assertThat(holder.ask(new FetchShard(OBJECT.id(), segment, List.of(column.column()))))
                        .as(at)
                        .isInstanceOfSatisfying(
                                ShardFound.class,
                                found -> assertThat(found.shard())
                                        .isEqualTo(OBJECT.shards()
                                                .get(column.column())
                                                .get(segment)));
            }
        }
    }

    /** Stops and starts between requests in any order: nothing changes by it. */
    @Property(tries = 100)
    void a_restart_changes_no_answer(@ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 15) Integer> steps)
            throws InterruptedException {
        TestHolder steady = new TestHolder();
        TestHolder restarted = new TestHolder();
        for (int step : steps) {
            restarted.restart();

            assertThat(restarted.ask(REQUESTS.get(step))).isEqualTo(steady.ask(REQUESTS.get(step)));
            assertThat(restarted.holding(OBJECT)).isEqualTo(steady.holding(OBJECT));
            assertThat(restarted.usedBy(OBJECT)).isEqualTo(steady.usedBy(OBJECT));
        }
    }

    /** An upload, the deletion of what it was for, a commit that comes too late, and the deletion taken back. */
    @Test
    void a_restart_changes_no_answer_after_a_deletion_is_taken_back() throws InterruptedException {
        a_restart_changes_no_answer(List.of(0, 1, 10, 5, 11, 0, 5));
        a_restart_changes_no_answer(List.of(0, 1, 10, 5, 11, 5));
    }

    @Test
    void what_no_lease_and_no_upload_accounts_for_goes_to_the_trash() throws InterruptedException {
        TestHolder holder = new TestHolder();
        holder.put(OBJECT, 0);
        holder.store.removeAll(List.of(Entries.lease(OBJECT.id()), Entries.upload(OBJECT.placementKey())));

        holder.restart();

        for (EntryKind kind : List.of(EntryKind.MANIFEST, EntryKind.HEADER, EntryKind.INDEX, EntryKind.SHARD)) {
            assertThat(holder.store.list(kind, Bytes.EMPTY, Optional.empty(), 100))
                    .isEmpty();
            assertThat(holder.store.trashed(kind, Bytes.EMPTY, Optional.empty(), 100))
                    .isNotEmpty();
        }
        assertThat(holder.usedBy(OBJECT)).isZero();
    }
}
