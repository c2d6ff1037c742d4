package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.bytes.Bytes;
import net.pangea.kad.ProviderStore.Limits;
import net.pangea.kad.ProviderStore.Outcome;
import net.pangea.machine.RandomStream;

class ProviderStoreTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RandomStream random = RandomStream.of(1, "providers");
    private final Key own = Key.of(Ids.random(random));
    private final Bytes key = key();

    @Example
    void providers_are_named_the_latest_first_until_they_expire() {
        ProviderStore store = store(Diversity.NONE, Limits.DEFAULT);
        Contact earlier = Ids.contact(random);
        Contact later = Ids.contact(random);
        Instant expiry = START.plus(ProviderStore.EXPIRY);

        assertThat(store.add(key, earlier, START)).isEqualTo(Outcome.ADDED);
        assertThat(store.add(key, later, START.plus(MINUTE))).isEqualTo(Outcome.ADDED);

        assertThat(store.providers(key, START.plus(MINUTE))).containsExactly(later, earlier);
        assertThat(store.providers(key, expiry.minusMillis(1))).containsExactly(later, earlier);
        assertThat(store.providers(key, expiry)).containsExactly(later);
        assertThat(store.providers(key(), START)).isEmpty();
    }

    @Example
    void who_announces_again_is_kept_for_longer_at_its_latest_address() {
        ProviderStore store = store(Diversity.NONE, Limits.DEFAULT);
        Contact provider = Ids.contact(random);
        var _ = store.add(key, provider, START);

        assertThat(store.add(key, at(provider, 7), START.plus(MINUTE))).isEqualTo(Outcome.RENEWED);

        assertThat(store.providers(key, START.plus(ProviderStore.EXPIRY))).containsExactly(at(provider, 7));
        assertThat(store.size()).isEqualTo(1);
    }

    @Example
    void where_a_provider_is_is_the_same_for_all_its_keys() {
        ProviderStore store = store(Diversity.NONE, Limits.DEFAULT);
        Contact provider = Ids.contact(random);
        var _ = store.add(key, at(provider, 1), START);

        var _ = store.add(key(), at(provider, 2), START);

        assertThat(store.providers(key, START)).containsExactly(at(provider, 2));
    }

    @Example
    void what_has_expired_is_forgotten() {
        ProviderStore store = store(Diversity.NONE, Limits.DEFAULT);
        var _ = store.add(key, Ids.contact(random), START);
        var _ = store.add(key(), Ids.contact(random), START.plus(MINUTE));

        store.expire(START.plus(ProviderStore.EXPIRY));

        assertThat(store.size()).isEqualTo(1);
        assertThat(store.keys()).isEqualTo(1);
    }

    @Example
    void few_of_one_address_group_are_providers_of_a_key() {
        ProviderStore store = store(Diversity.of(ProviderStoreTest::group), Limits.DEFAULT);
        for (int i = 0; i < Diversity.PER_BUCKET; i++) {
            assertThat(store.add(key, at(Ids.contact(random), 1), START)).isEqualTo(Outcome.ADDED);
        }

        assertThat(store.add(key, at(Ids.contact(random), 1), START)).isEqualTo(Outcome.GROUP_IS_FULL);
        assertThat(store.add(key, at(Ids.contact(random), 2), START)).isEqualTo(Outcome.ADDED);
        assertThat(store.add(key(), at(Ids.contact(random), 1), START)).isEqualTo(Outcome.ADDED);
    }

    @Example
    void who_moves_to_a_group_that_is_full_is_no_provider_any_more() {
        ProviderStore store = store(Diversity.of(ProviderStoreTest::group), Limits.DEFAULT);
        Contact mover = Ids.contact(random);
        var _ = store.add(key, at(mover, 2), START);
        for (int i = 0; i < Diversity.PER_BUCKET; i++) {
            var _ = store.add(key, at(Ids.contact(random), 1), START);
        }

        assertThat(store.add(key, at(mover, 3), START)).isEqualTo(Outcome.RENEWED);
        assertThat(store.add(key, at(mover, 1), START)).isEqualTo(Outcome.GROUP_IS_FULL);
        assertThat(store.size()).isEqualTo(Diversity.PER_BUCKET);
    }

    @Example
    void a_key_that_is_full_takes_another_group_in_place_of_the_oldest_of_its_largest() {
        ProviderStore store = store(Diversity.of(ProviderStoreTest::group), new Limits(4, 100, 1 << 20));
        List<Contact> providers = new ArrayList<>();
        for (int group : new int[] {1, 1, 2, 3}) {
            providers.add(at(Ids.contact(random), group));
            var _ = store.add(key, providers.getLast(), START.plus(MINUTE.multipliedBy(providers.size())));
        }
        Contact ofNewGroup = at(Ids.contact(random), 4);

        assertThat(store.add(key, at(Ids.contact(random), 2), START)).isEqualTo(Outcome.KEY_IS_FULL);
        assertThat(store.add(key, ofNewGroup, START)).isEqualTo(Outcome.ADDED);

        assertThat(store.providers(key, START))
                .containsExactlyInAnyOrder(providers.get(1), providers.get(2), providers.get(3), ofNewGroup);
        assertThat(store.add(key, at(Ids.contact(random), 5), START)).isEqualTo(Outcome.KEY_IS_FULL);
    }

    @Example
    void the_key_farthest_from_this_node_makes_room() {
        ProviderStore store = store(Diversity.NONE, new Limits(8, 3, 1 << 20));
        List<Bytes> keys =
                List.of(KeySearch.beside(own, 0, 1), KeySearch.beside(own, 4, 1), KeySearch.beside(own, 2, 1));
        keys.forEach(some -> store.add(some, Ids.contact(random), START));

        assertThat(store.add(KeySearch.beside(own, 3, 1), Ids.contact(random), START))
                .isEqualTo(Outcome.ADDED);
        assertThat(store.add(KeySearch.beside(own, 0, 2), Ids.contact(random), START))
                .isEqualTo(Outcome.NO_ROOM);

        assertThat(store.providers(keys.get(0), START)).isEmpty();
        assertThat(store.providers(keys.get(1), START)).hasSize(1);
        assertThat(store.providers(keys.get(2), START)).hasSize(1);
        assertThat(store.size()).isEqualTo(3);
    }

    @Example
    void peers_that_claim_long_addresses_are_kept_only_as_far_as_there_is_room_for_those() {
        int bytes = 64 << 10;
        ProviderStore store = store(Diversity.NONE, new Limits(8, 1_000, bytes));
        List<Bytes> addresses =
                Collections.nCopies(Contact.MAX_ADDRESSES, Bytes.wrap(new byte[Contact.MAX_ADDRESS_BYTES]));
        int most = bytes / (Contact.MAX_ADDRESSES * Contact.MAX_ADDRESS_BYTES);

        for (int i = 0; i < 100; i++) {
            var _ = store.add(
                    KeySearch.beside(own, i % 12, i),
                    new Contact(Ids.contact(random).id(), addresses),
                    START);
            assertThat(store.size()).isLessThanOrEqualTo(most);
        }
        assertThat(store.size()).isPositive();

        Instant later = START.plus(ProviderStore.EXPIRY);
        store.expire(later);
        for (int i = 0; i < most; i++) {
            var _ = store.add(key, new Contact(Ids.contact(random).id(), addresses), later);
        }
        assertThat(store.size()).as("what has expired needs no room").isEqualTo(most);
    }

    @Property(tries = 200)
    void whatever_is_announced_the_bounds_hold_and_the_counts_are_right(@ForAll long seed) {
        RandomStream draws = RandomStream.of(seed, "announcements");
        Limits limits = new Limits(5, 30, 1 << 20);
        ProviderStore store = store(Diversity.of(ProviderStoreTest::group), limits);
        List<Bytes> keys = Ids.contacts(12, draws).stream()
                .map(contact -> contact.id().bytes())
                .toList();
        List<Contact> peers = Ids.contacts(15, draws);
        Instant now = START;
        for (int i = 0; i < 300; i++) {
            now = now.plus(MINUTE.multipliedBy(draws.nextInt(60)));
            Bytes some = draws.pick(keys);
            Contact peer = at(draws.pick(peers), draws.nextInt(6));

            Outcome outcome = store.add(some, peer, now);

            boolean kept = outcome == Outcome.ADDED || outcome == Outcome.RENEWED;
            assertThat(store.providers(some, now).contains(peer)).isEqualTo(kept);
            assertThat(store.size()).isLessThanOrEqualTo(limits.total());
            if (draws.nextInt(20) == 0) {
                store.expire(now);
            }
        }
        store.expire(now);

        int providers = 0;
        for (Bytes some : keys) {
            int ofKey = store.providers(some, now).size();
            assertThat(ofKey).isLessThanOrEqualTo(limits.perKey());
            providers += ofKey;
        }
        assertThat(store.size()).isEqualTo(providers);
        store.expire(now.plus(ProviderStore.EXPIRY));
        assertThat(store.size()).isZero();
        assertThat(store.keys()).isZero();
    }

    private ProviderStore store(Diversity diversity, Limits limits) {
        return new ProviderStore(own, diversity, limits);
    }

    private Bytes key() {
        return Ids.random(random).bytes();
    }

    private static Contact at(Contact contact, int group) {
        return new Contact(contact.id(), List.of(Bytes.wrap(new byte[] {(byte) group})));
    }

    private static Optional<String> group(Contact contact) {
        return contact.addresses().stream().map(Bytes::hex).findFirst();
    }
}
