package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.ContentType;
import net.pangea.holding.HoldingEvent.ShardRejected;
import net.pangea.keys.DataKey;
import net.pangea.keys.MasterKey;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.Header;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectRef;
import net.pangea.manifest.Redundancy;
import net.pangea.manifest.UploadTicket;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ShardTree;
import net.pangea.object.GetService.Range;
import net.pangea.object.ObjectEvent.GetFromExactlyK;
import net.pangea.object.ObjectEvent.ObjectFetched;
import net.pangea.object.ObjectFailure.Kind;
import net.pangea.object.TestNetwork.Received;
import net.pangea.object.TestNetwork.TestNode;
import net.pangea.protocol.PeerMessage;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.OpenUpload;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.protocol.PeerMessage.StoreShard;
import org.junit.jupiter.api.Test;

class GetServiceTest {
    private static final int SEGMENT = 500;
    private static final byte[] CONTENT = TestNetwork.content(4 * SEGMENT + 20);
    private static final MasterKey MASTER = TestNetwork.master(1);

    private final TestMachine machine = new TestMachine("p0", 3);
    private final TestNetwork network = new TestNetwork(12);
    private final TestNode node = network.node(machine, Redundancy.DEFAULT, SEGMENT);

    @Test
    void a_get_from_exactly_k_says_so() throws InterruptedException {
        ObjectRef ref = node.put("name", CONTENT).ref();
        network.holders().subList(4, 7).forEach(FakeHolder::wipe);
        assertThat(node.get(ref)).isEqualTo(CONTENT);
        assertThat(machine.seen(GetFromExactlyK.class)).isEmpty();

        network.holder(7).wipe();
        assertThat(node.get(ref)).isEqualTo(CONTENT);
        assertThat(machine.seen(GetFromExactlyK.class))
                .containsExactly(new GetFromExactlyK(ref.id().hex(), 8));

        network.holder(8).wipe();
        assertFails(Kind.NOT_ENOUGH_SHARDS, ref, "7 intact shards found, 8 are needed");
    }

    @Test
    void four_lying_holders_are_named_once_and_left_out() throws InterruptedException {
        ObjectRef ref = node.put("name", CONTENT).ref();
        network.holders().subList(0, 4).forEach(holder -> holder.rotten = true);

        assertThat(node.get(ref)).isEqualTo(CONTENT);

        List<String> named = machine.seen(ShardRejected.class).stream()
                .map(ShardRejected::peer)
                .distinct()
                .toList();
        assertThat(named).isSubsetOf("p0", "p1", "p2", "p3");
        assertThat(machine.seen(ObjectFetched.class).getFirst().shardsRejected())
                .isEqualTo(machine.seen(ShardRejected.class).size());
    }

    @Test
    void holders_with_one_rotten_shard_each_still_give_their_others() throws InterruptedException {
        ObjectRef ref = node.put("name", CONTENT).ref();
        for (int column = 0; column < 12; column++) {
            network.holderOf(ref, column).rot(ref.placementKey(), column, column % 5);
        }

        assertThat(node.get(ref)).isEqualTo(CONTENT);
    }

    @Test
    void holders_that_are_back_after_seconds_are_asked_again() throws InterruptedException {
        ObjectRef ref = node.put("name", CONTENT).ref();
        network.holders().subList(4, 9).forEach(holder -> holder.dead = true);
        AtomicInteger pauses = new AtomicInteger();

        machine.whileSleeping = pauses::incrementAndGet;
        assertFails(Kind.NOT_ENOUGH_SHARDS, ref, "7 intact shards found, 8 are needed");
        assertThat(pauses.get()).isBetween(3, 3 * 5); // for each of five segments, as far as they were begun

        machine.whileSleeping = () -> network.holder(6).dead = false;
        assertThat(node.get(ref)).isEqualTo(CONTENT);
    }

    @Test
    void swapped_segments_are_refused_by_their_proofs() throws InterruptedException {
        ObjectRef ref = node.put("name", CONTENT).ref();
        for (int column = 0; column < 5; column++) {
            network.holderOf(ref, column).swapSegments(new FakeHolder.ObjectPlace(ref.placementKey(), column), 1, 2);
        }

        assertFails(Kind.NOT_ENOUGH_SHARDS, ref, "segment 1");
        assertThat(machine.seen(ShardRejected.class)).isNotEmpty();
    }

    @Test
    void a_wrong_key_is_an_error_that_names_the_object() throws InterruptedException {
        ObjectRef ref = node.put("name", CONTENT).ref();
        ObjectRef other = node.put("other", CONTENT).ref();
        ObjectRef wrong = new ObjectRef(ref.id(), ref.placementKey(), other.key());

        assertFails(Kind.WRONG_KEY, wrong, ref.id().hex());
    }

    @Test
    void an_unknown_object_and_one_that_silent_peers_may_have_are_different_failures() throws InterruptedException {
        ObjectRef ref = node.put("name", CONTENT).ref();
        ObjectRef unknown = new ObjectRef(Sha256.of(Bytes.EMPTY), ref.placementKey(), ref.key());

        assertFails(Kind.UNKNOWN_OBJECT, unknown, "none of 12 nodes");
        network.holder(5).dead = true;
        assertFails(Kind.NOT_ENOUGH_PEERS, unknown, "1 of 11 peers did not answer");
    }

    @Test
    void manifests_that_were_tampered_with_are_passed_over() throws InterruptedException {
        ObjectRef ref = node.put("name", CONTENT).ref();
        network.holders().forEach(holder -> holder.tamperWithManifest = true);
        assertFails(Kind.UNKNOWN_OBJECT, ref, "none of");

        network.holder(9).tamperWithManifest = false;
        assertThat(node.get(ref)).isEqualTo(CONTENT);
    }

    @Test
    void a_range_that_begins_beyond_the_end_is_refused() throws InterruptedException {
        ObjectRef ref = node.put("name", CONTENT).ref();

        assertThat(node.get(ref, new Range(CONTENT.length, 5))).isEmpty();
        assertThatThrownBy(() -> node.get(ref, new Range(CONTENT.length + 1, 5)))
                .isInstanceOfSatisfying(
                        ObjectFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.BAD_RANGE));
    }

    @Test
    void a_shortened_object_does_not_decrypt() throws InterruptedException {
        // Three segments, of which a forger with the data key's header only keeps two: the last one lacks the mark.
        byte[] two = TestNetwork.content(2 * SEGMENT);
        ObjectRef ref = forge(two, 3, 2, 2 * SEGMENT, Sha256.of(Bytes.wrap(two)));

        assertNothingGiven(Kind.DAMAGED_OBJECT, ref, "segment 1");
    }

    @Test
    void segments_of_another_object_do_not_decrypt() throws InterruptedException {
        byte[] one = TestNetwork.content(100);
        ObjectRef ref = forge(one, 1, 1, 100, Sha256.of(Bytes.wrap(one)));
        ObjectRef spliced = respliced(ref);

        assertNothingGiven(Kind.DAMAGED_OBJECT, spliced, "segment 0");
    }

    @Test
    void a_header_that_claims_another_hash_is_found_out_at_the_end() throws InterruptedException {
        byte[] content = TestNetwork.content(100);

        assertFails(
                Kind.DAMAGED_OBJECT, forge(content, 1, 1, 100, Sha256.of(Bytes.EMPTY)), "another hash than its header");
    }

    @Test
    void a_header_of_impossible_size_is_refused_before_anything_is_fetched() throws InterruptedException {
        byte[] content = TestNetwork.content(100);
        ObjectRef bomb = forge(content, 1, 1, 1L << 37, Sha256.of(Bytes.wrap(content)));

        assertNothingGiven(Kind.DAMAGED_OBJECT, bomb, "do not make 1 segments");
    }

    @Test
    void a_segment_that_decompresses_to_more_than_it_may_is_refused() throws InterruptedException {
        byte[] content = new byte[1 << 20]; // a megabyte of nothing, where 100 bytes should be
        ObjectRef bomb = forge(content, 1, 1, 100, Sha256.of(Bytes.wrap(content)));

        assertNothingGiven(Kind.DAMAGED_OBJECT, bomb, "segment 0");
    }

    @Test
    void what_is_no_manifest_is_refused() throws InterruptedException {
        ObjectRef ref = node.put("name", CONTENT).ref();
        Bytes nonsense = new ByteWriter().text("nonsense").toBytes();
        FakeHolder.Planted planted = new FakeHolder.Planted(nonsense);
        network.holder(4).planted = Optional.of(planted);

        assertFails(
                Kind.DAMAGED_OBJECT,
                new ObjectRef(Sha256.of(nonsense), ref.placementKey(), ref.key()),
                "no manifest that can be");
    }

    /** Puts an object at the first four peers as somebody with its key would who does not keep to the rules. */
    private ObjectRef forge(byte[] content, int encodedAs, int segments, long sizeBytes, Sha256 hash)
            throws InterruptedException {
        DataKey key = DataKey.draw(machine.secrets());
        Sha256 placementKey = Sha256.of(key.bytes());
        SegmentCodec codec = new SegmentCodec(SegmentCodec.USUAL_SUITE, 3, 1, key, placementKey, encodedAs, 0);
        List<List<Bytes>> shards = IntStream.range(0, segments)
                .mapToObj(index -> codec.encode(
                        index,
                        segments == 1 ? content : Arrays.copyOfRange(content, index * SEGMENT, (index + 1) * SEGMENT),
                        ContentType.TEXT,
                        machine.secrets()))
                .toList();
        return plant(shards, key, placementKey, sizeBytes, hash);
    }

    /** An object with the shards of another, under a key and a header of its own. */
    private ObjectRef respliced(ObjectRef other) throws InterruptedException {
        List<Bytes> shards = IntStream.range(0, 4)
                .mapToObj(column -> network.holder(column).shard(other.placementKey(), column, 0))
                .toList();
        DataKey key = DataKey.draw(machine.secrets());
        return plant(List.of(shards), key, Sha256.of(key.bytes()), 100, Sha256.of(Bytes.EMPTY));
    }

    private ObjectRef plant(List<List<Bytes>> shards, DataKey key, Sha256 placementKey, long sizeBytes, Sha256 hash)
            throws InterruptedException {
        Owner owner = new Owner(MASTER, machine.secrets());
        OwnerId id = owner.id();
        Bytes sealed = new Header("forged", "", sizeBytes, hash, 0).seal(key, placementKey, machine.secrets());
        List<ColumnIndex> indexes = IntStream.range(0, 4)
                .mapToObj(column -> new ColumnIndex(shards.stream()
                        .map(segment -> leaf(segment.get(column)))
                        .toList()))
                .toList();
        Manifest manifest = new Manifest(
                SegmentCodec.USUAL_SUITE,
                3,
                1,
                SEGMENT,
                shards.size(),
                placementKey,
                id,
                Sha256.of(sealed),
                indexes.stream().map(ColumnIndex::root).toList());
        Lease lease =
                Lease.keep(owner.signing(), manifest.id(), 1, 0, Long.MAX_VALUE, 1_000, owner.wrap(key, placementKey));
        UploadTicket ticket = UploadTicket.sign(owner.signing(), placementKey, 0, 1, 1L << 40);
        for (int column = 0; column < 4; column++) {
            FakeHolder holder = network.holder(column);
            accepted(holder.answer(new OpenUpload(ticket)));
            for (int segment = 0; segment < shards.size(); segment++) {
                Bytes shard = shards.get(segment).get(column);
                accepted(holder.answer(new StoreShard(placementKey, column, segment, shard)));
            }
            HeldColumn held = new HeldColumn(column, indexes.get(column), List.of(new SegmentRange(0, shards.size())));
            accepted(holder.answer(new CommitColumns(manifest.encode(), sealed, lease, List.of(held))));
        }
        return new ObjectRef(manifest.id(), placementKey, key);
    }

    private static void accepted(PeerMessage.Reply reply) {
        assertThat(reply).isInstanceOf(PeerMessage.Accepted.class);
    }

    private static ColumnLeaf leaf(Bytes shard) {
        return ShardTree.of(shard).leaf();
    }

    private void assertNothingGiven(Kind kind, ObjectRef ref, String message) {
        Received received = new Received();
        assertThatThrownBy(() -> node.services.gets().get(ref, Range.WHOLE, received))
                .isInstanceOfSatisfying(ObjectFailure.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(kind);
                    assertThat(failure).hasMessageContaining(message);
                });
        int whole = message.equals("segment 1") ? SEGMENT : 0; // what came before it is authentic
        assertThat(received.content.size()).isEqualTo(whole);
    }

    private void assertFails(Kind kind, ObjectRef ref, String message) {
        assertThatThrownBy(() -> node.get(ref)).isInstanceOfSatisfying(ObjectFailure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessageContaining(message);
        });
    }
}
