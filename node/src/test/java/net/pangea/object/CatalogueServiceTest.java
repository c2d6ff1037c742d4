package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.CataloguePointer;
import net.pangea.manifest.ObjectRef;
import net.pangea.manifest.Redundancy;
import net.pangea.object.CatalogueService.Published;
import net.pangea.object.CatalogueService.Restored;
import net.pangea.object.ObjectEvent.CataloguePublished;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.object.TestNetwork.TestNode;
import net.pangea.store.MemoryStore;
import org.junit.jupiter.api.Test;

class CatalogueServiceTest {
    private final TestMachine machine = new TestMachine("p0", 11);
    private final TestNetwork network = new TestNetwork(6);
    private final TestNode node = machineOf(1);

    private TestNode machineOf(int owner) {
        return network.node(machine, new Redundancy(4, 2, 5), 1_000, new MemoryStore(), TestNetwork.master(owner));
    }

    @Test
    void the_master_key_and_the_network_bring_everything_back_on_an_empty_machine() throws InterruptedException {
        byte[] content = TestNetwork.content(2_222);
        ObjectRef ref = node.put("photos/cat.jpg", content).ref();
        ObjectRef deleted = node.put("gone", new byte[1]).ref();
        OwnerService.Changed _ = node.services.owned().delete(deleted.id());
        assertThat(node.services.catalogue().isDirty()).isTrue();
        Published published = node.services.catalogue().publish();
        assertThat(published).isEqualTo(new Published(1, 2, FakeDirectory.PEERS));
        assertThat(node.services.catalogue().isDirty()).isFalse();

        TestNode empty = machineOf(1);
        Restored restored = empty.services.catalogue().restore();

        assertThat(restored).isEqualTo(new Restored(1, 2, 2));
        List<CatalogueEntry> listed = empty.services.owned().list("", Optional.empty(), 10);
        assertThat(listed).singleElement().satisfies(entry -> {
            assertThat(entry.ref()).isEqualTo(ref);
            assertThat(entry.name()).isEqualTo("photos/cat.jpg");
        });
        assertThat(empty.get(listed.getFirst().ref())).isEqualTo(content);
        assertThat(empty.services.catalogue().isDirty()).isFalse();
    }

    @Test
    void a_newer_catalogue_replaces_the_older_one_which_is_deleted() throws InterruptedException {
        PutReceipt _ = node.put("one", new byte[1]);
        Published _ = node.services.catalogue().publish();
        PutReceipt _ = node.put("two", new byte[1]);
        Published second = node.services.catalogue().publish();
        Published unchanged = node.services.catalogue().publish();

        assertThat(second).isEqualTo(new Published(2, 2, FakeDirectory.PEERS));
        assertThat(unchanged.sequence()).isEqualTo(2);
        assertThat(machine.seen(CataloguePublished.class)).hasSize(2);
        assertThat(network.holders())
                .allSatisfy(
                        holder -> assertThat(holder.objectCount()).isEqualTo(3)); // two objects and the newer catalogue
    }

    @Test
    void two_machines_of_one_owner_merge_instead_of_overwriting_each_other() throws InterruptedException {
        PutReceipt _ = node.put("here", new byte[1]);
        Published _ = node.services.catalogue().publish();
        TestNode other = machineOf(1);
        PutReceipt _ = other.put("there", new byte[1]);

        Published published = other.services.catalogue().publish();

        assertThat(published.sequence()).isEqualTo(2);
        assertThat(published.entries()).isEqualTo(2);
        TestNode third = machineOf(1);
        Restored restored = third.services.catalogue().restore();
        assertThat(restored.added()).isEqualTo(2);
    }

    @Test
    void a_restore_prefers_the_highest_sequence_and_what_is_newer_here_stays() throws InterruptedException {
        ObjectRef ref = node.put("name", new byte[1]).ref();
        Published _ = node.services.catalogue().publish();
        OwnerService.Changed _ = node.services.owned().delete(ref.id());

        Restored restored = node.services.catalogue().restore();

        assertThat(restored.added()).isZero();
        assertThat(node.services.owned().list("", Optional.empty(), 10)).isEmpty();
    }

    @Test
    void an_owner_without_a_catalogue_and_one_whose_peers_are_away_are_told_so() {
        assertThatThrownBy(() -> machineOf(2).services.catalogue().restore())
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.NO_CATALOGUE));
        network.directory().silent = 1;
        assertThatThrownBy(() -> machineOf(2).services.catalogue().restore())
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_ENOUGH_PEERS));
    }

    @Test
    void a_catalogue_that_nobody_was_told_of_is_announced_later_and_the_one_before_stays_until_then()
            throws InterruptedException {
        PutReceipt _ = node.put("one", new byte[1]);
        Published _ = node.services.catalogue().publish();
        PutReceipt _ = node.put("two", new byte[1]);
        network.directory().full = true;
        assertThatThrownBy(() -> node.services.catalogue().publish())
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_ENOUGH_PEERS));

        assertThat(node.services.catalogue().isDirty()).isTrue();
        assertThat(machineOf(1).services.catalogue().restore()).isEqualTo(new Restored(1, 1, 1));
        network.directory().full = false;
        TestNode restarted = network.node(machine, new Redundancy(4, 2, 5), 1_000, node.store, TestNetwork.master(1));
        assertThat(restarted.services.catalogue().isUnannounced()).isTrue();
        assertThat(restarted.services.catalogue().announce()).isEqualTo(new Published(2, 2, FakeDirectory.PEERS));

        assertThat(restarted.services.catalogue().isDirty()).isFalse();
        assertThat(machineOf(1).services.catalogue().restore()).isEqualTo(new Restored(2, 2, 2));
        assertThat(network.holders())
                .allSatisfy(holder -> assertThat(holder.objectCount()).isEqualTo(3));
    }

    @Test
    void nothing_is_stored_while_nobody_of_the_directory_answers() throws InterruptedException {
        PutReceipt _ = node.put("one", new byte[1]);
        network.directory().silent = FakeDirectory.PEERS;

        assertThatThrownBy(() -> node.services.catalogue().publish())
                .hasMessageContaining("no peer of the DHT answers");

        assertThat(node.services.catalogue().sequence()).isZero();
        assertThat(network.holders())
                .allSatisfy(holder -> assertThat(holder.objectCount()).isEqualTo(1));
    }

    @Test
    void two_machines_that_publish_at_the_same_moment_lose_nothing() throws InterruptedException {
        PutReceipt _ = node.put("here", new byte[1]);
        TestNode other = machineOf(1);
        PutReceipt _ = other.put("there", new byte[1]);
        network.directory().race = () -> {
            network.directory().race = () -> {};
            try {
                Published _ = other.services.catalogue().publish();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        };

        Published _ = node.services.catalogue().publish();
        machine.pass(Duration.ofHours(2));
        Published _ = other.services.catalogue().publish();
        Published _ = node.services.catalogue().publish();

        assertThat(machineOf(1).services.catalogue().restore().added()).isEqualTo(2);
        assertThat(node.services.owned().count()).isEqualTo(2);
        assertThat(other.services.owned().count()).isEqualTo(2);
    }

    @Test
    void a_reader_never_goes_back_to_an_older_catalogue() throws InterruptedException {
        PutReceipt _ = node.put("one", new byte[1]);
        Published _ = node.services.catalogue().publish();
        CataloguePointer old = network.directory().find(ownerId()).pointer().orElseThrow();
        PutReceipt _ = node.put("two", new byte[1]);
        Published _ = node.services.catalogue().publish();
        network.directory().put(old);
        machine.pass(Duration.ofHours(2));

        Published checked = node.services.catalogue().publish();

        assertThat(checked.sequence()).isEqualTo(2);
        assertThat(node.services.owned().count()).isEqualTo(2);
    }

    @Test
    void a_pointer_to_a_deleted_catalogue_does_not_stop_a_newer_one() throws InterruptedException {
        PutReceipt _ = node.put("one", new byte[1]);
        Published _ = node.services.catalogue().publish();
        CataloguePointer old = network.directory().find(ownerId()).pointer().orElseThrow();
        PutReceipt _ = node.put("two", new byte[1]);
        Published _ = node.services.catalogue().publish();
        network.directory().put(old);
        TestNode empty = machineOf(1);
        PutReceipt _ = empty.put("three", new byte[1]);

        Published published = empty.services.catalogue().publish();

        assertThat(published).isEqualTo(new Published(2, 1, FakeDirectory.PEERS));
    }

    @Test
    void the_catalogue_is_kept_as_long_as_the_longest_lease_in_it() throws InterruptedException {
        ObjectRef ref = node.put("one", new byte[1]).ref();
        OwnerService.Changed _ = node.services.owned().renew(ref.id(), Duration.ofDays(365));

        Published _ = node.services.catalogue().publish();

        CataloguePointer pointer = network.directory().find(ownerId()).pointer().orElseThrow();
        long inAYear = machine.clock().now().plus(Duration.ofDays(365)).toEpochMilli();
        assertThat(pointer.expiresMillis()).isGreaterThan(inAYear);
        assertThat(network.holders())
                .allSatisfy(holder -> assertThat(
                                holder.leaseOf(pointer.object()).orElseThrow().expiresMillis())
                        .isEqualTo(inAYear));
    }

    private static OwnerId ownerId() {
        return TestNetwork.master(1).signingKey().id();
    }
}
