package net.pangea.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.RandomStream;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.SegmentRange;
import org.junit.jupiter.api.Test;

/** What repair decides, without anything done. */
class DecisionsTest {
    private static final Sha256 OBJECT = Sha256.of(Bytes.EMPTY);
    private static final RepairSettings SETTINGS = RepairSettings.DEFAULT;
    private static final long GRACE = SETTINGS.grace().toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    @Property(tries = 300)
    void coverage_is_a_set_of_segments(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        RandomStream random = RandomStream.of(seed, "coverage");
        int segments = 1 + random.nextInt(40);
        BitSet left = new BitSet();
        BitSet right = new BitSet();
        Coverage a = drawn(random, segments, left);
        Coverage b = drawn(random, segments, right);
        BitSet both = (BitSet) left.clone();
        both.or(right);
        BitSet without = (BitSet) left.clone();
        without.andNot(right);

        assertThat(bits(a)).isEqualTo(left);
        assertThat(bits(a.plus(b))).isEqualTo(both);
        assertThat(bits(a.minus(b))).isEqualTo(without);
        assertThat(a.count()).isEqualTo(left.cardinality());
        assertThat(a.containsAll(b)).isEqualTo(left.equals(both));
        for (int place = 0; place < a.count(); place++) {
            assertThat(a.contains(a.at(place))).isTrue();
        }
    }

    private static Coverage drawn(RandomStream random, int segments, BitSet bits) {
        List<SegmentRange> ranges = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            SegmentRange range = new SegmentRange(random.nextInt(segments + 5) - 2, random.nextInt(9));
            ranges.add(range);
            if (range.first() >= 0 && range.first() < segments) {
                bits.set(range.first(), Math.min(segments, range.first() + range.count()));
            }
        }
        return Coverage.of(ranges, segments);
    }

    private static BitSet bits(Coverage coverage) {
        BitSet bits = new BitSet();
        coverage.ranges().forEach(range -> bits.set(range.first(), range.first() + range.count()));
        return bits;
    }

    @Test
    void a_range_that_ends_beyond_all_numbers_is_cut() {
        assertThat(Coverage.of(List.of(new SegmentRange(3, Integer.MAX_VALUE)), 5)
                        .count())
                .isEqualTo(2);
    }

    @Test
    void the_margin_is_that_of_the_segment_that_is_worst_off() {
        FakeObject object = FakeObject.of(1, 2, 2, 4, 10);
        Peer peer = peer("a");
        List<Claim> claims = List.of(
                new Claim(peer, 0, Coverage.whole(4)),
                new Claim(peer, 1, Coverage.whole(4)),
                new Claim(peer, 2, Coverage.of(List.of(new SegmentRange(0, 3)), 4)),
                new Claim(peer("b"), 3, Coverage.of(0)),
                new Claim(peer("c"), 3, Coverage.of(List.of(new SegmentRange(1, 3)), 4)));

        Census census = Census.of(object.manifest(), claims);

        assertThat(census.incomplete()).containsExactly(2);
        assertThat(census.missing(2)).isEqualTo(Coverage.of(3));
        assertThat(census.margin()).isEqualTo(1);
        assertThat(Census.of(object.manifest(), List.of()).margin()).isEqualTo(-2);
    }

    @Test
    void ranks_are_one_order_for_all_and_another_in_the_next_hour() {
        List<String> names = IntStream.range(0, 12).mapToObj(i -> "node-" + i).toList();
        for (long hour = 0; hour < 20; hour++) {
            long at = hour;
            assertThat(names.stream().map(name -> Duty.rank(OBJECT, at, name, names)))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 12).boxed().toList());
        }
        assertThat(IntStream.range(0, 50)
                        .mapToObj(hour -> names.stream()
                                .filter(name -> Duty.rank(OBJECT, hour, name, names) == 0)
                                .findFirst()
                                .orElseThrow())
                        .distinct()
                        .count())
                .isGreaterThan(5);
    }

    @Test
    void each_rank_waits_a_grace_longer_and_the_time_of_the_repairs_before_it() {
        Duration grace = Duration.ofMinutes(15);
        Duration hour = Duration.ofHours(1);

        assertThat(Duty.patience(0, grace, hour)).isEqualTo(grace);
        assertThat(Duty.patience(2, grace, Duration.ZERO)).isEqualTo(Duration.ofMinutes(45));
        assertThat(Duty.patience(2, grace, hour)).isEqualTo(Duration.ofMinutes(45 + 120));
        assertThat(Duty.urgentPatience(OBJECT, 3, "a", 0, Duration.ofSeconds(30), hour))
                .isBetween(Duration.ZERO, Duration.ofSeconds(30));
    }

    @Test
    void a_column_that_is_seen_once_in_between_starts_anew() {
        Sightings sightings = new Sightings("a", SETTINGS, SETTINGS.grace().dividedBy(2));
        for (long now = 0; now <= GRACE; now += MINUTE) {
            sightings.saw(look(3, now == 7 * MINUTE ? List.of(2) : List.of(2, 5)), now);
        }

        assertThat(due(sightings, GRACE)).containsExactly(2);
        assertThat(due(sightings, GRACE + 8 * MINUTE)).containsExactly(2, 5);
    }

    @Test
    void time_in_which_nobody_looked_does_not_count() {
        Sightings sightings = new Sightings("a", SETTINGS, SETTINGS.grace().dividedBy(2));
        sightings.saw(look(3, List.of(2)), 0);
        sightings.saw(look(3, List.of(2)), GRACE);

        assertThat(due(sightings, GRACE)).isEmpty();
    }

    @Test
    void the_object_in_the_greatest_danger_comes_first_and_of_too_many_the_safest_is_forgotten() {
        Sightings sightings = new Sightings("a", SETTINGS, SETTINGS.grace());
        for (int i = 0; i < Sightings.OBJECTS_MAX + 10; i++) {
            Sha256 object = Sha256.of(Bytes.wrap(new byte[] {(byte) i, (byte) (i >> 8)}));
            int margin = i % 100;
            sightings.saw(new Sightings.Look(object, margin, List.of(1), List.of("a"), Duration.ZERO, 0), i);
        }

        List<Deficit> deficits = sightings.due(2 * GRACE);
        assertThat(deficits).hasSize(Sightings.OBJECTS_MAX).isSortedAccordingTo(Deficit.PRIORITY);
        assertThat(deficits.getFirst().margin()).isZero();
    }

    @Test
    void who_has_nothing_to_rebuild_knows_when_there_may_be_something() {
        Sightings sightings = new Sightings("a", SETTINGS, SETTINGS.grace());
        assertThat(sightings.nextDueNanos()).isEmpty();

        sightings.saw(look(3, List.of(2)), 0);
        long due = sightings.nextDueNanos().orElseThrow();
        assertThat(due(sightings, due - 1)).isEmpty();
        assertThat(sightings.nextDueNanos()).hasValue(due);
        assertThat(due(sightings, due)).containsExactly(2);

        sightings.saw(look(3, List.of()), due);
        assertThat(sightings.nextDueNanos()).isEmpty();
    }

    @Test
    void an_object_in_danger_is_due_though_nothing_was_due_for_long() {
        Sightings sightings = new Sightings("a", SETTINGS, SETTINGS.grace());
        sightings.saw(look(3, List.of(2)), 0);
        assertThat(due(sightings, MINUTE)).isEmpty(); // nor will it be for the rest of the grace

        Sha256 other = Sha256.of(Bytes.wrap(new byte[] {1}));
        sightings.saw(new Sightings.Look(other, 0, List.of(1), List.of("a"), Duration.ZERO, 0), MINUTE);

        assertThat(sightings.due(MINUTE + SETTINGS.jitter().toNanos()))
                .extracting(Deficit::object)
                .containsExactly(other);
        assertThat(due(sightings, GRACE)).containsExactly(1, 2);
    }

    @Test
    void what_is_given_up_is_not_seen_again() {
        Sightings sightings = new Sightings("a", SETTINGS, SETTINGS.grace());
        sightings.saw(look(3, List.of(2)), 0);
        sightings.giveUp(OBJECT);
        sightings.saw(look(3, List.of(2)), 1);

        assertThat(sightings.due(2 * GRACE)).isEmpty();
        assertThat(sightings.watched(1)).isEmpty();
    }

    @Test
    void who_is_second_leaves_watching_to_the_first_until_its_turn_comes() {
        List<String> holders = List.of("a", "b", "c");
        List<String> order = Duty.order(OBJECT, 0, "a", holders);
        Sightings first = new Sightings(order.get(0), SETTINGS, SETTINGS.grace().dividedBy(2));
        Sightings second =
                new Sightings(order.get(1), SETTINGS, SETTINGS.grace().dividedBy(2));
        Sightings.Look look = new Sightings.Look(OBJECT, 3, List.of(2), holders, Duration.ofMinutes(2), 0);
        long turn = GRACE + 2 * MINUTE;

        first.saw(look, 0);
        second.saw(look, 0);
        assertThat(first.watched(MINUTE)).hasSize(1);
        assertThat(second.watched(turn - 1)).isEmpty();
        assertThat(second.watched(turn)).hasSize(1);
        for (long now = turn; now < turn + GRACE; now += MINUTE) {
            assertThat(second.due(now)).isEmpty();
            second.saw(look, now);
        }
        assertThat(second.due(turn + GRACE)).hasSize(1);
    }

    @Test
    void whoever_sees_an_object_in_danger_watches_it() {
        for (String name : List.of("a", "b", "c")) {
            Sightings sightings = new Sightings(name, SETTINGS, SETTINGS.grace().dividedBy(2));
            sightings.saw(new Sightings.Look(OBJECT, 1, List.of(2), List.of("a", "b", "c"), Duration.ZERO, 0), 0);

            assertThat(sightings.watched(1)).hasSize(1);
        }
    }

    private static Sightings.Look look(int margin, List<Integer> missing) {
        return new Sightings.Look(OBJECT, margin, missing, List.of("a"), Duration.ZERO, 0);
    }

    private static List<Integer> due(Sightings sightings, long now) {
        return sightings.due(now).stream()
                .flatMap(deficit -> deficit.due(now, SETTINGS).stream())
                .toList();
    }

    @Test
    void a_flock_that_loses_half_within_a_minute_waits_for_more_than_half() {
        Flock flock = flock(9);
        for (int i = 0; i < 5; i++) {
            flock.missed("p" + i, GRACE + i);
        }

        assertThat(flock.mayAct(GRACE + 10)).isFalse();
        assertThat(flock.mayAct(GRACE + 1_000 * MINUTE)).isFalse();
        flock.heard("p0", GRACE + 1_001 * MINUTE);
        assertThat(flock.mayAct(GRACE + 1_001 * MINUTE)).isTrue();
        assertThat(flock.mayAct(GRACE + 1_100 * MINUTE)).isTrue();
    }

    @Test
    void after_the_isolation_the_rest_is_the_world() {
        Flock flock = flock(9);
        for (int i = 0; i < 7; i++) {
            flock.missed("p" + i, GRACE);
        }

        assertThat(flock.mayAct(GRACE + SETTINGS.isolation().toNanos() - 1)).isFalse();
        assertThat(flock.mayAct(GRACE + SETTINGS.isolation().toNanos())).isTrue();
    }

    @Test
    void peers_that_are_lost_one_after_the_other_isolate_nobody() {
        Flock flock = flock(9);
        for (int i = 0; i < 6; i++) {
            flock.missed("p" + i, GRACE + i * MINUTE);
        }

        assertThat(flock.mayAct(GRACE + 6 * MINUTE)).isTrue();
    }

    @Test
    void a_node_that_has_just_started_waits_until_it_knows_the_world() {
        Flock flock = new Flock(0, SETTINGS.grace(), SETTINGS.isolation());
        for (int i = 0; i < 9; i++) {
            flock.missed("p" + i, 5);
        }
        assertThat(flock.mayAct(6)).isFalse();
        assertThat(flock.mayAct(GRACE)).isTrue();

        for (int i = 0; i < 5; i++) {
            flock.heard("p" + i, 7);
        }
        assertThat(flock.mayAct(8)).isTrue();
    }

    private static Flock flock(int peers) {
        Flock flock = new Flock(0, SETTINGS.grace(), SETTINGS.isolation());
        for (int i = 0; i < peers; i++) {
            flock.heard("p" + i, 1);
        }
        return flock;
    }

    @Test
    void a_bucket_is_overdrawn_once_and_then_filled_at_its_rate() {
        Budget budget = new Budget(1_000, 0);

        assertThat(budget.spend(1_000, 0)).isZero();
        assertThat(budget.spend(3_000, 0)).isEqualTo(Duration.ofSeconds(3));
        assertThat(budget.spend(0, Duration.ofSeconds(3).toNanos())).isZero();
        assertThat(budget.spend(1_500, Duration.ofHours(3).toNanos())).isEqualTo(Duration.ofMillis(500));
    }

    @Property(tries = 20)
    void a_peer_that_lost_a_hundredth_is_found_out_as_often_as_stated(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        RandomStream random = RandomStream.of(seed, "audit");
        int found = 0;
        int days = 400;
        for (int day = 0; day < days; day++) {
            // 10,000 blocks in 100 segments of uneven size; every hundredth block of them is lost.
            List<Probe> probes = AuditPlan.draw(
                    Coverage.whole(100), segment -> segment % 2 == 0 ? 150 : 50, SETTINGS.auditBlocksPerDay(), random);
            if (probes.stream()
                    .anyMatch(probe -> probe.block() % 100 == 7 && (probe.segment() % 2 == 1 || probe.block() == 7))) {
                found++;
            }
        }

        assertThat(AuditPlan.detection(0.01, SETTINGS.auditBlocksPerDay())).isCloseTo(0.951, within(0.001));
        assertThat((double) found / days).isCloseTo(0.951, within(0.05));
    }

    @Test
    void the_plan_pays_out_its_blocks_evenly_and_no_flood_after_a_pause() {
        AuditPlan plan = new AuditPlan(300);
        int blocks = 0;
        for (long now = 0; now <= 24 * 60 * MINUTE; now += MINUTE) {
            int due = plan.due("a", now);
            assertThat(due).isLessThanOrEqualTo(1);
            blocks += due;
        }

        assertThat(blocks).isEqualTo(300);
        assertThat(plan.due("a", 3_000 * 60 * MINUTE)).isEqualTo(32);
        assertThat(plan.due("a", 3_000 * 60 * MINUTE)).isZero();
    }

    @Test
    void targets_respect_domains_first_then_take_new_peers_then_the_best() {
        List<Targets.Candidate> ranked = List.of(
                new Targets.Candidate(peer("a"), "east", 100),
                new Targets.Candidate(peer("b"), "east", 100),
                new Targets.Candidate(peer("c"), "west", 5),
                new Targets.Candidate(peer("d"), "west", 100),
                new Targets.Candidate(peer("e"), "east", 100));
        Targets targets = new Targets(2, 10);
        targets.holds("d", "west");
        targets.holds("x", "east");

        Map<Integer, Peer> chosen = targets.choose(List.of(3, 4, 5), ranked, Map.of());

        assertThat(chosen.values().stream().map(Peer::name)).containsExactly("a", "d", "b");
    }

    @Test
    void a_peer_is_given_no_more_than_it_has_room_for_and_the_rest_of_a_column_goes_where_it_is() {
        List<Targets.Candidate> ranked =
                List.of(new Targets.Candidate(peer("a"), "a", 15), new Targets.Candidate(peer("b"), "b", 25));
        Targets targets = new Targets(9, 10);
        targets.holds("b", "b");

        Map<Integer, Peer> chosen = targets.choose(List.of(0, 1, 2, 3), ranked, Map.of(1, "b"));

        assertThat(chosen).hasSize(3);
        assertThat(chosen.get(0)).isEqualTo(peer("a"));
        assertThat(chosen.get(1)).isEqualTo(peer("b"));
        assertThat(chosen.get(2)).isEqualTo(peer("b"));
    }

    @Test
    void claims_that_grow_are_audited_again_and_refuted_ones_after_a_while() {
        ClaimBook book = new ClaimBook(SETTINGS.grace());
        Claim half = new Claim(peer("a"), 1, Coverage.of(0));
        Claim whole = new Claim(peer("a"), 1, Coverage.whole(2));

        assertThat(book.standing(OBJECT, half)).isEqualTo(ClaimBook.Standing.UNPROVEN);
        book.note(OBJECT, half, true, 0);
        assertThat(book.standing(OBJECT, half)).isEqualTo(ClaimBook.Standing.PROVEN);
        assertThat(book.standing(OBJECT, whole)).isEqualTo(ClaimBook.Standing.UNPROVEN);
        book.note(OBJECT, whole, false, 0);
        assertThat(book.wantsAudit(OBJECT, whole, GRACE - 1)).isFalse();
        assertThat(book.wantsAudit(OBJECT, half, GRACE - 1)).isTrue();
        assertThat(book.standing(OBJECT, half)).isEqualTo(ClaimBook.Standing.REFUTED);
        assertThat(book.wantsAudit(OBJECT, whole, GRACE)).isTrue();
    }

    @Test
    void the_book_of_claims_is_bounded() {
        ClaimBook book = new ClaimBook(SETTINGS.grace());
        Claim first = new Claim(peer("a"), 0, Coverage.of(0));
        book.note(OBJECT, first, true, 0);
        for (int column = 1; column <= ClaimBook.CLAIMS_MAX; column++) {
            book.note(OBJECT, new Claim(peer("a"), column, Coverage.of(0)), true, 0);
        }

        assertThat(book.standing(OBJECT, first)).isEqualTo(ClaimBook.Standing.UNPROVEN);
    }

    @Test
    void settings_out_of_bounds_are_refused_by_name() {
        assertThatThrownBy(() -> SETTINGS.withScan(Duration.ofMinutes(6)))
                .hasMessageContaining("repair.scan is at most a third of repair.grace");
        assertThatThrownBy(() -> SETTINGS.withGrace(Duration.ZERO)).hasMessageContaining("repair.scan is positive");
        assertThatThrownBy(() -> SETTINGS.withBytesPerSecond(0)).hasMessageContaining("repair.bytesPerSecond");
        assertThat(SETTINGS.withGrace(Duration.ofMinutes(5)).scan()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void events_have_names_of_their_own() {
        List<RepairEvent> all = List.of(
                new RepairEvent.RepairStarted("o", 1, 2),
                new RepairEvent.ColumnRestored("o", 1, "a", 3, 4),
                new RepairEvent.RepairCompleted("o", 1, 2, "a"),
                new RepairEvent.RepairFailed("o", "why"),
                new RepairEvent.RepairHeldBack("o", "why"),
                new RepairEvent.AuditFailed("o", 1, "a", "why"),
                new RepairEvent.ObjectInconsistent("o", "1"));

        assertThat(new TreeSet<>(all.stream().map(RepairEvent::name).toList()))
                .containsExactly(
                        "audit-failed",
                        "column-restored",
                        "object-inconsistent",
                        "repair-completed",
                        "repair-failed",
                        "repair-held-back",
                        "repair-started");
    }

    private static Peer peer(String name) {
        return new Peer(name, new Endpoint(IpAddress.of(10, 0, 0, 1), 4001));
    }
}
