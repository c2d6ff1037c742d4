package net.pangea.kad;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.bytes.Bytes;
import net.pangea.kad.LookupStep.Ask;
import net.pangea.kad.LookupStep.Done;
import net.pangea.kad.LookupStep.Explore;
import net.pangea.kad.LookupStep.Wait;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.PeerId;

class LookupTest {
    /** Four paths that find somebody closer all the time; then seven such searches of the region around the key. */
    private static final int REQUESTS_MAX = 8 * LookupSettings.PATHS * Lookup.ASKED_PER_PATH;

    /** So many that those closest to any key are too close to be there by chance, if there were to be 2,000. */
    private static final Ids CROWD = new Ids(50_000, RandomStream.of(1, "crowd"));

    private static final long TIMEOUT = LookupSettings.TIMEOUT.toNanos();

    private final RandomStream random = RandomStream.of(1, "lookup");
    private final PeerId self = Ids.random(random);
    private final Key target = Key.of(Ids.random(random));

    @Example
    void who_knows_nobody_finds_nobody() {
        Lookup lookup = lookup(List.of());

        assertThat(lookup.next(0)).isInstanceOfSatisfying(Done.class, done -> {
            assertThat(done.result().closest()).isEmpty();
            assertThat(done.result().reach()).isEmpty();
        });
    }

    @Example
    void the_closest_known_are_asked_first_and_no_more_than_alpha_at_a_time() {
        List<Contact> known = closestFirst(Ids.contacts(20, random));
        Lookup lookup = lookup(known.reversed());

        assertThat(asked(lookup, 5)).containsExactlyInAnyOrderElementsOf(known.subList(0, LookupSettings.ALPHA));
        assertThat(lookup.next(5)).isEqualTo(new Wait(5 + TIMEOUT));
    }

    @Example
    void whom_answers_bring_closer_is_asked_until_the_closest_twenty_have_answered() {
        List<Contact> peers = closestFirst(Ids.contacts(60, random));
        Lookup lookup = lookup(peers.subList(50, 60));

        LookupResult result = run(lookup, peers);

        assertThat(result.closest()).isEqualTo(peers.subList(0, RoutingTable.K));
        assertThat(result.hops()).isEqualTo(2);
        assertThat(result.requests()).isEqualTo(30);
        assertThat(result.unanswered()).isZero();
        assertThat(result.reach())
                .hasValue(target.distance(Key.of(peers.get(RoutingTable.K - 1).id())));
    }

    @Example
    void who_fails_is_replaced_by_the_next_closest() {
        List<Contact> peers = closestFirst(Ids.contacts(25, random));
        Lookup lookup = lookup(peers);

        LookupResult result = run(lookup, peers.subList(3, 25));

        assertThat(result.closest()).isEqualTo(peers.subList(3, 23));
        assertThat(result.unanswered()).isEqualTo(3);
    }

    @Example
    void who_is_silent_too_long_is_replaced_and_may_answer_late() {
        List<Contact> known = closestFirst(Ids.contacts(2, random));
        LookupSettings one = new LookupSettings(1, 1, 1, LookupSettings.TIMEOUT, Optional.empty());
        Lookup lookup = new Lookup(self, target, known, one);

        assertThat(lookup.next(0)).isEqualTo(new Ask(known.getFirst()));
        assertThat(lookup.next(TIMEOUT - 1)).isEqualTo(new Wait(TIMEOUT));
        assertThat(lookup.next(TIMEOUT)).isEqualTo(new Ask(known.getLast()));
        assertThat(lookup.answered(known.getFirst().id(), List.of())).isTrue();

        assertThat(lookup.answered(known.getLast().id(), List.of())).isTrue();
        assertThat(lookup.next(TIMEOUT))
                .isInstanceOfSatisfying(
                        Done.class, done -> assertThat(done.result().closest()).containsExactly(known.getFirst()));
    }

    @Example
    void what_was_not_asked_for_is_not_heard() {
        List<Contact> known = Ids.contacts(1, random);
        Lookup lookup = lookup(known);
        PeerId stranger = Ids.random(random);
        PeerId peer = known.getFirst().id();

        assertThat(lookup.answered(peer, List.of())).isFalse();
        assertThat(lookup.next(0)).isEqualTo(new Ask(known.getFirst()));
        assertThat(lookup.answered(stranger, Ids.contacts(5, random))).isFalse();
        assertThat(lookup.failed(stranger)).isFalse();
        assertThat(lookup.answered(peer, List.of())).isTrue();
        assertThat(lookup.answered(peer, Ids.contacts(5, random))).isFalse();
        assertThat(lookup.next(0)).isInstanceOf(Done.class);
    }

    @Example
    void of_an_answer_that_names_too_many_the_first_count() {
        List<Contact> known = Ids.contacts(1, random);
        List<Contact> named = Ids.contacts(3 * RoutingTable.K, random);
        Lookup lookup = lookup(known);
        assertThat(lookup.next(0)).isEqualTo(new Ask(known.getFirst()));
        var _ = lookup.answered(known.getFirst().id(), named);

        List<Contact> askedNext = new ArrayList<>();
        while (lookup.next(0) instanceof Ask(Contact peer)) {
            askedNext.add(peer);
            assertThat(lookup.answered(peer.id(), List.of())).isTrue();
        }
        assertThat(askedNext)
                .hasSizeBetween(RoutingTable.K - 1, RoutingTable.K)
                .isSubsetOf(named.subList(0, RoutingTable.K));
    }

    @Example
    void nobody_asks_itself() {
        List<Contact> known = Ids.contacts(1, random);
        Contact own = new Contact(self, List.of());
        Lookup lookup = lookup(List.of(own, known.getFirst()));

        assertThat(lookup.next(0)).isEqualTo(new Ask(known.getFirst()));
        var _ = lookup.answered(known.getFirst().id(), List.of(own));

        assertThat(lookup.next(0)).isInstanceOf(Done.class);
    }

    @Example
    void who_has_failed_is_asked_once_more_if_another_address_of_it_is_learnt() {
        List<Contact> known = closestFirst(Ids.contacts(3, random));
        LookupSettings one = new LookupSettings(3, 1, 1, LookupSettings.TIMEOUT, Optional.empty());
        Lookup lookup = new Lookup(self, target, known, one);
        Contact first = known.getFirst();
        Contact elsewhere = new Contact(first.id(), List.of(Bytes.wrap(new byte[] {1})));

        assertThat(lookup.next(0)).isEqualTo(new Ask(first));
        assertThat(lookup.failed(first.id())).isTrue();
        assertThat(lookup.next(0)).isEqualTo(new Ask(known.get(1)));
        assertThat(lookup.answered(known.get(1).id(), List.of(elsewhere))).isTrue();

        assertThat(lookup.next(0)).isEqualTo(new Ask(elsewhere));
    }

    /** Each honest peer names the next; the liar, who is closest of all, names peers of its own that are closer still. */
    @Example
    void a_liar_captures_one_path_only() {
        List<Contact> all = closestFirst(Ids.contacts(400, random));
        List<Contact> liars = all.subList(0, 200);
        List<Contact> honest = all.subList(200, 260);
        LookupSettings two = new LookupSettings(RoutingTable.K, 2, 2, LookupSettings.TIMEOUT, Optional.empty());
        Lookup lookup = new Lookup(self, target, List.of(liars.getLast(), honest.getLast()), two);
        List<Contact> asked = new ArrayList<>();
        while (lookup.next(0) instanceof Ask(Contact peer)) {
            asked.add(peer);
            var _ = lookup.answered(peer.id(), liars.contains(peer) ? shuffled(liars) : honest.subList(0, 20));
        }

        assertThat(asked).containsAll(honest.subList(0, RoutingTable.K - 1));
        assertThat(lookup.result().requests()).isLessThanOrEqualTo(2 * Lookup.ASKED_PER_PATH);
    }

    @Example
    void nothing_can_be_looked_up_with_no_paths_or_requests() {
        assertThatThrownBy(() -> new LookupSettings(1, 0, 1, Duration.ZERO, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Peers answer, fail or keep silent, and name whomever they like, mostly others next to the target. */
    @Property(tries = 60)
    void whatever_the_answers_are_it_ends_and_asks_a_bounded_number_each_question_once(@ForAll long seed) {
        assertThat(whatever(seed).closest()).doesNotHaveDuplicates();
    }

    @Example
    void most_of_these_lookups_widen() {
        long widened =
                LongStream.range(0, 60).filter(seed -> whatever(seed).widened()).count();

        assertThat(widened).isGreaterThan(45); // in the others those next to the target kept silent
    }

    private LookupResult whatever(long seed) {
        RandomStream draws = RandomStream.of(seed, "whatever");
        Density density = new Density(0.01 + 0.02 * draws.nextUnit(), 0.01);
        Lookup lookup =
                new Lookup(self, target, Ids.contacts(20, draws), LookupSettings.DEFAULT.in(Optional.of(density)));
        Set<LookupStep> asked = new HashSet<>();
        List<PeerId> open = new ArrayList<>();
        long now = 0;
        for (LookupStep step = lookup.next(now); !(step instanceof Done); step = lookup.next(now)) {
            switch (step) {
                case Ask(Contact peer) -> open.add(peer.id());
                case Explore(Contact peer, Bytes _) -> open.add(peer.id());
                case Wait(long until) -> {
                    assertThat(until).isGreaterThan(now);
                    now = respond(lookup, open, draws) ? now + 1 : until;
                    continue;
                }
                case Done _ -> {}
            }
            assertThat(asked.add(step)).isTrue();
            assertThat(open.getLast()).isNotEqualTo(self);
        }

        LookupResult result = lookup.result();
        assertThat(asked).hasSize(result.requests()).hasSizeLessThan(REQUESTS_MAX);
        return result;
    }

    private boolean respond(Lookup lookup, List<PeerId> open, RandomStream draws) {
        if (open.isEmpty() || draws.nextInt(20) == 0) {
            return false;
        }
        PeerId peer = open.remove(draws.nextInt(open.size()));
        if (draws.nextInt(8) == 0) {
            return lookup.failed(peer);
        }
        List<Contact> named = new ArrayList<>(Ids.contacts(draws.nextInt(5), draws));
        CROWD.near(target, 1 + draws.nextInt(200)).reversed().forEach(id -> named.add(new Contact(id, List.of())));
        draws.shuffle(named);
        return lookup.answered(peer, named);
    }

    private Lookup lookup(List<Contact> known) {
        return new Lookup(self, target, known, LookupSettings.DEFAULT);
    }

    /** Everyone alive names those closest to the target, everyone else fails. */
    private LookupResult run(Lookup lookup, List<Contact> alive) {
        List<Contact> closest = closestFirst(alive).subList(0, Math.min(alive.size(), RoutingTable.K));
        List<Contact> open = new ArrayList<>();
        while (true) {
            switch (lookup.next(0)) {
                case Ask(Contact peer) -> open.add(peer);
                case Wait _ -> {
                    Contact peer = open.removeFirst();
                    assertThat(alive.contains(peer) ? lookup.answered(peer.id(), closest) : lookup.failed(peer.id()))
                            .isTrue();
                }
                case Done(LookupResult result) -> {
                    return result;
                }
                case Explore _ -> throw new AssertionError("no reason to widen");
            }
        }
    }

    private static List<Contact> asked(Lookup lookup, long now) {
        List<Contact> asked = new ArrayList<>();
        while (lookup.next(now) instanceof Ask(Contact peer)) {
            asked.add(peer);
        }
        return asked;
    }

    private List<Contact> closestFirst(List<Contact> contacts) {
        return contacts.stream()
                .sorted((one, other) -> target.compareDistances(Key.of(one.id()), Key.of(other.id())))
                .toList();
    }

    private List<Contact> shuffled(List<Contact> contacts) {
        List<Contact> shuffled = new ArrayList<>(contacts);
        random.shuffle(shuffled);
        return shuffled;
    }
}
