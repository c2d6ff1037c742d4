package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.pangea.protocol.PeerMessage.Audit;
import net.pangea.protocol.PeerMessage.FetchManifest;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Missing;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.store.EntryKey;
import org.junit.jupiter.api.Test;

class RotTest {
    private static final TestObject OBJECT = TestObject.draw(1, TestObject.key(1), 2, 4, 30_000);
    private static final EntryKey SHARD = new ShardName(OBJECT.placementKey(), 0, 2).key();

    private static final List<HeldRange> LEFT = List.of(
            new HeldRange(0, List.of(new SegmentRange(0, 2), new SegmentRange(3, 1))),
            new HeldRange(1, List.of(new SegmentRange(0, 4))));

    private final TestHolder holder = new TestHolder();

    RotTest() throws InterruptedException {
        holder.put(OBJECT, 0, 1);
    }

    @Test
    void a_shard_that_scrubbing_finds_rotten_is_not_claimed_and_repair_is_told() throws InterruptedException {
        holder.store.damage(SHARD);

        boolean _ = holder.service.scrubber().scrub();

        assertLost("scrub");
        assertThat(holder.service.holdings().takeDamage(10)).isEmpty();
    }

    /** What is little would else be read all the time. */
    @Test
    void everything_is_read_when_the_node_starts_and_then_as_often_as_the_settings_say() {
        Duration every = holder.settings.scrubEvery();
        holder.clock.interruptAfter(
                every.multipliedBy(2).plus(holder.settings.scrubPeriod().multipliedBy(2)));

        assertThatThrownBy(holder.service.scrubber()::run).isInstanceOf(InterruptedException.class);

        assertThat(every).isEqualTo(Duration.ofDays(1));
        assertThat(holder.events(HoldingEvent.ScrubFinished.class)).hasSize(3);
    }

    @Test
    void a_shard_that_is_read_and_rotten_is_left_out_for_another_column() throws InterruptedException {
        holder.store.damage(SHARD);

        assertThat(holder.ask(new FetchShard(OBJECT.id(), 2, List.of(0, 1))))
                .isInstanceOfSatisfying(
                        ShardFound.class, found -> assertThat(found.column()).isEqualTo(1));

        assertLost("read");
    }

    @Test
    void an_audit_finds_bytes_that_are_not_what_the_index_names() throws InterruptedException {
        holder.store.keep(SHARD, OBJECT.shards().get(1).get(2));

        assertThat(holder.ask(new Audit(OBJECT.id(), 0, List.of(new Probe(1, 0), new Probe(2, 0)))))
                .isEqualTo(new NotFound());

        assertLost("audit");
    }

    @Test
    void shards_that_are_gone_at_the_start_are_not_claimed() throws InterruptedException {
        holder.store.removeAll(List.of(SHARD));
        holder.restart();

        assertLost("start");
    }

    private void assertLost(String found) throws InterruptedException {
        assertThat(holder.holding(OBJECT).columns()).isEqualTo(LEFT);
        assertThat(holder.service.holdings().takeDamage(10))
                .containsExactly(new Damage(OBJECT.id(), 0, new SegmentRange(2, 1)));
        assertThat(holder.events(HoldingEvent.ShardRotten.class))
                .containsExactly(new HoldingEvent.ShardRotten(OBJECT.id().hex(), 2, 0, found));
        assertThat(holder.events(HoldingEvent.ShardRejected.class))
                .singleElement()
                .satisfies(event -> assertThat(event.peer()).isEqualTo("holder"));
        assertThat(holder.usedBy(OBJECT))
                .isEqualTo(
                        2 * OBJECT.columnBytes() - OBJECT.shards().get(0).get(2).size());
    }

    @Test
    void a_rotten_shard_is_repaired_in_its_place() throws InterruptedException {
        holder.store.damage(SHARD);
        boolean _ = holder.service.scrubber().scrub();

        holder.accepts(OBJECT.repair(1));
        assertThat(holder.ask(OBJECT.commit(0)))
                .isEqualTo(new Missing(List.of(new HeldRange(0, List.of(new SegmentRange(2, 1))))));
        holder.accepts(OBJECT.store(0, 2));
        holder.accepts(OBJECT.commit(0));

        assertThat(holder.holding(OBJECT).columns())
                .isEqualTo(List.of(
                        new HeldRange(0, List.of(new SegmentRange(0, 4))),
                        new HeldRange(1, List.of(new SegmentRange(0, 4)))));
        holder.restart();
        assertThat(holder.usedBy(OBJECT)).isEqualTo(2 * OBJECT.columnBytes());
    }

    @Test
    void a_column_whose_index_rots_is_not_claimed() throws InterruptedException {
        holder.store.damage(Entries.index(OBJECT.id(), 0));

        boolean _ = holder.service.scrubber().scrub();

        assertThat(holder.holding(OBJECT).columns()).containsExactly(LEFT.get(1));
        assertThat(holder.service.holdings().takeDamage(10))
                .containsExactly(new Damage(OBJECT.id(), 0, new SegmentRange(0, 4)));
        holder.accepts(OBJECT.commit(0)); // its shards are still there
        assertThat(holder.holding(OBJECT).columns()).hasSize(2);
    }

    @Test
    void an_object_whose_manifest_rots_is_not_held_any_more() throws InterruptedException {
        holder.store.damage(Entries.manifest(OBJECT.id()));

        assertThat(holder.ask(new FetchManifest(OBJECT.id()))).isEqualTo(new NotFound());

        assertThat(holder.holding(OBJECT)).isEqualTo(Holding.NOTHING);
        assertThat(holder.service.holdings().takeDamage(10)).hasSize(2);
        assertThat(holder.usedBy(OBJECT)).isZero();
        holder.restart();
        assertThat(holder.holding(OBJECT)).isEqualTo(Holding.NOTHING);
    }

    @Test
    void a_deletion_outlives_the_rot_of_its_manifest() throws InterruptedException {
        holder.accepts(new PutLease(OBJECT.deletion(2)));
        holder.store.damage(Entries.manifest(OBJECT.id()));
        boolean _ = holder.service.scrubber().scrub();

        holder.refuses(Refusal.DELETED, OBJECT.repair(1));
        holder.store.removeAll(List.of(Entries.header(OBJECT.id())));
        holder.restart();
        holder.refuses(Refusal.DELETED, OBJECT.repair(1));
    }

    @Test
    void damage_that_nobody_takes_is_bounded() {
        DamageQueue queue = new DamageQueue();
        for (int i = 0; i < DamageQueue.DAMAGES_MAX + 5; i++) {
            queue.add(new Damage(OBJECT.id(), 0, new SegmentRange(i, 1)));
        }

        assertThat(queue.take(3)).hasSize(3);
        assertThat(queue.take(1 << 20)).hasSize(DamageQueue.DAMAGES_MAX - 3);
    }
}
