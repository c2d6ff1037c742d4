package net.pangea.holding;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.UploadTicket;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.Audit;
import net.pangea.protocol.PeerMessage.AuditAnswer;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.FetchManifest;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Hello;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Missing;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.ObjectKnown;
import net.pangea.protocol.PeerMessage.OpenUpload;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Refused;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.protocol.PeerMessage.StoreShard;
import net.pangea.protocol.PeerMessage.Welcome;
import net.pangea.store.MemoryStore;
import org.junit.jupiter.api.Test;

class HolderServiceTest {
    private final TestObject object = TestObject.draw(1, TestObject.key(1), 3, 5, 40_000);
    private final TestObject other = TestObject.draw(2, TestObject.key(2), 3, 5, 40_000);
    private final TestHolder holder = new TestHolder();

    HolderServiceTest() throws InterruptedException {}

    @Test
    void it_says_who_it_is() throws InterruptedException {
        assertThat(holder.ask(new Hello()))
                .isEqualTo(new Welcome("holder", TestHolder.SELF, "zone", TestObject.START, holder.store.freeBytes()));
    }

    @Test
    void what_was_committed_is_given_back_with_proofs() throws InterruptedException {
        holder.put(object, 0, 2);

        assertThat(holder.holding(object))
                .isEqualTo(new Holding(
                        1,
                        false,
                        List.of(
                                new HeldRange(0, List.of(new SegmentRange(0, 5))),
                                new HeldRange(2, List.of(new SegmentRange(0, 5))))));
        assertThat(holder.ask(new FetchManifest(object.id())))
                .isEqualTo(new ObjectKnown(object.manifest().encode(), object.sealedHeader(), object.lease(1)));
        assertThat(holder.ask(new FetchShard(object.id(), 3, List.of(1, 2, 0))))
                .isInstanceOfSatisfying(ShardFound.class, found -> {
                    assertThat(found.column()).isEqualTo(2);
                    assertThat(found.shard()).isEqualTo(object.shards().get(2).get(3));
                    assertThat(found.proof()
                                    .verifies(object.manifest().columnRoots().get(2), 5, found.shard()))
                            .isTrue();
                });
        assertThat(holder.ask(new FetchShard(object.id(), 3, List.of(1)))).isEqualTo(new NotFound());
        assertThat(holder.ask(new FetchShard(object.id(), 5, List.of(0)))).isEqualTo(new NotFound());
        assertThat(holder.events(HoldingEvent.ShardStored.class)).hasSize(10);
    }

    @Test
    void audits_are_answered_with_blocks_that_anyone_can_verify() throws InterruptedException {
        holder.put(object, 1);
        List<Probe> probes = List.of(new Probe(0, 0), new Probe(0, 1), new Probe(4, 1_000_000), new Probe(0, 2));

        assertThat(holder.ask(new Audit(object.id(), 1, probes))).isInstanceOfSatisfying(AuditAnswer.class, answer -> {
            assertThat(answer.blocks()).hasSize(4);
            assertThat(answer.blocks())
                    .allSatisfy(block -> assertThat(block.proof()
                                    .verifies(object.manifest().columnRoots().get(1), 5, block.block()))
                            .isTrue());
            assertThat(answer.blocks().get(0).block())
                    .isEqualTo(object.shards().get(1).get(0).slice(0, ShardTree.BLOCK_BYTES));
        });
        assertThat(holder.ask(new Audit(object.id(), 0, probes))).isEqualTo(new NotFound());
        assertThat(holder.ask(new Audit(other.id(), 0, probes))).isEqualTo(new NotFound());
    }

    @Test
    void shards_are_taken_only_under_an_upload_that_is_open() throws InterruptedException {
        holder.refuses(Refusal.UNKNOWN_UPLOAD, object.store(0, 0));

        holder.accepts(object.open());

        holder.accepts(object.store(0, 0));
        holder.refuses(Refusal.UNKNOWN_UPLOAD, other.store(0, 0));
        assertThat(holder.ask(new FetchShard(object.id(), 0, List.of(0)))).isEqualTo(new NotFound());
    }

    @Test
    void tickets_that_are_forged_or_expired_are_refused() throws InterruptedException {
        UploadTicket genuine = object.open().ticket();
        UploadTicket forged = new UploadTicket(
                genuine.placementKey(),
                genuine.owner(),
                genuine.issuedMillis(),
                genuine.expiresMillis() + 1,
                genuine.bytes(),
                genuine.signature());
        UploadTicket expired =
                UploadTicket.sign(object.owner(), object.placementKey(), 0, TestObject.START - TestObject.DAY, 1_000);
        UploadTicket late =
                UploadTicket.sign(object.owner(), object.placementKey(), 0, TestObject.START - 60_000, 1_000);

        holder.refuses(Refusal.NOT_AUTHENTIC, new OpenUpload(forged));
        holder.refuses(Refusal.EXPIRED, new OpenUpload(expired));
        holder.accepts(new OpenUpload(late)); // clocks differ by minutes
    }

    @Test
    void a_clock_far_ahead_of_its_peers_refuses_nobody() throws InterruptedException {
        holder.clock.jump(Duration.ofDays(365));
        holder.peersAheadMillis = OptionalLong.of(-365 * TestObject.DAY);

        holder.put(object, 0);

        assertThat(holder.holding(object).columns()).hasSize(1);
    }

    @Test
    void shards_beyond_all_bounds_are_refused() throws InterruptedException {
        holder.accepts(object.open());
        Bytes shard = object.shards().getFirst().getFirst();

        holder.refuses(Refusal.BAD_REQUEST, new StoreShard(object.placementKey(), 256, 0, shard));
        holder.refuses(Refusal.BAD_REQUEST, new StoreShard(object.placementKey(), 0, 1 << 16, shard));
        holder.refuses(Refusal.BAD_REQUEST, new StoreShard(object.placementKey(), -1, 0, shard));
        holder.refuses(Refusal.BAD_REQUEST, new StoreShard(object.placementKey(), 0, 0, Bytes.EMPTY));
    }

    @Test
    void a_column_cannot_grow_beyond_its_ticket() throws InterruptedException {
        UploadTicket small = UploadTicket.sign(object.owner(), object.placementKey(), 1, TestObject.START + 1, 40_000);
        holder.accepts(new OpenUpload(small));
        holder.accepts(object.store(0, 0));
        holder.accepts(object.store(0, 0));

        holder.refuses(Refusal.BAD_REQUEST, object.store(0, 1));
        holder.accepts(object.store(1, 1));
    }

    @Test
    void uncommitted_shards_may_be_replaced_and_committed_ones_may_not() throws InterruptedException {
        holder.accepts(object.open());
        StoreShard wrong = new StoreShard(object.placementKey(), 0, 0, Bytes.wrap(new byte[100]));
        holder.accepts(wrong);
        holder.store(object, 0);
        holder.accepts(object.commit(0));

        holder.refuses(Refusal.BAD_REQUEST, wrong);
        holder.accepts(object.store(0, 0));
        assertThat(holder.ask(new FetchShard(object.id(), 0, List.of(0))))
                .isInstanceOfSatisfying(
                        ShardFound.class,
                        found -> assertThat(found.shard())
                                .isEqualTo(object.shards().getFirst().getFirst()));
    }

    @Test
    void a_commit_names_what_is_missing_or_wrong_and_keeps_nothing() throws InterruptedException {
        holder.accepts(object.open());
        holder.accepts(object.store(0, 0));
        holder.accepts(object.store(0, 3));
        holder.accepts(new StoreShard(object.placementKey(), 0, 4, Bytes.wrap(new byte[100])));

        assertThat(holder.ask(object.commit(0)))
                .isEqualTo(new Missing(
                        List.of(new HeldRange(0, List.of(new SegmentRange(1, 2), new SegmentRange(4, 1))))));
        assertThat(holder.ask(new FetchManifest(object.id()))).isEqualTo(new NotFound());

        holder.store(object, 0);
        holder.accepts(object.commit(0));
        assertThat(holder.holding(object).columns()).hasSize(1);
    }

    @Test
    void ranges_of_a_column_are_committed_one_after_the_other() throws InterruptedException {
        holder.accepts(object.open());
        holder.accepts(object.store(1, 1));
        holder.accepts(object.store(1, 4));
        holder.accepts(object.commit(object.lease(1), List.of(part(1, new SegmentRange(1, 1)))));
        holder.accepts(object.commit(object.lease(1), List.of(part(1, new SegmentRange(4, 1)))));
        holder.accepts(object.store(1, 2));
        holder.accepts(object.commit(object.lease(1), List.of(part(1, new SegmentRange(1, 2)))));

        List<HeldRange> held = List.of(new HeldRange(1, List.of(new SegmentRange(1, 2), new SegmentRange(4, 1))));
        assertThat(holder.holding(object).columns()).isEqualTo(held);
        long bytes = 0L
                + object.shards().get(1).get(1).size()
                + object.shards().get(1).get(2).size()
                + object.shards().get(1).get(4).size();
        assertThat(holder.usedBy(object)).isEqualTo(bytes);
        holder.restart();
        assertThat(holder.holding(object).columns()).isEqualTo(held);
        assertThat(holder.usedBy(object)).isEqualTo(bytes);
    }

    private HeldColumn part(int column, SegmentRange range) {
        return new HeldColumn(column, object.index(column), List.of(range));
    }

    @Test
    void commits_that_do_not_fit_together_are_refused() throws InterruptedException {
        holder.accepts(object.open());
        holder.store(object, 0);
        Bytes manifest = object.manifest().encode();
        List<HeldColumn> columns = List.of(object.held(0));
        ColumnIndex shorter = new ColumnIndex(object.index(0).leaves().subList(0, 4));
        Lease cheap = Lease.keep(
                object.owner(),
                object.id(),
                1,
                0,
                TestObject.START + 1,
                object.columnBytes() - 1,
                object.lease(1).wrappedKey());

        holder.refuses(
                Refusal.BAD_REQUEST,
                new CommitColumns(manifest.slice(1, manifest.size()), object.sealedHeader(), object.lease(1), columns));
        holder.refuses(
                Refusal.BAD_REQUEST, new CommitColumns(manifest, other.sealedHeader(), object.lease(1), columns));
        holder.refuses(Refusal.BAD_REQUEST, object.commit(other.lease(1), columns));
        holder.refuses(
                Refusal.BAD_REQUEST,
                object.commit(
                        object.lease(1),
                        List.of(new HeldColumn(
                                0, object.index(1), columns.getFirst().ranges()))));
        holder.refuses(
                Refusal.BAD_REQUEST,
                object.commit(
                        object.lease(1),
                        List.of(new HeldColumn(0, shorter, columns.getFirst().ranges()))));
        holder.refuses(Refusal.BAD_REQUEST, object.commit(object.lease(1), List.of(object.held(0), object.held(0))));
        holder.refuses(Refusal.BAD_REQUEST, object.commit(object.lease(1), List.of(part(0, new SegmentRange(4, 2)))));
        holder.refuses(Refusal.BAD_REQUEST, object.commit(cheap, columns));
        holder.refuses(Refusal.EXPIRED, object.commit(object.lease(1, TestObject.START - TestObject.DAY), columns));
        holder.accepts(object.commit(0));
    }

    @Test
    void nobody_gets_at_the_shards_of_another_owner() throws InterruptedException {
        TestObject thief = new TestObject(
                other.owner(),
                new Manifest(
                        1,
                        3,
                        0,
                        object.manifest().segmentBytes(),
                        5,
                        object.placementKey(),
                        other.owner().id(),
                        Sha256.of(object.sealedHeader()),
                        object.manifest().columnRoots()),
                object.sealedHeader(),
                object.shards());
        holder.accepts(object.open());
        holder.refuses(Refusal.NOT_AUTHENTIC, thief.open());
        holder.store(object, 0);
        holder.refuses(Refusal.NOT_AUTHENTIC, thief.commit(0));
        holder.accepts(object.commit(0));

        holder.refuses(Refusal.BAD_REQUEST, thief.commit(0));
        holder.refuses(Refusal.NOT_AUTHENTIC, thief.repair(1));
        assertThat(holder.holding(object).columns()).hasSize(1);
    }

    @Test
    void a_repair_is_opened_with_the_lease_of_the_owner() throws InterruptedException {
        holder.accepts(object.repair(1));
        holder.store(object, 1);
        holder.accepts(object.commit(1));
        holder.accepts(object.repair(1));
        holder.store(object, 2);
        holder.accepts(object.commit(2));

        assertThat(holder.holding(object).columns()).hasSize(2);
        assertThat(holder.usedBy(object)).isEqualTo(2 * object.columnBytes());
    }

    @Test
    void a_full_disk_refuses_by_that_name_and_loses_nothing() throws InterruptedException {
        holder.put(object, 0);
        TestHolder full = new TestHolder();
        HolderService service = full.open(new MemoryStore(50_000));

        assertThat(service.answer(object.open())).isInstanceOf(Refused.class);
        UploadTicket small = UploadTicket.sign(object.owner(), object.placementKey(), 1, TestObject.START + 1, 49_000);
        assertThat(service.answer(new OpenUpload(small))).isEqualTo(new Accepted());
        assertThat(service.answer(object.store(0, 0))).isEqualTo(new Accepted());
        assertThat(service.answer(new StoreShard(object.placementKey(), 1, 0, Bytes.wrap(new byte[20_000]))))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.why()).isEqualTo(Refusal.FULL));
        assertThat(service.holdings().usedBy(object.owner().id())).isEqualTo(49_000);
    }
}
