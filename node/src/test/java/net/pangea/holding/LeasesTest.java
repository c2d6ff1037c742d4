package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.FetchManifest;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.ObjectKnown;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Reply;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final TestObject OBJECT = TestObject.draw(1, TestObject.key(1), 2, 2, 200);
    private static final TestObject FOREIGN =
            new TestObject(TestObject.key(2), OBJECT.manifest(), OBJECT.sealedHeader(), OBJECT.shards());
    private static final Lease KEEP = OBJECT.lease(5);
    private static final Lease DELETE = OBJECT.deletion(6);

    private final TestHolder holder = new TestHolder();

    LeasesTest() throws InterruptedException {}

    @Test
    void a_lease_with_a_higher_sequence_is_taken_and_the_same_may_be_put_again() throws InterruptedException {
        holder.put(OBJECT, 0);

        holder.accepts(new PutLease(KEEP));
        holder.accepts(new PutLease(KEEP));
        holder.refuses(Refusal.STALE, new PutLease(OBJECT.lease(5, 77)));
        holder.refuses(Refusal.STALE, new PutLease(OBJECT.lease(4)));
        holder.refuses(
                Refusal.UNKNOWN_OBJECT,
                new PutLease(TestObject.draw(9, TestObject.key(1), 2, 2, 200).lease(1)));

        holder.restart();
        assertThat(holder.service.holdings().leaseOf(OBJECT.id())).contains(KEEP);
        assertThat(holder.holding(OBJECT).leaseSequence()).isEqualTo(5);
        holder.accepts(OBJECT.commit(0)); // an older lease does not undo a newer one
        assertThat(holder.service.holdings().leaseOf(OBJECT.id())).contains(KEEP);
    }

    @Property(tries = 60)
    void a_lease_with_any_bit_changed_is_refused(
            @ForAll boolean delete, @ForAll @IntRange(min = 0, max = Lease.SIZE_BYTES * 8 - 1) int bit)
            throws InterruptedException {
        TestHolder fresh = new TestHolder();
        fresh.put(OBJECT, 0);
        byte[] bytes = (delete ? DELETE : KEEP).encode().toArray();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        Lease forged;
        try {
            forged = Lease.decode(Bytes.wrap(bytes));
        } catch (MalformedBytes e) {
            return; // does not even look like a lease
        }

        fresh.refuses(Refusal.NOT_AUTHENTIC, new PutLease(forged));
        assertThat(fresh.holding(OBJECT).leaseSequence()).isEqualTo(1);
        assertThat(fresh.holding(OBJECT).columns()).hasSize(1);
    }

    @Test
    void nobody_else_renews_or_deletes() throws InterruptedException {
        holder.put(OBJECT, 0);

        holder.refuses(Refusal.NOT_AUTHENTIC, new PutLease(FOREIGN.deletion(100)));
        holder.refuses(Refusal.NOT_AUTHENTIC, new PutLease(FOREIGN.lease(100)));
        holder.refuses(Refusal.NOT_AUTHENTIC, OBJECT.commit(FOREIGN.lease(100), List.of(OBJECT.held(0))));
        holder.restart();
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
    }

    @Test
    void a_deletion_takes_the_shards_away_at_once_and_can_be_shown_to_others() throws InterruptedException {
        holder.put(OBJECT, 0, 1);

        holder.accepts(new PutLease(DELETE));
        holder.accepts(new PutLease(DELETE));

        assertThat(holder.ask(new FetchShard(OBJECT.id(), 0, List.of(0, 1)))).isEqualTo(new NotFound());
        assertThat(holder.holding(OBJECT)).isEqualTo(new Holding(6, true, List.of()));
        assertThat(holder.ask(new FetchManifest(OBJECT.id())))
                .isEqualTo(new ObjectKnown(OBJECT.manifest().encode(), OBJECT.sealedHeader(), DELETE));
        assertThat(holder.usedBy(OBJECT)).isZero();
        holder.refuses(Refusal.DELETED, OBJECT.repair(5));
        holder.refuses(Refusal.DELETED, OBJECT.open());
        holder.refuses(Refusal.DELETED, OBJECT.store(0, 0));
        holder.refuses(Refusal.DELETED, OBJECT.commit(0));
        holder.refuses(Refusal.STALE, new PutLease(KEEP));
    }

    @Test
    void an_owner_may_take_a_deletion_back_while_the_shards_are_in_the_trash() throws InterruptedException {
        holder.put(OBJECT, 0, 1);
        holder.accepts(new PutLease(DELETE));

        holder.accepts(new PutLease(OBJECT.lease(7)));

        assertThat(holder.holding(OBJECT).columns()).hasSize(2);
        assertThat(holder.usedBy(OBJECT)).isEqualTo(2 * OBJECT.columnBytes());
        holder.restart();
        assertThat(holder.holding(OBJECT).columns()).hasSize(2);
    }

    @Test
    void the_deletion_of_an_object_that_never_was_here_is_remembered_for_its_owner_only() throws InterruptedException {
        holder.accepts(new PutLease(FOREIGN.deletion(1_000)));
        holder.accepts(new PutLease(DELETE));
        holder.restart();

        assertThat(holder.holding(OBJECT)).isEqualTo(Holding.NOTHING); // nothing of it is proven
        holder.refuses(Refusal.DELETED, OBJECT.repair(5));
        assertThat(holder.holding(OBJECT)).isEqualTo(new Holding(6, true, List.of())); // now it is
        assertThat(holder.ask(new FetchManifest(OBJECT.id()))).isInstanceOf(ObjectKnown.class);
        holder.restart();
        holder.refuses(Refusal.DELETED, OBJECT.repair(6));
        holder.accepts(OBJECT.repair(7));
    }

    @Test
    void a_foreign_deletion_does_not_keep_an_object_out() throws InterruptedException {
        holder.accepts(new PutLease(FOREIGN.deletion(1_000)));

        holder.put(OBJECT, 0);

        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
        holder.restart();
        assertThat(holder.holding(OBJECT).columns()).hasSize(1);
    }

    @Test
    void remembered_deletions_of_unknown_owners_are_few() {
        Notices notices = new Notices(new Acceptance(TestHolder.SELF, HoldingSettings.DEFAULT));
        for (int i = 0; i < Notices.UNKNOWN_MAX; i++) {
            notices.requireRoomForDeletion(OBJECT.owner().id());
            Sha256 object = Sha256.of(Bytes.wrap(new byte[] {(byte) i, (byte) (i >> 8)}));
            notices.put(new Notices.Deletion(object, OBJECT.owner().id(), 1, 1));
        }

        assertThatThrownBy(() -> notices.requireRoomForDeletion(FOREIGN.owner().id()))
                .isInstanceOf(Rejection.class);
        notices.remove(notices.deletions().getFirst().object(), OBJECT.owner().id());
        notices.requireRoomForDeletion(FOREIGN.owner().id());
    }

    /** Whatever comes after a deletion, in any order and with restarts, only a higher sequence brings an object back. */
    @Property(tries = 80)
    void a_deletion_is_never_undone_by_a_lower_sequence(
            @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 8) Integer> steps,
            @ForAll @LongRange(min = 2, max = 6) long deletedAt,
            @ForAll boolean wasHere)
            throws InterruptedException {
        TestHolder fresh = new TestHolder();
        if (wasHere) {
            fresh.put(OBJECT, 0);
        }
        fresh.accepts(new PutLease(OBJECT.deletion(deletedAt)));

        long sequence = 1;
        for (int step : steps) {
            sequence = sequence % deletedAt + 1;
            Optional<Reply> reply = step(fresh, step, Math.min(sequence, deletedAt));
            if (step == 3 || step == 4) {
                assertThat(reply.orElseThrow()).isNotEqualTo(new Accepted());
            }
            assertThat(fresh.holding(OBJECT).columns()).isEmpty();
            assertThat(fresh.ask(new FetchShard(OBJECT.id(), 0, List.of(0, 1)))).isEqualTo(new NotFound());
        }
    }

    private static Optional<Reply> step(TestHolder fresh, int step, long sequence) throws InterruptedException {
        Lease lease = OBJECT.lease(sequence);
        switch (step) {
            case 0 -> {
                return Optional.of(fresh.ask(OBJECT.open()));
            }
            case 1 -> {
                return Optional.of(fresh.ask(OBJECT.store(0, 0)));
            }
            case 2 -> {
                return Optional.of(fresh.ask(OBJECT.store(0, 1)));
            }
            case 3 -> {
                return Optional.of(fresh.ask(OBJECT.commit(lease, List.of(OBJECT.held(0)))));
            }
            case 4 -> {
                return Optional.of(fresh.ask(OBJECT.repair(sequence)));
            }
            case 5 -> {
                return Optional.of(fresh.ask(new PutLease(lease)));
            }
            case 6 -> {
                return Optional.of(fresh.ask(new PutLease(FOREIGN.deletion(sequence + 100))));
            }
            case 7 -> fresh.restart();
            default -> fresh.service.collector(() -> true).collect();
        }
        return Optional.empty();
    }
}
