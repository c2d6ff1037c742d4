package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
import net.pangea.protocol.Peer;

class PlacementTest {

    @Property
    void holders_are_different_peers_while_there_are_enough(
            @ForAll @Size(32) byte[] key,
            @ForAll @IntRange(min = 1, max = 40) int peers,
            @ForAll @IntRange(min = 1, max = 30) int columns) {
        Placement placement = Placement.of(key(key), peers(peers), columns);

        assertThat(placement.holders()).hasSize(columns);
        assertThat(placement.holders().stream().distinct().count()).isEqualTo(Math.min(columns, peers));
        assertThat(placement.spares()).hasSize(Math.max(0, peers - columns));
        assertThat(placement.spares()).doesNotContainAnyElementsOf(placement.holders());
    }

    @Property
    void with_too_few_peers_columns_are_spread_evenly(
            @ForAll @Size(32) byte[] key, @ForAll @IntRange(min = 1, max = 12) int peers) {
        Placement placement = Placement.of(key(key), peers(peers), 12);

        for (Peer peer : peers(peers)) {
            assertThat(Collections.frequency(placement.holders(), peer)).isBetween(12 / peers, Math.ceilDiv(12, peers));
        }
    }

    @Property
    void the_order_of_the_peers_and_their_addresses_do_not_matter(@ForAll @Size(32) byte[] key, @ForAll long seed) {
        List<Peer> shuffled = new ArrayList<>(peers(20));
        RandomStream.of(seed, "shuffle").shuffle(shuffled);
        List<Peer> moved = shuffled.stream()
                .map(peer -> new Peer(peer.name(), new Endpoint(IpAddress.of(10, 0, 0, 1), 9)))
                .toList();

        assertThat(names(Placement.of(key(key), moved, 12).holders()))
                .isEqualTo(names(Placement.of(key(key), peers(20), 12).holders()));
    }

    @Property
    void a_peer_that_leaves_is_replaced_by_the_first_spare_and_no_other_shard_moves(
            @ForAll @Size(32) byte[] key, @ForAll @IntRange(max = 19) int leaves) {
        Peer leaving = peers(20).get(leaves);
        List<Peer> left =
                peers(20).stream().filter(peer -> !peer.equals(leaving)).toList();
        Placement before = Placement.of(key(key), peers(20), 12);
        Placement after = Placement.of(key(key), left, 12);

        List<Peer> expected = new ArrayList<>(before.holders());
        if (expected.remove(leaving)) {
            expected.add(before.spares().getFirst());
        }
        assertThat(after.holders()).isEqualTo(expected);
    }

    @Example
    void every_peer_gets_its_share() {
        List<Integer> columns = new ArrayList<>(Collections.nCopies(20, 0));
        for (int object = 0; object < 2_000; object++) {
            Sha256 key = Sha256.of(Bytes.wrap(new byte[] {(byte) object, (byte) (object >> 8)}));
            for (Peer peer : Placement.of(key, peers(20), 12).holders()) {
                int index = peers(20).indexOf(peer);
                columns.set(index, columns.get(index) + 1);
            }
        }

        assertThat(columns).allSatisfy(count -> assertThat(count).isBetween(1_080, 1_320));
    }

    @Example
    void the_loss_that_is_survived_counts_the_fullest_peers_first() {
        assertThat(Placement.peersThatMayBeLost(Collections.nCopies(12, 1), 12, 8))
                .isEqualTo(4);
        assertThat(Placement.peersThatMayBeLost(Collections.nCopies(10, 1), 10, 8))
                .isEqualTo(2);
        assertThat(Placement.peersThatMayBeLost(Collections.nCopies(6, 2), 12, 8))
                .isEqualTo(2);
        assertThat(Placement.peersThatMayBeLost(List.of(1, 1, 3, 1), 6, 3)).isEqualTo(1);
        assertThat(Placement.peersThatMayBeLost(List.of(12), 12, 8)).isZero();
    }

    private static Sha256 key(byte[] bytes) {
        return new Sha256(Bytes.copyOf(bytes));
    }

    private static List<String> names(List<Peer> peers) {
        return peers.stream().map(Peer::name).toList();
    }

    private static List<Peer> peers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Peer("node/" + i, new Endpoint(IpAddress.of(127, 0, 0, 1), 4_000 + i)))
                .toList();
    }
}
