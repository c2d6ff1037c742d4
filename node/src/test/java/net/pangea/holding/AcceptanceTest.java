package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.holding.Acceptance.Standing;
import net.pangea.holding.HoldingSettings.Accept;
import net.pangea.keys.OwnerId;
import net.pangea.keys.SigningKey;
import net.pangea.manifest.UploadTicket;
import net.pangea.protocol.PeerMessage.OpenUpload;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Refusal;
import org.junit.jupiter.api.Test;

class AcceptanceTest {
    private static final SigningKey LISTED = TestObject.key(1);
    private static final SigningKey UNKNOWN = TestObject.key(2);
    private static final SigningKey STRANGER = TestObject.key(3);
    private static final HoldingSettings SETTINGS = HoldingSettings.DEFAULT
            .accepting(Accept.LISTED, List.of(LISTED.id()))
            .limited(2_000, 500);

    @Test
    void the_own_owner_takes_all_listed_ones_a_quota_and_all_others_share_a_cap() {
        Acceptance acceptance = new Acceptance(TestHolder.SELF, SETTINGS);

        assertThat(acceptance.standing(TestHolder.SELF)).isEqualTo(Standing.OWN);
        assertThat(acceptance.refusal(TestHolder.SELF, 1L << 50, 0, 1L << 50)).isEmpty();
        assertThat(acceptance.standing(LISTED.id())).isEqualTo(Standing.ACCEPTED);
        assertThat(acceptance.refusal(LISTED.id(), 1_000, 500, 1_000)).isEmpty();
        assertThat(acceptance.refusal(LISTED.id(), 1_000, 0, 1_001)).contains(Refusal.QUOTA_EXCEEDED);
        assertThat(acceptance.refusal(LISTED.id(), 5_000, 0, 0)).isEmpty();
        assertThat(acceptance.standing(UNKNOWN.id())).isEqualTo(Standing.UNKNOWN);
        assertThat(acceptance.refusal(UNKNOWN.id(), 0, 400, 100)).isEmpty();
        assertThat(acceptance.refusal(UNKNOWN.id(), 0, 400, 101)).contains(Refusal.OWNER_NOT_ACCEPTED);
    }

    @Test
    void a_cap_of_nothing_keeps_unknown_owners_out_altogether() {
        Acceptance strict = new Acceptance(TestHolder.SELF, SETTINGS.limited(2_000, 0));
        Acceptance open =
                new Acceptance(TestHolder.SELF, SETTINGS.limited(2_000, 0).accepting(Accept.EVERYONE, List.of()));

        assertThat(strict.refusal(UNKNOWN.id(), 0, 0, 0)).contains(Refusal.OWNER_NOT_ACCEPTED);
        assertThat(open.refusal(UNKNOWN.id(), 0, 0, 2_000)).isEmpty();
        assertThat(open.refusal(UNKNOWN.id(), 0, 0, 2_001)).contains(Refusal.QUOTA_EXCEEDED);
    }

    @Test
    void unknown_owners_share_one_cap() throws InterruptedException {
        TestHolder holder = new TestHolder(SETTINGS);
        TestObject first = TestObject.draw(1, UNKNOWN, 2, 1, 300);
        TestObject second = TestObject.draw(2, STRANGER, 2, 1, 300);

        holder.accepts(first.open());
        holder.refuses(Refusal.OWNER_NOT_ACCEPTED, second.open());
        assertThat(holder.events(HoldingEvent.OwnerRefused.class)).hasSize(1);
        holder.accepts(first.store(0, 0));
        holder.refuses(Refusal.OWNER_NOT_ACCEPTED, first.store(1, 0)); // a second column does not fit
        holder.accepts(first.commit(0));
        holder.accepts(new PutLease(first.deletion(2)));
        holder.accepts(second.open());
    }

    @Test
    void settings_out_of_bounds_are_refused_by_name() {
        assertThatThrownBy(() -> SETTINGS.limited(-1, 0)).hasMessageContaining("quota of an owner");
        assertThatThrownBy(() -> SETTINGS.limited(0, -1)).hasMessageContaining("cap of unknown owners");
        assertThatThrownBy(() -> settings(Duration.ofDays(-1), Duration.ofDays(7), 1))
                .hasMessageContaining("grace of expired objects");
        assertThatThrownBy(() -> settings(Duration.ofDays(7), Duration.ofDays(7_000), 1))
                .hasMessageContaining("grace of the trash");
        assertThatThrownBy(() -> settings(Duration.ofDays(7), Duration.ofDays(7), 0))
                .hasMessageContaining("scrubbing reads");
    }

    private static HoldingSettings settings(Duration expiryGrace, Duration trashGrace, long scrubBytes) {
        HoldingSettings usual = HoldingSettings.DEFAULT;
        return new HoldingSettings(
                usual.accept(),
                usual.owners(),
                usual.ownerQuotaBytes(),
                usual.unknownCapBytes(),
                usual.clockSlack(),
                expiryGrace,
                usual.uploadGrace(),
                trashGrace,
                usual.collectPeriod(),
                usual.scrubPeriod(),
                scrubBytes,
                usual.scrubEvery(),
                usual.compactPeriod());
    }

    /** Whatever three owners do in whatever order, limits hold, and a restart counts the same. */
    @Property(tries = 150)
    void no_owner_ever_takes_more_than_the_quota(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 9_999) Integer> steps)
            throws InterruptedException {
        TestHolder holder = new TestHolder(SETTINGS);
        List<TestObject> objects =
                List.of(OBJECTS.get(0), OBJECTS.get(1), OBJECTS.get(2), OBJECTS.get(3), OBJECTS.get(4), OBJECTS.get(5));
        for (int step : steps) {
            TestObject object = objects.get(step % 6);
            step(holder, object, step / 6 % 10, step / 60);

            Holdings holdings = holder.service.holdings();
            assertThat(holdings.usedBy(LISTED.id())).isLessThanOrEqualTo(2_000);
            assertThat(holdings.usedByUnknown())
                    .isLessThanOrEqualTo(500)
                    .isEqualTo(holdings.usedBy(UNKNOWN.id()) + holdings.usedBy(STRANGER.id()));
        }

        TreeMap<OwnerId, Long> before = used(holder);
        long usedByUnknown = holder.service.holdings().usedByUnknown();
        holder.restart();
        assertThat(used(holder)).isEqualTo(before);
        assertThat(holder.service.holdings().usedByUnknown()).isEqualTo(usedByUnknown);
    }

    /** A deletion of something unknown, a repair that teaches the object, another under a newer lease, its shards. */
    @Test
    void a_restart_counts_the_same_while_a_deleted_object_is_repaired() throws InterruptedException {
        no_owner_ever_takes_more_than_the_quota(List.of(1603, 55, 55, 13));
    }

    /** A shard that was committed rots, and a repair stores it anew and is cut off before its commit. */
    @Test
    void a_restart_counts_the_same_while_a_rotten_shard_is_repaired() throws InterruptedException {
        no_owner_ever_takes_more_than_the_quota(List.of(0, 12, 3150, 1614, 144));
    }

    private static final List<TestObject> OBJECTS = List.of(
            TestObject.draw(1, LISTED, 2, 2, 300),
            TestObject.draw(2, LISTED, 3, 3, 200),
            TestObject.draw(3, LISTED, 2, 2, 700),
            TestObject.draw(4, UNKNOWN, 2, 2, 100),
            TestObject.draw(5, UNKNOWN, 2, 2, 150),
            TestObject.draw(6, STRANGER, 2, 2, 120));

    private static TreeMap<OwnerId, Long> used(TestHolder holder) {
        TreeMap<OwnerId, Long> used = new TreeMap<>();
        for (SigningKey owner : List.of(LISTED, UNKNOWN, STRANGER)) {
            used.put(owner.id(), holder.service.holdings().usedBy(owner.id()));
        }
        return used;
    }

    private static void step(TestHolder holder, TestObject object, int action, int number) throws InterruptedException {
        int column = number % object.manifest().columns();
        int segment = number % object.manifest().segments();
        switch (action) {
            case 0, 1 -> {
                var _ = holder.ask(object.open());
            }
            case 2, 3, 4 -> {
                for (int i = 0; i < object.manifest().segments(); i++) {
                    var _ = holder.ask(object.store(column, i));
                }
            }
            case 5 -> {
                var _ = holder.ask(object.commit(column));
            }
            case 6 -> {
                var _ = holder.ask(new OpenUpload(UploadTicket.sign(
                        object.owner(),
                        object.placementKey(),
                        TestObject.START + number,
                        TestObject.START + TestObject.DAY,
                        object.columnBytes() + number)));
            }
            case 7 -> {
                long sequence = holder.holding(object).leaseSequence() + 1;
                var _ = holder.ask(new PutLease(number % 2 == 0 ? object.deletion(sequence) : object.lease(sequence)));
            }
            case 8 -> {
                holder.clock.pass(Duration.ofHours(5));
                holder.service.collector(() -> true).collect();
            }
            default -> {
                holder.store.damage(new ShardName(object.placementKey(), column, segment).key());
                boolean _ = holder.service.scrubber().scrub();
                var _ = holder.ask(object.repair(holder.holding(object).leaseSequence() + 1));
            }
        }
    }
}
