package net.pangea.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.MasterKey;
import net.pangea.keys.SigningKey;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.UploadTicket;
import net.pangea.merkle.BlockProof;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ShardProof;
import net.pangea.protocol.PeerMessage.Change;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Mark;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.ProvenBlock;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.SegmentRange;

/** One message of every kind, with every field away from its default. */
final class PeerMessageExamples {
    static final SigningKey OWNER = SigningKey.ofSeed(filled(32, 7));
    static final Lease LEASE = Lease.keep(
            OWNER,
            hash("object"),
            3,
            1_700_000_000_000L,
            1_800_000_000_000L,
            65_536,
            filled(MasterKey.WRAPPED_BYTES, 9));
    static final UploadTicket TICKET =
            UploadTicket.sign(OWNER, hash("placement"), 1_700_000_000_000L, 1_700_086_400_000L, 1 << 20);
    static final Bytes MANIFEST = new Manifest(
                    1,
                    2,
                    1,
                    4 << 20,
                    300,
                    hash("placement"),
                    OWNER.id(),
                    hash("header"),
                    List.of(hash("column 0"), hash("column 1"), hash("column 2")))
            .encode();
    static final Bytes SEALED_HEADER = text("a sealed header");

    private PeerMessageExamples() {}

    static Sha256 hash(String name) {
        return Sha256.of(text(name));
    }

    static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static Bytes filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return Bytes.wrap(bytes);
    }

    /** {@return the examples by their names, in the order of the schema} */
    static Map<String, PeerMessage> all() {
        ColumnIndex index = new ColumnIndex(
                List.of(new ColumnLeaf(1_048_577, hash("shard 0")), new ColumnLeaf(12, hash("shard 1"))));
        List<SegmentRange> ranges = List.of(new SegmentRange(0, 299), new SegmentRange(65_535, 1));
        List<HeldRange> held = List.of(new HeldRange(2, ranges), new HeldRange(255, List.of(new SegmentRange(1, 1))));
        List<Sha256> path = List.of(hash("sibling"), hash("uncle"));
        Map<String, PeerMessage> all = new LinkedHashMap<>();
        all.put("hello", new PeerMessage.Hello());
        all.put("welcome", new PeerMessage.Welcome("node-1", OWNER.id(), "zürich", 1_700_000_000_123L, 1L << 40));
        all.put("openUpload", new PeerMessage.OpenUpload(TICKET));
        all.put("openRepair", new PeerMessage.OpenRepair(MANIFEST, SEALED_HEADER, LEASE));
        all.put("storeShard", new PeerMessage.StoreShard(hash("placement"), 255, 65_535, text("a shard")));
        all.put(
                "commitColumns",
                new PeerMessage.CommitColumns(
                        MANIFEST,
                        SEALED_HEADER,
                        LEASE,
                        List.of(
                                new HeldColumn(2, index, ranges),
                                new HeldColumn(1, index, List.of(new SegmentRange(0, 300))))));
        all.put("fetchManifest", new PeerMessage.FetchManifest(hash("object")));
        all.put(
                "objectKnown",
                new PeerMessage.ObjectKnown(
                        MANIFEST, SEALED_HEADER, Lease.delete(OWNER, hash("object"), 4, 1_700_000_000_001L, 1L << 41)));
        all.put("fetchHoldings", new PeerMessage.FetchHoldings(List.of(hash("object"), hash("another"))));
        all.put("holdings", new PeerMessage.Holdings(List.of(new Holding(4, true, held), Holding.NOTHING)));
        all.put("fetchShard", new PeerMessage.FetchShard(hash("object"), 299, List.of(11, 255, 0)));
        all.put("shardFound", new PeerMessage.ShardFound(11, new ShardProof(299, path), text("a shard")));
        all.put(
                "audit",
                new PeerMessage.Audit(hash("object"), 11, List.of(new Probe(299, 7), new Probe(1, 0x7fffffff))));
        all.put(
                "auditAnswer",
                new PeerMessage.AuditAnswer(List.of(
                        new ProvenBlock(
                                new BlockProof(299, 7, 1_048_577, path, hash("shard"), List.of(hash("aunt"))),
                                text("a block")),
                        new ProvenBlock(new BlockProof(1, 0, 1, List.of(), hash("small"), path), text("b")))));
        all.put("putLease", new PeerMessage.PutLease(LEASE));
        all.put("accepted", new PeerMessage.Accepted());
        all.put("notFound", new PeerMessage.NotFound());
        all.put("missing", new PeerMessage.Missing(held));
        all.put("refused", new PeerMessage.Refused(Refusal.UNKNOWN_UPLOAD, "open the upload \"again\""));
        all.put(
                "fetchChanges",
                new PeerMessage.FetchChanges(new Mark(1L << 40 | 5, 77), List.of(hash("object"), hash("another"))));
        all.put("announceObject", new PeerMessage.AnnounceObject(hash("object")));
        all.put(
                "changes",
                new PeerMessage.Changes(
                        new Mark(1L << 40 | 5, 79),
                        true,
                        List.of(new Change(ObjectTag.of(hash("object")), new Holding(4, true, held))),
                        List.of(Holding.NOTHING, new Holding(9, false, held))));
        return all;
    }
}
