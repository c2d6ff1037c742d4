package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.Bytes;
import net.pangea.kad.TableUpdate.Added;
import net.pangea.kad.TableUpdate.Cached;
import net.pangea.kad.TableUpdate.NeedPing;
import net.pangea.kad.TableUpdate.Reason;
import net.pangea.kad.TableUpdate.Refused;
import net.pangea.kad.TableUpdate.Removed;
import net.pangea.kad.TableUpdate.Updated;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.PeerId;

class RoutingTableTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final long FRESH = RoutingTable.FRESH.toNanos();

    private final RandomStream random = RandomStream.of(1, "routing table");
    private final PeerId self = Ids.random(random);
    private final RoutingTable table = new RoutingTable(self, Diversity.NONE);

    @Example
    void who_is_named_is_pinged_and_enters_once_it_has_answered() {
        Contact named = far();

        assertThat(table.heardOf(named, 0)).isEqualTo(new NeedPing(named));
        assertThat(table.contacts()).isEmpty();

        assertThat(table.answered(named, Mode.SERVER, 1)).isEqualTo(new Added(named));
        assertThat(table.contacts()).containsExactly(named);
    }

    @Example
    void who_is_named_again_is_not_pinged_twice_at_a_time() {
        Contact named = far();
        var _ = table.heardOf(named, 0);

        assertThat(table.heardOf(named, 1)).isEqualTo(new Cached(named));
        assertThat(table.heardOf(named, RoutingTable.PING_PATIENCE.toNanos())).isEqualTo(new NeedPing(named));
    }

    @Example
    void what_others_say_of_a_contact_counts_for_nothing() {
        Contact contact = far();
        var _ = table.answered(contact, Mode.SERVER, 0);

        TableUpdate update = table.heardOf(new Contact(contact.id(), List.of(address(6))), 1);

        assertThat(update).isEqualTo(new Refused(Reason.KNOWN));
        assertThat(table.contacts()).containsExactly(contact);
    }

    @Example
    void who_has_failed_and_is_heard_of_again_is_pinged_where_it_was() {
        Contact back = far();
        var _ = table.answered(back, Mode.SERVER, 0);
        var _ = table.failed(back.id(), 1);
        Contact elsewhere = new Contact(back.id(), List.of(address(6)));

        assertThat(table.heardOf(elsewhere, 2)).isEqualTo(new NeedPing(back));
        assertThat(table.heardOf(elsewhere, 3)).isEqualTo(new Refused(Reason.KNOWN));
        var _ = table.answered(back, Mode.SERVER, 4);
        assertThat(table.closest(Key.of(back.id()), 1)).containsExactly(back);
        assertThat(table.heardOf(elsewhere, MINUTE)).isEqualTo(new Refused(Reason.KNOWN));
    }

    @Example
    void the_node_itself_and_unknown_peers_are_refused() {
        Contact own = new Contact(self, List.of());

        assertThat(table.answered(own, Mode.SERVER, 0)).isEqualTo(new Refused(Reason.SELF));
        assertThat(table.heardOf(own, 0)).isEqualTo(new Refused(Reason.SELF));
        assertThat(table.failed(far().id(), 0)).isEqualTo(new Refused(Reason.UNKNOWN));
    }

    @Example
    void who_stops_serving_leaves() {
        Contact contact = far();
        var _ = table.answered(contact, Mode.SERVER, 0);

        assertThat(table.answered(contact, Mode.CLIENT, 1)).isEqualTo(new Refused(Reason.CLIENT));
        assertThat(table.size()).isZero();
    }

    @Example
    void a_full_bucket_keeps_the_oldest_contact_that_still_answers() {
        Contact oldest = fillBucket().getFirst();
        Contact newcomer = far();

        assertThat(table.answered(newcomer, Mode.SERVER, FRESH)).isEqualTo(new NeedPing(oldest));
        assertThat(table.answered(oldest, Mode.SERVER, FRESH + 1)).isEqualTo(new Updated(oldest));

        assertThat(table.contains(oldest.id())).isTrue();
        assertThat(table.contains(newcomer.id())).isFalse();
    }

    @Example
    void a_newcomer_takes_the_place_of_the_oldest_contact_if_that_does_not_answer() {
        Contact oldest = fillBucket().getFirst();
        Contact newcomer = far();
        var _ = table.answered(newcomer, Mode.SERVER, FRESH);

        assertThat(table.failed(oldest.id(), FRESH + 1)).isEqualTo(new Added(newcomer));

        assertThat(table.contains(oldest.id())).isFalse();
        assertThat(table.contains(newcomer.id())).isTrue();
        assertThat(table.size()).isEqualTo(RoutingTable.K);
    }

    @Example
    void who_has_answered_lately_is_not_pinged_for_a_newcomer() {
        List<Contact> contacts = fillBucket();
        contacts.forEach(contact -> table.answered(contact, Mode.SERVER, FRESH));
        Contact newcomer = far();

        assertThat(table.answered(newcomer, Mode.SERVER, FRESH + MINUTE)).isEqualTo(new Cached(newcomer));
    }

    @Example
    void one_ping_is_enough_for_several_newcomers() {
        Contact oldest = fillBucket().getFirst();
        Contact second = far();

        assertThat(table.answered(far(), Mode.SERVER, FRESH)).isEqualTo(new NeedPing(oldest));
        assertThat(table.answered(second, Mode.SERVER, FRESH)).isEqualTo(new Cached(second));
    }

    @Example
    void of_those_that_wait_the_newest_that_has_answered_comes_first() {
        Contact oldest = fillBucket().getFirst();
        Contact earlier = far();
        Contact later = far();
        var _ = table.answered(earlier, Mode.SERVER, 1);
        var _ = table.answered(later, Mode.SERVER, 2);
        var _ = table.heardOf(far(), 3);

        assertThat(table.failed(oldest.id(), 4)).isEqualTo(new Added(later));
    }

    @Example
    void who_waits_and_has_never_answered_is_pinged_before_it_takes_a_place() {
        Contact oldest = fillBucket().getFirst();
        Contact named = far();
        assertThat(table.heardOf(named, 1)).isEqualTo(new Cached(named));

        assertThat(table.failed(oldest.id(), 2)).isEqualTo(new NeedPing(named));
        assertThat(table.contains(oldest.id())).isTrue();

        assertThat(table.answered(named, Mode.SERVER, 3)).isEqualTo(new Added(named));
        assertThat(table.contains(oldest.id())).isFalse();
        assertThat(table.size()).isEqualTo(RoutingTable.K);
    }

    @Example
    void no_more_wait_than_the_cache_holds_and_those_that_have_answered_are_kept() {
        Contact oldest = fillBucket().getFirst();
        Contact answered = far();
        for (int i = 0; i < Bucket.CACHE_MAX - 1; i++) {
            var _ = table.answered(far(), Mode.SERVER, 1);
        }
        var _ = table.heardOf(far(), 1);

        var _ = table.answered(answered, Mode.SERVER, 2);

        assertThat(table.heardOf(far(), 3)).isEqualTo(new Refused(Reason.CACHE_IS_FULL));
        assertThat(table.failed(oldest.id(), 4)).isEqualTo(new Added(answered));
    }

    @Example
    void a_contact_that_has_failed_is_not_named_and_is_again_once_it_answers() {
        List<Contact> contacts = fillBucket();
        Contact one = contacts.get(7);

        assertThat(table.failed(one.id(), 1)).isEqualTo(new Updated(one));
        assertThat(table.closest(Key.of(one.id()), RoutingTable.K))
                .hasSize(RoutingTable.K - 1)
                .doesNotContain(one);

        var _ = table.answered(one, Mode.SERVER, 2);
        assertThat(table.closest(Key.of(one.id()), RoutingTable.K)).startsWith(one);
    }

    @Example
    void three_failures_remove_a_contact_for_which_nobody_waits() {
        List<Contact> contacts = fillBucket();
        var _ = table.answered(near(3), Mode.SERVER, 0);
        Contact one = contacts.get(7);

        assertThat(table.failed(one.id(), 1)).isEqualTo(new Updated(one));
        assertThat(table.failed(one.id(), 2)).isEqualTo(new Updated(one));
        assertThat(table.failed(one.id(), 3)).isEqualTo(new Removed(one));
        assertThat(table.size()).isEqualTo(RoutingTable.K);
    }

    @Example
    void a_node_that_is_cut_off_keeps_its_last_contacts_and_asks_them() {
        List<Contact> contacts = fillBucket();

        for (int i = 0; i < 10; i++) {
            contacts.forEach(contact -> table.failed(contact.id(), 1));
        }

        assertThat(table.closest(Key.of(self), RoutingTable.K)).hasSameElementsAs(contacts);
    }

    @Example
    void a_bucket_and_the_table_take_few_of_one_address_group() {
        RoutingTable diverse = new RoutingTable(self, Diversity.of(RoutingTableTest::group));
        List<TableUpdate> inOneBucket = new ArrayList<>();
        for (int i = 0; i < Diversity.PER_BUCKET + 1; i++) {
            inOneBucket.add(diverse.answered(at(near(0), 7), Mode.SERVER, 0));
        }
        List<TableUpdate> inOthers = new ArrayList<>();
        for (int i = Diversity.PER_BUCKET; i < Diversity.PER_TABLE + 1; i++) {
            inOthers.add(diverse.answered(at(near(i / 2), 7), Mode.SERVER, 0));
        }

        assertThat(inOneBucket.removeLast()).isEqualTo(new Refused(Reason.GROUP_IS_FULL));
        assertThat(inOneBucket).hasOnlyElementsOfType(Added.class);
        assertThat(inOthers.removeLast()).isEqualTo(new Refused(Reason.GROUP_IS_FULL));
        assertThat(inOthers).hasOnlyElementsOfType(Added.class);
        assertThat(diverse.heardOf(at(near(7), 7), 0)).isEqualTo(new Refused(Reason.GROUP_IS_FULL));
        assertThat(diverse.answered(at(near(0), 8), Mode.SERVER, 0)).isInstanceOf(Added.class);
    }

    @Example
    void who_moves_to_a_group_that_is_full_is_known_by_where_it_was() {
        RoutingTable diverse = new RoutingTable(self, Diversity.of(RoutingTableTest::group));
        for (int i = 0; i < Diversity.PER_BUCKET; i++) {
            var _ = diverse.answered(at(near(0), 7), Mode.SERVER, 0);
        }
        Contact mover = at(near(0), 8);
        var _ = diverse.answered(mover, Mode.SERVER, 0);

        assertThat(diverse.answered(at(mover, 7), Mode.SERVER, 1)).isEqualTo(new Updated(mover));
        assertThat(diverse.answered(at(mover, 9), Mode.SERVER, 2)).isEqualTo(new Updated(at(mover, 9)));
    }

    @Example
    void only_those_that_there_is_room_for_take_the_place_of_one_that_fails() {
        RoutingTable diverse = new RoutingTable(self, Diversity.of(RoutingTableTest::group));
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < RoutingTable.K; i++) {
            contacts.add(at(near(0), i / Diversity.PER_BUCKET));
            var _ = diverse.answered(contacts.getLast(), Mode.SERVER, i);
        }
        Contact ofFullGroup = at(near(0), 0);

        assertThat(diverse.answered(ofFullGroup, Mode.SERVER, FRESH)).isEqualTo(new Refused(Reason.GROUP_IS_FULL));

        var _ = diverse.failed(contacts.getFirst().id(), FRESH);
        assertThat(diverse.answered(ofFullGroup, Mode.SERVER, FRESH)).isEqualTo(new Added(ofFullGroup));
    }

    @Property(tries = 100)
    void the_closest_are_those_that_sorting_everyone_gives(
            @ForAll long seed, @ForAll @IntRange(max = 300) int peers, @ForAll @IntRange(min = 1, max = 40) int count) {
        RandomStream draws = RandomStream.of(seed, "closest");
        RoutingTable some = new RoutingTable(Ids.random(draws), Diversity.NONE);
        Ids.contacts(peers, draws).forEach(contact -> some.answered(contact, Mode.SERVER, 0));
        Key key = Key.of(Ids.random(draws));

        List<Contact> sorted = some.contacts().stream()
                .sorted(Comparator.comparing(contact -> Key.of(contact.id()), key.byDistance()))
                .limit(count)
                .toList();

        assertThat(some.closest(key, count)).isEqualTo(sorted);
    }

    @Property(tries = 200)
    void whatever_happens_the_bounds_hold(@ForAll long seed) {
        RandomStream draws = RandomStream.of(seed, "whatever");
        PeerId own = Ids.random(draws);
        RoutingTable some = new RoutingTable(own, Diversity.of(RoutingTableTest::group));
        List<Contact> peers = Ids.contacts(120, draws);
        long now = 0;
        for (int i = 0; i < 600; i++) {
            now += draws.nextLong(MINUTE);
            Contact peer = at(draws.pick(peers), draws.nextInt(12));
            var _ = switch (draws.nextInt(4)) {
                case 0, 1 -> some.answered(peer, draws.nextInt(20) == 0 ? Mode.CLIENT : Mode.SERVER, now);
                case 2 -> some.heardOf(peer, now);
                default -> some.failed(peer.id(), now);
            };
        }

        List<Contact> contacts = some.contacts();
        assertThat(contacts).doesNotHaveDuplicates().hasSize(some.size());
        assertThat(contacts.stream().map(RoutingTableTest::group).toList())
                .allSatisfy(group -> assertThat(contacts.stream()
                                .filter(contact -> group(contact).equals(group)))
                        .hasSizeLessThanOrEqualTo(Diversity.PER_TABLE));
        for (int bits = 0; bits < 10; bits++) {
            int shared = bits;
            List<Contact> bucket = contacts.stream()
                    .filter(contact -> Key.of(contact.id()).commonPrefix(Key.of(own)) == shared)
                    .toList();
            assertThat(bucket)
                    .hasSizeLessThanOrEqualTo(RoutingTable.K)
                    .allSatisfy(one -> assertThat(
                                    bucket.stream().filter(other -> group(one).equals(group(other))))
                            .hasSizeLessThanOrEqualTo(Diversity.PER_BUCKET));
        }
    }

    @Example
    void the_own_key_is_looked_up_once_in_an_interval_and_so_is_a_key_in_each_far_bucket() {
        long interval = RoutingTable.REFRESH_INTERVAL.toNanos();
        assertThat(table.refreshKeys(0, random)).containsExactly(self.bytes());
        table.lookedUp(Key.of(self), 0);
        assertThat(table.refreshKeys(interval - 1, random)).isEmpty();

        fillBucket();
        var _ = table.answered(near(1), Mode.SERVER, 0);

        List<Bytes> keys = table.refreshKeys(interval, random);
        assertThat(keys).hasSize(2).startsWith(self.bytes());
        assertThat(Key.of(keys.get(1)).commonPrefix(Key.of(self))).isZero();

        table.lookedUp(Key.of(keys.get(1)), interval);
        assertThat(table.refreshKeys(interval, random)).containsExactly(self.bytes());
    }

    @Example
    void a_table_may_be_looked_into_more_seldom() {
        Duration hour = RoutingTable.REFRESH_INTERVAL.multipliedBy(6);
        RoutingTable quiet = new RoutingTable(self, Diversity.NONE, hour);
        quiet.lookedUp(Key.of(self), 0);

        assertThat(quiet.refreshKeys(hour.toNanos() - 1, random)).isEmpty();
        assertThat(quiet.refreshKeys(hour.toNanos(), random)).containsExactly(self.bytes());
    }

    @Example
    void its_reach_is_how_far_the_twentieth_contact_is() {
        assertThat(table.reach()).isEmpty();

        fillBucket();

        Key farthest = Key.of(table.contacts().getLast().id());
        assertThat(table.reach()).hasValue(Key.of(self).distance(farthest));
    }

    /** Twenty contacts that share no bit with this node, the first of which answered longest ago. */
    private List<Contact> fillBucket() {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < RoutingTable.K; i++) {
            Contact contact = far();
            contacts.add(contact);
            assertThat(table.answered(contact, Mode.SERVER, 0)).isEqualTo(new Added(contact));
        }
        return contacts;
    }

    private Contact far() {
        return near(0);
    }

    private Contact near(int bits) {
        return new Contact(Ids.sharing(Key.of(self), bits, random), List.of());
    }

    private static Contact at(Contact contact, int group) {
        return new Contact(contact.id(), List.of(address(group)));
    }

    private static Bytes address(int group) {
        return Bytes.wrap(new byte[] {(byte) group});
    }

    private static Optional<String> group(Contact contact) {
        return contact.addresses().stream().map(Bytes::hex).findFirst();
    }
}
