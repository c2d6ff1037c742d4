package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.holding.Pointers.Outcome;
import net.pangea.holding.Pointers.Outcome.Kept;
import net.pangea.holding.Pointers.Outcome.Newer;
import net.pangea.holding.Pointers.Outcome.Refused;
import net.pangea.keys.MasterKey;
import net.pangea.keys.SigningKey;
import net.pangea.manifest.CataloguePointer;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.store.MemoryStore;
import org.junit.jupiter.api.Test;

class PointersTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = 24 * HOUR;
    private static final SigningKey OWNER = TestObject.key(1);

    private final TestHolder holder = new TestHolder();

    PointersTest() throws InterruptedException {}

    private static CataloguePointer pointer(SigningKey owner, long sequence, long issued, long expires) {
        Sha256 some = Sha256.of(owner.id().bytes());
        Bytes wrapped = Bytes.wrap(new byte[MasterKey.WRAPPED_BYTES]);
        return CataloguePointer.sign(owner, sequence, issued, expires, some, some, wrapped);
    }

    private static CataloguePointer pointer(long sequence) {
        return pointer(OWNER, sequence, 1, TestObject.START + 30 * DAY);
    }

    private Outcome keep(CataloguePointer pointer) throws InterruptedException {
        return holder.service.pointers().keep(pointer);
    }

    private void refuses(Refusal why, CataloguePointer pointer) throws InterruptedException {
        assertThat(keep(pointer))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.why()).as(refused.text()).isEqualTo(why));
    }

    @Test
    void the_newest_pointer_of_an_owner_counts_also_after_a_restart() throws InterruptedException {
        CataloguePointer first = pointer(1);
        CataloguePointer second = pointer(2);
        CataloguePointer forged = new CataloguePointer(
                first.owner(),
                3,
                1,
                first.expiresMillis(),
                first.object(),
                first.placementKey(),
                first.wrappedKey(),
                first.signature());
        assertThat(holder.service.pointers().find(first.owner())).isEmpty();

        assertThat(keep(second)).isEqualTo(new Kept());
        assertThat(keep(first)).isEqualTo(new Newer(second));
        refuses(Refusal.NOT_AUTHENTIC, forged);
        holder.restart();
        assertThat(keep(first)).isEqualTo(new Newer(second));
        assertThat(keep(second)).isEqualTo(new Kept());
        assertThat(holder.service.pointers().find(first.owner())).contains(second);
        assertThat(holder.service.pointers().owners()).containsExactly(first.owner());
    }

    @Test
    void of_two_with_one_sequence_one_wins_in_whatever_order_they_come() throws InterruptedException {
        CataloguePointer one = pointer(OWNER, 5, 1, TestObject.START + DAY);
        CataloguePointer other = pointer(OWNER, 5, 2, TestObject.START + DAY);
        CataloguePointer winner = one.supersedes(other) ? one : other;
        CataloguePointer loser = winner.equals(one) ? other : one;

        assertThat(loser.supersedes(winner)).isFalse();
        assertThat(keep(loser)).isEqualTo(new Kept());
        assertThat(keep(winner)).isEqualTo(new Kept());
        assertThat(keep(loser)).isEqualTo(new Newer(winner));
    }

    @Test
    void one_that_has_rotted_is_not_replaced_by_an_older_one() throws InterruptedException {
        assertThat(keep(pointer(2))).isEqualTo(new Kept());
        holder.store.removeAll(List.of(Entries.pointer(OWNER.id())));

        refuses(Refusal.STALE, pointer(1));
        assertThat(keep(pointer(3))).isEqualTo(new Kept());
    }

    @Test
    void a_pointer_is_kept_until_it_expires_by_all_clocks_whoever_is_away() throws InterruptedException {
        CataloguePointer pointer = pointer(OWNER, 1, 1, TestObject.START + 3 * DAY);
        assertThat(keep(pointer)).isEqualTo(new Kept());
        Collector collector = holder.service.collector(() -> true);

        holder.clock.pass(Duration.ofDays(3).minusSeconds(1));
        collector.collect();
        assertThat(holder.service.pointers().find(OWNER.id())).contains(pointer);
        holder.clock.pass(Duration.ofHours(2));
        refuses(Refusal.EXPIRED, pointer(TestObject.key(2), 1, 1, TestObject.START + 3 * DAY));
        collector.collect();
        holder.clock.pass(holder.settings.expiryGrace().minusSeconds(1));
        collector.collect();
        assertThat(holder.service.pointers().find(OWNER.id())).contains(pointer);
        holder.peersAheadMillis = OptionalLong.of(-10 * DAY);
        holder.clock.pass(Duration.ofDays(1));
        collector.collect();
        assertThat(holder.service.pointers().find(OWNER.id())).contains(pointer);
        holder.peersAheadMillis = OptionalLong.of(0);
        collector.collect();

        assertThat(holder.service.pointers().find(OWNER.id())).isEmpty();
        assertThat(holder.service.pointers().owners()).isEmpty();
    }

    @Test
    void a_newer_pointer_is_not_collected_for_the_older_ones_age() throws InterruptedException {
        assertThat(keep(pointer(OWNER, 1, 1, TestObject.START + DAY))).isEqualTo(new Kept());
        Collector collector = holder.service.collector(() -> true);
        holder.clock.pass(Duration.ofDays(2));
        collector.collect();
        CataloguePointer second = pointer(OWNER, 2, 1, TestObject.START + 90 * DAY);
        assertThat(keep(second)).isEqualTo(new Kept());

        holder.clock.pass(Duration.ofDays(30));
        collector.collect();
        holder.restart();

        assertThat(holder.service.pointers().find(OWNER.id())).contains(second);
    }

    @Test
    void owners_who_are_not_listed_share_few_places_or_none() throws InterruptedException {
        TestHolder listing =
                new TestHolder(HoldingSettings.DEFAULT.accepting(HoldingSettings.Accept.LISTED, List.of(OWNER.id())));
        for (int i = 0; i < Notices.UNKNOWN_MAX; i++) {
            CataloguePointer pointer = pointer(TestObject.key(1_000 + i), 1, 1, TestObject.START + DAY);
            assertThat(listing.service.pointers().keep(pointer)).isEqualTo(new Kept());
        }
        CataloguePointer more = pointer(TestObject.key(999), 1, 1, TestObject.START + DAY);

        assertThat(listing.service.pointers().keep(more)).isInstanceOf(Refused.class);
        assertThat(listing.service.pointers().keep(pointer(1))).isEqualTo(new Kept());
        TestHolder strict =
                new TestHolder(HoldingSettings.DEFAULT.limited(HoldingSettings.DEFAULT.ownerQuotaBytes(), 0));
        assertThat(strict.service.pointers().keep(pointer(1)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).isEqualTo(Refusal.OWNER_NOT_ACCEPTED));
    }

    @Test
    void a_full_disk_keeps_none_and_says_so() throws InterruptedException {
        HolderService full = holder.open(new MemoryStore(100));

        assertThat(full.pointers().keep(pointer(1)))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).isEqualTo(Refusal.FULL));
        assertThat(full.pointers().owners()).isEmpty();
    }
}
