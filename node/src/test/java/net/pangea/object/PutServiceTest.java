package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.Lease;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.Redundancy;
import net.pangea.object.ObjectEvent.ObjectStored;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.object.TestNetwork.TestNode;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.store.MemoryStore;
import org.junit.jupiter.api.Test;

class PutServiceTest {
    private static final int SEGMENT = 1_000;

    private final TestMachine machine = new TestMachine("p0", 1);

    @Test
    void a_put_is_in_the_owners_catalogue_and_leased_for_a_month() throws InterruptedException {
        TestNetwork network = new TestNetwork(12);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);

        PutReceipt receipt = node.put("photos/cat.jpg", TestNetwork.content(3_500));

        assertThat(receipt).isEqualTo(new PutReceipt(receipt.ref(), 12, 12, 12, 4, 12, 4, 0));
        List<CatalogueEntry> listed = node.services.owned().list("", Optional.empty(), 10);
        assertThat(listed).singleElement().satisfies(entry -> {
            assertThat(entry.ref()).isEqualTo(receipt.ref());
            assertThat(entry.name()).isEqualTo("photos/cat.jpg");
            assertThat(entry.sizeBytes()).isEqualTo(3_500);
        });
        assertThat(network.holders()).allSatisfy(holder -> {
            Lease lease = holder.leaseOf(receipt.ref().id()).orElseThrow();
            assertThat(lease.sequence()).isEqualTo(2);
            assertThat(lease.bytes()).isEqualTo(listed.getFirst().columnBytes());
            assertThat(Duration.ofMillis(
                            lease.expiresMillis() - machine.clock().now().toEpochMilli()))
                    .isEqualTo(Duration.ofDays(30));
        });
        assertThat(machine.seen(ObjectStored.class)).singleElement().satisfies(event -> {
            assertThat(event.segments()).isEqualTo(4);
            assertThat(event.columnsStored()).isEqualTo(12);
            assertThat(event.holders().split(",", -1)).hasSize(12);
            assertThat(event.peersMayBeLost()).isEqualTo(4);
        });
    }

    @Test
    void the_holders_closest_to_its_key_announce_it() throws InterruptedException {
        TestNetwork network = new TestNetwork(14);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);

        Sha256 object = node.put("name", TestNetwork.content(1_500)).ref().id();

        List<Peer> holders = network.peers().stream()
                .filter(peer -> !network.holder(peer.name()).columnsOf(object).isEmpty())
                .toList();
        List<String> closest = ProviderKey.closest(object, holders).stream()
                .limit(ProviderKey.ANNOUNCERS)
                .map(Peer::name)
                .toList();
        assertThat(network.peers().stream()
                        .filter(peer -> network.holder(peer.name()).announced.contains(object))
                        .map(Peer::name))
                .isNotEmpty()
                .isSubsetOf(closest);
    }

    @Test
    void if_those_cannot_announce_it_other_holders_do() throws InterruptedException {
        TestNetwork network = new TestNetwork(12);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);
        network.holders().forEach(holder -> holder.unheard = true);
        network.holder(7).unheard = false;

        Sha256 object = node.put("name", TestNetwork.content(1_500)).ref().id();

        assertThat(network.holder(7).announced).containsExactly(object);
    }

    @Test
    void what_nobody_can_announce_is_not_acknowledged_and_taken_back() throws InterruptedException {
        TestNetwork network = new TestNetwork(12);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);
        network.holders().forEach(holder -> holder.unheard = true);

        assertFails(Kind.NOT_ENOUGH_PEERS, node, "none of their holders reaches the DHT");
        node.services.upkeep().round();

        assertThat(network.holders())
                .allSatisfy(holder -> assertThat(holder.objectCount()).isZero());
        assertThat(node.services.owned().list("", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void spares_take_over_for_peers_that_are_gone() throws InterruptedException {
        TestNetwork network = new TestNetwork(16);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);
        network.holders().subList(1, 5).forEach(holder -> holder.dead = true);

        PutReceipt receipt = node.put("name", TestNetwork.content(5_000));

        assertThat(receipt.columnsStored()).isEqualTo(12);
        assertThat(receipt.peers()).isEqualTo(12);
        assertThat(node.get(receipt.ref())).isEqualTo(TestNetwork.content(5_000));
    }

    @Test
    void a_peer_that_breaks_off_leaves_its_column_in_ranges() throws InterruptedException {
        TestNetwork network = new TestNetwork(14);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);
        byte[] content = TestNetwork.content(9_500);
        FakeHolder breaksOff = network.holder(3);
        breaksOff.refuses = Optional.of(Refusal.FULL);
        PutReceipt without = node.put("without", content);
        assertThat(breaksOff.columnsOf(without.ref().id())).isEmpty();
        breaksOff.refuses = Optional.empty();
        machine.pass(Duration.ofHours(1)); // known to be full until then

        for (FakeHolder holder : network.holders()) {
            holder.shardsUntilDead = holder.shardsStored + 4;
            PutReceipt receipt = node.put("cut", content);
            holder.dead = false; // a holder that was only away for a moment
            holder.shardsUntilDead = Integer.MAX_VALUE;
            machine.pass(Duration.ofHours(1));

            assertThat(receipt.columnsStored()).isBetween(11, 12);
            assertThat(node.get(receipt.ref())).isEqualTo(content);
        }
    }

    @Test
    void shards_that_a_holder_lost_before_the_commit_are_rebuilt_and_stored_again() throws InterruptedException {
        TestNetwork network = new TestNetwork(12);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);
        byte[] content = TestNetwork.content(4_500);
        network.holder(2).segmentForgottenOnce = 1;
        network.holder(7).segmentForgottenOnce = 4;

        PutReceipt receipt = node.put("name", content);

        assertThat(receipt.columnsStored()).isEqualTo(12);
        network.holders().subList(8, 12).forEach(holder -> holder.dead = true);
        assertThat(node.get(receipt.ref())).isEqualTo(content);
        assertThat(network.holder(2).shardsGiven).isEqualTo(5);
    }

    @Test
    void nine_of_twelve_columns_acknowledge_nothing_and_leave_nothing_that_lasts() throws InterruptedException {
        TestNetwork network = new TestNetwork(12);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);
        network.holders().subList(1, 4).forEach(holder -> holder.dead = true);

        assertFails(Kind.NOT_ENOUGH_PEERS, node, "9 of 12 columns could be stored, 10 are needed");
        assertThat(network.holders())
                .allSatisfy(holder -> assertThat(holder.objectCount()).isZero());
        assertThat(node.services.owned().list("", Optional.empty(), 10)).isEmpty();
        assertThat(machine.seen(ObjectStored.class)).isEmpty();
    }

    @Test
    void peers_that_refuse_are_the_reason_that_is_named() {
        for (Refusal refusal : List.of(Refusal.FULL, Refusal.QUOTA_EXCEEDED, Refusal.OWNER_NOT_ACCEPTED)) {
            TestNetwork network = new TestNetwork(12);
            TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);
            network.holders().subList(3, 9).forEach(holder -> holder.refuses = Optional.of(refusal));

            Kind expected = switch (refusal) {
                case FULL -> Kind.REFUSED_FULL;
                case QUOTA_EXCEEDED -> Kind.QUOTA_EXCEEDED;
                default -> Kind.OWNER_NOT_ACCEPTED;
            };
            assertFails(expected, node, "6 of 12 columns could be stored");
        }
    }

    @Test
    void this_nodes_own_full_store_is_named() {
        TestNetwork network = new TestNetwork(12);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT, new MemoryStore(10), TestNetwork.master(1));

        assertFails(Kind.REFUSED_FULL, node, "this node cannot note the put");
    }

    @Test
    void fewer_peers_than_columns_hold_several_each_and_the_receipt_says_so() throws InterruptedException {
        TestNetwork network = new TestNetwork(3);
        TestNode node = network.node(machine, new Redundancy(4, 2, 6), SEGMENT);

        PutReceipt receipt = node.put("name", TestNetwork.content(2_500));

        assertThat(receipt).isEqualTo(new PutReceipt(receipt.ref(), 6, 6, 3, 1, 3, 1, 0));
        network.holder(1).dead = true;
        assertThat(node.get(receipt.ref())).isEqualTo(TestNetwork.content(2_500));
    }

    @Test
    void what_is_too_large_is_refused_before_anything_is_stored() {
        TestNetwork network = new TestNetwork(3);
        TestNode node = network.node(machine, new Redundancy(2, 1, 3), SEGMENT);

        assertThatThrownBy(() -> node.services
                        .puts()
                        .put(
                                PutRequest.of("name", (long) SEGMENT * ObjectLimits.MAX_SEGMENTS + 1),
                                TestNetwork.source(new byte[0])))
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE));
        assertThatThrownBy(() -> node.put("n".repeat(1_024), new byte[1]))
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.TOO_LARGE));
        assertThat(network.holders()).noneMatch(FakeHolder::hasUploads);
    }

    @Test
    void holders_that_take_the_commit_but_not_the_lease_make_the_put_fail_and_hear_of_its_deletion()
            throws InterruptedException {
        TestNetwork network = new TestNetwork(12);
        TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);
        network.holders().subList(1, 5).forEach(holder -> holder.refusesLeases = true);

        assertFails(Kind.NOT_ENOUGH_PEERS, node, "8 of 12 columns");
        network.holders().forEach(holder -> holder.refusesLeases = false);
        node.services.upkeep().round();

        assertThat(network.holders())
                .allSatisfy(holder -> assertThat(holder.objectCount()).isZero());
        assertThat(node.services.owned().list("", Optional.empty(), 10)).isEmpty();
    }

    private static void assertFails(Kind kind, TestNode node, String message) {
        assertThatThrownBy(() -> node.put("name", TestNetwork.content(1_500)))
                .isInstanceOfSatisfying(ObjectFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(kind);
                    assertThat(failure).hasMessageContaining(message);
                });
    }
}
