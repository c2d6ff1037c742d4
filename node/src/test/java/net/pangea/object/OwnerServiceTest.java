package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.SigningKey;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.Lease;
import net.pangea.manifest.ObjectRef;
import net.pangea.manifest.Redundancy;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.object.TestNetwork.TestNode;
import net.pangea.protocol.ObjectInfo;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.store.MemoryStore;
import org.junit.jupiter.api.Test;

class OwnerServiceTest {
    private final TestMachine machine = new TestMachine("p0", 9);
    private final TestNetwork network = new TestNetwork(6);
    private final MemoryStore store = new MemoryStore();
    private final TestNode node = restarted();

    private TestNode restarted() {
        return network.node(machine, new Redundancy(4, 2, 5), 1_000, store, TestNetwork.master(1));
    }

    @Test
    void objects_are_listed_by_page_and_found_by_name() throws InterruptedException {
        for (String name : List.of("Photos/Cat.JPG", "photos/dog.png", "notes.txt", "archive.tar.gz")) {
            PutReceipt _ = node.put(name, new byte[10]);
        }
        OwnerService owned = node.services.owned();

        assertThat(names(owned.list("photos", Optional.empty(), 10)))
                .containsExactlyInAnyOrder("Photos/Cat.JPG", "photos/dog.png");
        assertThat(names(owned.list("*.?xt", Optional.empty(), 10))).containsExactly("notes.txt");
        assertThat(names(owned.list("tar.GZ", Optional.empty(), 10))).containsExactly("archive.tar.gz");
        assertThat(owned.list("nothing of that", Optional.empty(), 10)).isEmpty();
        List<CatalogueEntry> first = owned.list("", Optional.empty(), 3);
        List<CatalogueEntry> second =
                owned.list("", Optional.of(first.getLast().ref().id()), 3);
        assertThat(first).hasSize(3);
        assertThat(second).hasSize(1);
        assertThat(owned.count()).isEqualTo(4);
    }

    @Test
    void a_deletion_reaches_those_too_who_were_away_and_is_remembered() throws InterruptedException {
        ObjectRef ref = node.put("name", new byte[2_500]).ref();
        FakeHolder away = network.holder(3);
        away.dead = true;

        OwnerService.Changed changed = node.services.owned().delete(ref.id());

        assertThat(changed.peersTold()).isEqualTo(5);
        assertThat(changed.entry().deleted()).isTrue();
        assertThat(node.services.owned().list("", Optional.empty(), 10)).isEmpty();
        assertThatThrownBy(() -> node.services.owned().pin(ref.id(), true))
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.DELETED));
        away.dead = false;
        node.services.upkeep().round();
        assertThat(network.holders()).allSatisfy(holder -> {
            assertThat(holder.objectCount()).isZero();
            assertThat(holder.leaseOf(ref.id()).orElseThrow().isDeletion()).isTrue();
        });
        long remembered = away.leaseOf(ref.id()).orElseThrow().expiresMillis();
        assertThat(remembered)
                .isGreaterThan(machine.clock().now().toEpochMilli()
                        + Duration.ofDays(30).toMillis());
    }

    @Test
    void a_deletion_is_told_again_after_a_restart() throws InterruptedException {
        ObjectRef ref = node.put("name", new byte[2_500]).ref();
        network.holder(3).dead = true;
        OwnerService.Changed _ = node.services.owned().delete(ref.id());
        network.holder(3).dead = false;

        Upkeep upkeep = restarted().services.upkeep();
        upkeep.begin();
        upkeep.round();

        assertThat(network.holder(3).objectCount()).isZero();
    }

    @Test
    void what_is_not_the_owners_cannot_be_deleted() {
        Sha256 foreign = Sha256.of(Bytes.EMPTY);

        assertThatThrownBy(() -> node.services.owned().delete(foreign))
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OBJECT));
    }

    @Test
    void pinned_objects_are_renewed_when_half_of_the_lease_is_over_and_others_are_forgotten()
            throws InterruptedException {
        PutRequest pinned = new PutRequest("pinned", "", 10, true, Optional.empty());
        ObjectRef kept = node.put(pinned, new byte[10]).ref();
        ObjectRef plain = node.put("plain", new byte[10]).ref();
        machine.pass(Duration.ofDays(14));
        node.services.upkeep().round();
        assertThat(sequence(kept)).isEqualTo(2);

        machine.pass(Duration.ofDays(2));
        node.services.upkeep().round();
        assertThat(sequence(kept)).isEqualTo(3);
        assertThat(sequence(plain)).isEqualTo(2);

        machine.pass(Duration.ofDays(29));
        node.services.upkeep().round();
        assertThat(names(node.services.owned().list("", Optional.empty(), 10))).containsExactly("pinned");
        assertThat(sequence(kept)).isEqualTo(4);
    }

    private long sequence(ObjectRef ref) {
        return network.holder(1).leaseOf(ref.id()).orElseThrow().sequence();
    }

    @Test
    void a_renewal_goes_beyond_the_sequences_that_another_machine_of_the_owner_has_used() throws InterruptedException {
        ObjectRef ref = node.put("name", new byte[10]).ref();
        SigningKey owner = TestNetwork.master(1).signingKey();
        Lease other = Lease.keep(
                owner,
                ref.id(),
                7,
                0,
                machine.clock().now().toEpochMilli() + 1,
                10,
                TestNetwork.master(1).wrap(ref.key(), ref.placementKey(), machine.secrets()));
        for (FakeHolder holder : network.holders()) {
            assertThat(holder.answer(new PutLease(other))).isInstanceOf(PeerMessage.Accepted.class);
        }

        OwnerService.Changed changed = node.services.owned().renew(ref.id(), Duration.ofDays(60));

        assertThat(changed.entry().leaseSequence()).isEqualTo(8);
        assertThat(sequence(ref)).isEqualTo(8);
    }

    @Test
    void leases_that_are_changed_at_the_same_time_get_different_sequences() throws InterruptedException {
        ObjectRef ref = node.put("name", new byte[10]).ref();
        OwnerService owned = node.services.owned();
        try (var scope = machine.tasks().open("changes")) {
            for (int i = 0; i < 5; i++) {
                scope.start("renew", () -> owned.renew(ref.id(), Duration.ofDays(60)));
                scope.start("pin", () -> owned.pin(ref.id(), true));
            }
            scope.joinAll();
        }
        OwnerService.Changed deleted = owned.delete(ref.id());

        assertThat(deleted.entry().leaseSequence()).isEqualTo(8);
        assertThat(deleted.entry().deleted()).isTrue();
        assertThat(network.holders())
                .allSatisfy(holder -> assertThat(
                                holder.leaseOf(ref.id()).orElseThrow().sequence())
                        .isEqualTo(8));
    }

    @Test
    void a_renewal_that_nobody_takes_fails_and_changes_nothing() throws InterruptedException {
        ObjectRef ref = node.put("name", new byte[10]).ref();
        network.holders().forEach(holder -> holder.dead = true);

        assertThatThrownBy(() -> node.services.owned().renew(ref.id(), Duration.ofDays(60)))
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_ENOUGH_PEERS));
        assertThat(node.services
                        .owned()
                        .list("", Optional.empty(), 1)
                        .getFirst()
                        .leaseSequence())
                .isEqualTo(2);
    }

    @Test
    void info_tells_the_margin() throws InterruptedException {
        ObjectRef ref = node.put("photos/cat.jpg", new byte[2_500]).ref();
        network.holder(2).dead = true;
        network.holder(4).wipe();

        ObjectInfo info = node.services.owned().info(ref);

        assertThat(info.name()).isEqualTo("photos/cat.jpg");
        assertThat(info.sizeBytes()).isEqualTo(2_500);
        assertThat(info.segments()).isEqualTo(3);
        assertThat(info.columnsFound()).isEqualTo(4);
        assertThat(info.margin()).isZero();
        assertThat(info.peersAnswered()).isEqualTo(5);
        assertThat(info.leaseSequence()).isEqualTo(2);
    }

    private static List<String> names(List<CatalogueEntry> entries) {
        return entries.stream().map(CatalogueEntry::name).toList();
    }
}
