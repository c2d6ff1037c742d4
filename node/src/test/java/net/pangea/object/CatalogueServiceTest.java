package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import net.pangea.manifest.CatalogueEntry;
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
        assertThat(published).isEqualTo(new Published(1, 2, 6));
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

        assertThat(second).isEqualTo(new Published(2, 2, 6));
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
        network.holder(3).dead = true;
        assertThatThrownBy(() -> machineOf(2).services.catalogue().restore())
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_ENOUGH_PEERS));
    }

    @Test
    void peers_that_were_away_hear_of_the_pointer_later() throws InterruptedException {
        PutReceipt _ = node.put("name", new byte[1]);
        network.holder(3).dead = true;
        assertThat(node.services.catalogue().publish().peersTold()).isEqualTo(5);
        network.holder(3).dead = false;

        assertThat(node.services.catalogue().publish()).isEqualTo(new Published(1, 1, 1));
    }
}
