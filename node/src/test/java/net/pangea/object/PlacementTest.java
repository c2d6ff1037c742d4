package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.RandomStream;
import net.pangea.manifest.Redundancy;
import net.pangea.protocol.Peer;

class PlacementTest {
    private static final Redundancy USUAL = Redundancy.DEFAULT;

    @Property
    void holders_are_different_peers_while_there_are_enough(
            @ForAll @Size(32) byte[] key,
            @ForAll @IntRange(min = 1, max = 40) int peers,
            @ForAll @IntRange(min = 1, max = 20) int dataShards,
            @ForAll @IntRange(max = 10) int parityShards) {
        Redundancy redundancy = Redundancy.of(dataShards, parityShards);
        int columns = redundancy.columns();

        Placement placement = Placement.of(key(key), peers(peers), redundancy, Set.of());

        assertThat(placement.holders()).hasSize(columns);
        assertThat(placement.holders().stream().distinct().count()).isEqualTo(Math.min(columns, peers));
        assertThat(placement.spares()).hasSize(Math.max(0, peers - columns));
        assertThat(placement.spares()).doesNotContainAnyElementsOf(placement.holders());
    }

    @Property
    void with_too_few_peers_columns_are_spread_evenly(
            @ForAll @Size(32) byte[] key, @ForAll @IntRange(min = 1, max = 12) int peers) {
        Placement placement = Placement.of(key(key), peers(peers), USUAL, Set.of());

        for (Peer peer : peers(peers)) {
            assertThat(Collections.frequency(placement.holders(), peer)).isBetween(12 / peers, Math.ceilDiv(12, peers));
        }
    }

    @Property
    void no_domain_has_more_than_m_columns_while_there_are_enough_domains(
            @ForAll @Size(32) byte[] key,
            @ForAll @IntRange(min = 3, max = 8) int domains,
            @ForAll @IntRange(min = 4, max = 9) int peersEach) {
        List<Peer> peers = zoned(domains, peersEach);

        Placement placement = Placement.of(key(key), peers, USUAL, Set.of());

        assertThat(columnsByDomain(placement).values()).allMatch(columns -> columns <= USUAL.parityShards());
        assertThat(placement.holders()).doesNotHaveDuplicates();
    }

    @Property
    void with_too_few_domains_the_excess_is_even(@ForAll @Size(32) byte[] key) {
        Placement placement = Placement.of(key(key), zoned(2, 10), USUAL, Set.of());

        assertThat(columnsByDomain(placement).values()).containsExactly(6, 6);
    }

    @Property
    void peers_to_avoid_hold_nothing_while_there_are_enough_others(
            @ForAll @Size(32) byte[] key, @ForAll @IntRange(max = 20) int avoided) {
        Set<String> avoid = new LinkedHashSet<>();
        peers(20).subList(0, avoided).forEach(peer -> avoid.add(peer.name()));

        Placement placement = Placement.of(key(key), peers(20), USUAL, avoid);

        long used = placement.holders().stream()
                .filter(peer -> avoid.contains(peer.name()))
                .count();
        assertThat(used).isEqualTo(Math.max(0, 12 - (20 - avoided)));
        assertThat(placement.holders()).doesNotHaveDuplicates();
    }

    @Property
    void the_order_of_the_peers_does_not_matter(@ForAll @Size(32) byte[] key, @ForAll long seed) {
        List<Peer> shuffled = new ArrayList<>(zoned(4, 5));
        RandomStream.of(seed, "shuffle").shuffle(shuffled);

        assertThat(Placement.of(key(key), shuffled, USUAL, Set.of()))
                .isEqualTo(Placement.of(key(key), zoned(4, 5), USUAL, Set.of()));
    }

    @Property
    void a_peer_that_leaves_is_replaced_and_no_other_shard_moves(
            @ForAll @Size(32) byte[] key, @ForAll @IntRange(max = 19) int leaves) {
        Placement before = Placement.of(key(key), peers(20), USUAL, Set.of());
        Peer gone = peers(20).get(leaves);
        List<Peer> others =
                peers(20).stream().filter(peer -> !peer.equals(gone)).toList();

        Placement after = Placement.of(key(key), others, USUAL, Set.of());

        List<Peer> expected = new ArrayList<>(before.holders());
        if (expected.remove(gone)) {
            expected.add(before.spares().getFirst());
        }
        assertThat(after.holders()).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Property
    void a_spare_keeps_the_limit_of_domains(@ForAll @Size(32) byte[] key, @ForAll @IntRange(max = 11) int fails) {
        List<Peer> peers = zoned(4, 8);
        Placement placement = Placement.of(key(key), peers, USUAL, Set.of());
        Spares spares = new Spares(placement.holders(), Placement.rank(key(key), peers), 4, Set.of());

        Peer failed = placement.holders().get(fails);
        Peer spare = spares.replace(failed).orElseThrow();

        List<Peer> now = new ArrayList<>(placement.holders());
        now.set(fails, spare);
        assertThat(now).doesNotHaveDuplicates();
        assertThat(columnsByDomain(new Placement(now, List.of())).values()).allMatch(columns -> columns <= 4);
    }

    @Example
    void how_many_may_be_lost_counts_the_largest_first() {
        assertThat(Placement.mayBeLost(Collections.nCopies(12, 1), 12, 8)).isEqualTo(4);
        assertThat(Placement.mayBeLost(List.of(4, 4, 4), 12, 8)).isEqualTo(1);
        assertThat(Placement.mayBeLost(List.of(6, 6), 12, 8)).isZero();
        assertThat(Placement.mayBeLost(List.of(1, 1), 2, 1)).isEqualTo(1);
    }

    @Example
    void domains_are_zones_or_prefixes_of_addresses() {
        assertThat(FailureDomain.of(at("10.1.2.3", Optional.empty())))
                .isEqualTo(FailureDomain.of(at("10.1.200.1", Optional.empty())))
                .isNotEqualTo(FailureDomain.of(at("10.2.2.3", Optional.empty())));
        assertThat(FailureDomain.of(at("2001:db8:1::1", Optional.empty())))
                .isEqualTo(FailureDomain.of(at("2001:db8:ffff::1", Optional.empty())))
                .isNotEqualTo(FailureDomain.of(at("2001:db9::1", Optional.empty())));
        assertThat(FailureDomain.of(at("10.1.2.3", Optional.of("east"))))
                .isEqualTo(FailureDomain.of(at("2001:db8::1", Optional.of("east"))));
    }

    private static Map<FailureDomain, Integer> columnsByDomain(Placement placement) {
        Map<FailureDomain, Integer> columns = new LinkedHashMap<>();
        placement.holders().forEach(peer -> columns.merge(FailureDomain.of(peer), 1, Integer::sum));
        return columns;
    }

    private static Peer at(String address, Optional<String> zone) {
        return new Peer("p", new Endpoint(IpAddress.parse(address).orElseThrow(), 1), zone);
    }

    private static List<Peer> peers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Peer("p" + i, new Endpoint(IpAddress.of(10, i, 0, 1), 4001)))
                .toList();
    }

    private static List<Peer> zoned(int domains, int peersEach) {
        return IntStream.range(0, domains * peersEach)
                .mapToObj(i -> new Peer(
                        "p" + i, new Endpoint(IpAddress.of(10, 0, 0, i), 4001), Optional.of("z" + i % domains)))
                .toList();
    }

    private static Sha256 key(byte[] bytes) {
        return new Sha256(Bytes.wrap(bytes));
    }
}
