package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.pangea.bytes.Bytes;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.store.EntryKind;
import org.junit.jupiter.api.Test;

class CollectorTest {
    private static final TestObject OBJECT = TestObject.draw(1, TestObject.key(1), 2, 3, 20_000);
    private static final Duration STEP = Duration.ofHours(6);

    private final TestHolder holder = new TestHolder();
    private boolean mayCollect = true;
    private Collector collector = holder.service.collector(() -> mayCollect);

    CollectorTest() throws InterruptedException {}

    /** Time passes, and the collector looks every few hours. */
    private void pass(int days) throws InterruptedException {
        for (int i = 0; i < 4 * days; i++) {
            holder.clock.pass(STEP);
            collector.collect();
        }
    }

    private void restart() throws InterruptedException {
        holder.restart();
        collector = holder.service.collector(() -> mayCollect);
    }

    private long shards() {
        return holder.store
                .list(EntryKind.SHARD, Bytes.EMPTY, Optional.empty(), 100)
                .size();
    }

    private long trashed() {
        return holder.store
                .trashed(EntryKind.SHARD, Bytes.EMPTY, Optional.empty(), 100)
                .size();
    }

    @Test
    void an_object_goes_to_the_trash_seven_days_after_its_lease_and_for_good_after_seven_more()
            throws InterruptedException {
        holder.put(OBJECT, 0);

        pass(96);
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
        pass(2);
        assertThat(holder.holding(OBJECT)).isEqualTo(Holding.NOTHING);
        assertThat(holder.usedBy(OBJECT)).isZero();
        assertThat(trashed()).isEqualTo(3);
        pass(8);
        assertThat(trashed()).isZero();
        assertThat(holder.store.list(EntryKind.NOTE, Entries.expiredPrefix(), Optional.empty(), 9))
                .isEmpty();
        assertThat(holder.store.list(EntryKind.LEASE, Bytes.EMPTY, Optional.empty(), 9))
                .isEmpty();
    }

    @Test
    void an_object_that_is_renewed_while_in_the_trash_comes_back() throws InterruptedException {
        holder.put(OBJECT, 0, 1);
        pass(99);
        assertThat(holder.holding(OBJECT)).isEqualTo(Holding.NOTHING);

        holder.refuses(Refusal.EXPIRED, new PutLease(OBJECT.lease(3, TestObject.START + 91 * TestObject.DAY)));
        holder.refuses(Refusal.STALE, new PutLease(OBJECT.lease(1, TestObject.START + 200 * TestObject.DAY)));
        holder.accepts(new PutLease(OBJECT.lease(2, TestObject.START + 200 * TestObject.DAY)));

        assertThat(holder.holding(OBJECT).columns()).hasSize(2);
        assertThat(holder.usedBy(OBJECT)).isEqualTo(2 * OBJECT.columnBytes());
        restart();
        pass(20);
        assertThat(holder.ask(new FetchShard(OBJECT.id(), 1, List.of(1)))).isInstanceOf(ShardFound.class);
    }

    @Test
    void an_object_that_is_renewed_in_time_stays() throws InterruptedException {
        holder.put(OBJECT, 0);
        pass(96);

        holder.accepts(new PutLease(OBJECT.lease(2, TestObject.START + 190 * TestObject.DAY)));

        pass(99);
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
        assertThat(holder.store.list(EntryKind.NOTE, Entries.expiredPrefix(), Optional.empty(), 9))
                .hasSize(1); // expired again since, and counted anew
    }

    @Test
    void a_jump_of_a_year_loses_nothing_while_the_peers_are_right() throws InterruptedException {
        holder.put(OBJECT, 0);
        holder.clock.jump(Duration.ofDays(365));
        holder.peersAheadMillis = OptionalLong.of(-365 * TestObject.DAY);

        pass(60);

        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
        holder.clock.jump(Duration.ofDays(-365));
        holder.peersAheadMillis = OptionalLong.of(0);
        pass(10);
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
        assertThat(holder.store.list(EntryKind.NOTE, Entries.expiredPrefix(), Optional.empty(), 9))
                .isEmpty();
    }

    @Test
    void a_jump_of_everybody_loses_nothing_for_seven_days_of_running_and_seven_more_in_the_trash()
            throws InterruptedException {
        holder.put(OBJECT, 0);
        holder.clock.jump(Duration.ofDays(365));

        pass(6);
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
        pass(2);
        assertThat(holder.holding(OBJECT)).isEqualTo(Holding.NOTHING);
        holder.clock.jump(Duration.ofDays(-365));
        pass(5);
        holder.accepts(new PutLease(OBJECT.lease(2)));
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
    }

    @Test
    void a_node_that_is_alone_or_lost_its_peers_collects_nothing() throws InterruptedException {
        holder.put(OBJECT, 0);
        holder.peersAheadMillis = OptionalLong.empty();
        pass(120);
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);

        holder.peersAheadMillis = OptionalLong.of(0);
        mayCollect = false;
        pass(120);
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);

        mayCollect = true;
        pass(1);
        assertThat(holder.holding(OBJECT)).isEqualTo(Holding.NOTHING);
    }

    @Test
    void running_time_is_counted_over_restarts_and_not_while_the_node_is_down() throws InterruptedException {
        holder.put(OBJECT, 0);
        pass(91);
        for (int day = 0; day < 5; day++) {
            restart();
            pass(1);
        }
        holder.clock.pass(Duration.ofDays(30)); // counts for the old instance only, which writes nothing down
        restart();
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
        collector.collect();
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
        pass(2);
        assertThat(holder.holding(OBJECT)).isEqualTo(Holding.NOTHING);
    }

    @Test
    void uploads_without_a_manifest_end_after_a_day_of_both_clocks() throws InterruptedException {
        holder.accepts(OBJECT.open());
        holder.store(OBJECT, 0);
        holder.clock.jump(Duration.ofDays(365));
        collector.collect();
        assertThat(shards()).isEqualTo(3);
        holder.clock.jump(Duration.ofDays(-365));

        pass(2);

        assertThat(shards()).isZero();
        assertThat(trashed()).isZero();
        assertThat(holder.usedBy(OBJECT)).isZero();
        holder.refuses(Refusal.UNKNOWN_UPLOAD, OBJECT.store(0, 0));
    }

    @Test
    void what_was_committed_stays_when_its_upload_ends() throws InterruptedException {
        holder.put(OBJECT, 0);
        holder.accepts(OBJECT.store(1, 0));

        pass(2);

        assertThat(shards()).isEqualTo(3);
        assertThat(holder.usedBy(OBJECT)).isEqualTo(OBJECT.columnBytes());
        assertThat(holder.ask(new FetchShard(OBJECT.id(), 2, List.of(0)))).isInstanceOf(ShardFound.class);
    }

    @Test
    void deletions_are_forgotten_only_once_every_earlier_lease_has_expired() throws InterruptedException {
        holder.put(OBJECT, 0);
        holder.accepts(new PutLease(OBJECT.deletion(2)));
        TestObject absent = TestObject.draw(2, TestObject.key(1), 2, 2, 100);
        holder.accepts(new PutLease(absent.deletion(2)));

        pass(96);
        holder.clock.jump(Duration.ofDays(-80)); // else the leases would be refused as expired
        holder.refuses(Refusal.DELETED, OBJECT.repair(1));
        holder.refuses(Refusal.DELETED, absent.repair(1));
        holder.clock.jump(Duration.ofDays(80));
        pass(9);

        assertThat(holder.holding(OBJECT)).isEqualTo(Holding.NOTHING);
        for (EntryKind kind : List.of(EntryKind.LEASE, EntryKind.MANIFEST, EntryKind.HEADER)) {
            assertThat(holder.store.list(kind, Bytes.EMPTY, Optional.empty(), 9))
                    .isEmpty();
        }
        holder.refuses(Refusal.EXPIRED, OBJECT.repair(1));
    }
}
