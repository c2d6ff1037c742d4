package net.pangea.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.Header;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.UploadTicket;
import net.pangea.merkle.BlockProof;
import net.pangea.merkle.ColumnIndex;
import net.pangea.merkle.ShardProof;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.PeerMessage.Change;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Mark;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.ProvenBlock;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.schema.AuditStruct;
import net.pangea.schema.ChangesStruct;
import net.pangea.schema.CommitColumnsStruct;
import net.pangea.schema.FetchChangesStruct;
import net.pangea.schema.FetchShardStruct;
import net.pangea.schema.HeldColumnStruct;
import net.pangea.schema.HeldRangeStruct;
import net.pangea.schema.HoldingStruct;
import net.pangea.schema.ObjectDocumentsStruct;
import net.pangea.schema.PeerMessageStruct;
import net.pangea.schema.PeerMessageStruct.Which;
import net.pangea.schema.ProbeStruct;
import net.pangea.schema.ProvenBlockStruct;
import net.pangea.schema.RefusedStruct;
import net.pangea.schema.SegmentRangeStruct;
import net.pangea.schema.ShardFoundStruct;
import net.pangea.schema.StoreShardStruct;
import net.pangea.schema.WelcomeStruct;
import org.capnproto.Data;
import org.capnproto.DataList;
import org.capnproto.PrimitiveList;
import org.capnproto.StructList;

/** Makes messages of structs. Each pointer is followed once: so much the reader's limit allows. */
final class PeerMessageReader {

    private PeerMessageReader() {}

    /**
     * {@return the message}
     *
     * @throws RuntimeException of several kinds if it is none
     */
    static PeerMessage read(PeerMessageStruct.Reader in) {
        return switch (in.which()) {
            case Which.HELLO -> new PeerMessage.Hello();
            case Which.WELCOME -> welcome(in.welcome());
            case Which.OPEN_UPLOAD ->
                new PeerMessage.OpenUpload(
                        UploadTicket.decode(exactly(in.openUpload(), UploadTicket.SIZE_BYTES, "upload ticket")));
            case Which.OPEN_REPAIR -> {
                Documents object = documents(in.openRepair());
                yield new PeerMessage.OpenRepair(object.manifest, object.sealedHeader, object.lease);
            }
            case Which.STORE_SHARD -> storeShard(in.storeShard());
            case Which.COMMIT_COLUMNS -> commitColumns(in.commitColumns());
            case Which.FETCH_MANIFEST -> new PeerMessage.FetchManifest(Bounds.hash(in.fetchManifest(), "object"));
            case Which.OBJECT_KNOWN -> {
                Documents object = documents(in.objectKnown());
                yield new PeerMessage.ObjectKnown(object.manifest, object.sealedHeader, object.lease);
            }
            case Which.FETCH_HOLDINGS -> new PeerMessage.FetchHoldings(objects(in.fetchHoldings(), 1));
            case Which.HOLDINGS -> holdings(in.holdings());
            case Which.FETCH_SHARD -> fetchShard(in.fetchShard());
            case Which.SHARD_FOUND -> shardFound(in.shardFound());
            case Which.AUDIT -> audit(in.audit());
            case Which.AUDIT_ANSWER ->
                new PeerMessage.AuditAnswer(
                        list(in.auditAnswer(), 1, Limits.MAX_PROBES, "blocks", PeerMessageReader::provenBlock));
            case Which.PUT_LEASE -> new PeerMessage.PutLease(lease(in.putLease()));
            case Which.ACCEPTED -> new PeerMessage.Accepted();
            case Which.NOT_FOUND -> new PeerMessage.NotFound();
            case Which.MISSING -> missing(in.missing());
            case Which.REFUSED -> refused(in.refused());
            case Which.FETCH_CHANGES -> fetchChanges(in.fetchChanges());
            case Which.ANNOUNCE_OBJECT -> new PeerMessage.AnnounceObject(Bounds.hash(in.announceObject(), "object"));
            case Which.CHANGES -> changes(in.changes());
            default -> throw new MalformedBytes("kind " + in.which() + " is unknown");
        };
    }

    private static PeerMessage welcome(WelcomeStruct.Reader in) {
        return new PeerMessage.Welcome(
                Bounds.text(in.name(), Limits.MAX_PEER_NAME_BYTES, "name"),
                owner(in.owner()),
                Bounds.text(in.zone(), Limits.MAX_PEER_NAME_BYTES, "zone"),
                Bounds.positive(in.nowMillis(), "time"),
                Bounds.positive(in.freeBytes(), "free bytes"));
    }

    private record Documents(Bytes manifest, Bytes sealedHeader, Lease lease) {}

    private static Documents documents(ObjectDocumentsStruct.Reader in) {
        return new Documents(
                Bounds.bytes(in.manifest(), 0, Manifest.MAX_BYTES, "manifest"),
                Bounds.bytes(in.sealedHeader(), 0, Header.SEALED_BYTES, "sealed header"),
                lease(in.lease()));
    }

    private static PeerMessage storeShard(StoreShardStruct.Reader in) {
        return new PeerMessage.StoreShard(
                Bounds.hash(in.placementKey(), "placement key"),
                Bounds.column(in.column()),
                Bounds.segment(in.segment()),
                Bounds.bytes(in.shard(), 1, ObjectLimits.MAX_SHARD_BYTES, "shard"));
    }

    private static PeerMessage commitColumns(CommitColumnsStruct.Reader in) {
        Documents object = documents(in.object());
        return new PeerMessage.CommitColumns(
                object.manifest,
                object.sealedHeader,
                object.lease,
                list(in.columns(), 1, ObjectLimits.MAX_COLUMNS, "columns", PeerMessageReader::heldColumn));
    }

    private static HeldColumn heldColumn(HeldColumnStruct.Reader in) {
        Bytes index = Bounds.bytes(in.index(), ColumnIndex.LEAF_BYTES, Limits.MAX_INDEX_BYTES, "column index");
        return new HeldColumn(
                Bounds.column(in.column()),
                ColumnIndex.decode(index, ObjectLimits.MAX_SHARD_BYTES),
                ranges(in.ranges()));
    }

    private static List<SegmentRange> ranges(StructList.Reader<SegmentRangeStruct.Reader> in) {
        return list(in, 1, Limits.MAX_RANGES, "ranges", PeerMessageReader::range);
    }

    private static SegmentRange range(SegmentRangeStruct.Reader in) {
        int first = Bounds.segment(in.first());
        return new SegmentRange(first, Bounds.number(in.count(), 1, ObjectLimits.MAX_SEGMENTS - first, "segments"));
    }

    private static List<Sha256> objects(DataList.Reader in, int min) {
        int count = Bounds.number(in.size(), min, Limits.MAX_OBJECTS_ASKED, "number of objects");
        List<Sha256> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            objects.add(Bounds.hash(in.get(i), "object"));
        }
        return objects;
    }

    private static PeerMessage holdings(StructList.Reader<HoldingStruct.Reader> in) {
        List<Holding> objects = list(in, 1, Limits.MAX_OBJECTS_ASKED, "objects", PeerMessageReader::holding);
        int _ = Bounds.number(PeerMessageWriter.rangesOf(objects), 0, Limits.MAX_HELD_RANGES, "number of all ranges");
        return new PeerMessage.Holdings(objects);
    }

    private static PeerMessage fetchChanges(FetchChangesStruct.Reader in) {
        return new PeerMessage.FetchChanges(mark(in.life(), in.change()), objects(in.objects(), 0));
    }

    private static Mark mark(long life, long change) {
        return new Mark(Bounds.positive(life, "life"), Bounds.positive(change, "change"));
    }

    private static PeerMessage changes(ChangesStruct.Reader in) {
        List<ObjectTag> tags =
                list(in.changed(), 0, Limits.MAX_CHANGES, "changes", tag -> new ObjectTag(tag.high(), tag.low()));
        List<Holding> now =
                list(in.changedHoldings(), tags.size(), tags.size(), "changed holdings", PeerMessageReader::holding);
        List<Holding> objects = list(in.objects(), 0, Limits.MAX_OBJECTS_ASKED, "objects", PeerMessageReader::holding);
        int _ = Bounds.number(
                PeerMessageWriter.rangesOf(now) + PeerMessageWriter.rangesOf(objects),
                0,
                Limits.MAX_HELD_RANGES,
                "number of all ranges");
        List<Change> changed = new ArrayList<>();
        for (int i = 0; i < tags.size(); i++) {
            changed.add(new Change(tags.get(i), now.get(i)));
        }
        return new PeerMessage.Changes(mark(in.life(), in.change()), in.unbroken(), changed, objects);
    }

    private static Holding holding(HoldingStruct.Reader in) {
        return new Holding(
                Bounds.positive(in.leaseSequence(), "lease sequence"), in.deleted(), heldRanges(in.columns()));
    }

    private static List<HeldRange> heldRanges(StructList.Reader<HeldRangeStruct.Reader> in) {
        return list(
                in,
                0,
                ObjectLimits.MAX_COLUMNS,
                "columns",
                held -> new HeldRange(Bounds.column(held.column()), ranges(held.ranges())));
    }

    private static PeerMessage missing(StructList.Reader<HeldRangeStruct.Reader> in) {
        List<HeldRange> ranges = heldRanges(in);
        int _ = Bounds.number(PeerMessageWriter.count(ranges), 0, Limits.MAX_HELD_RANGES, "number of all ranges");
        return new PeerMessage.Missing(ranges);
    }

    private static PeerMessage fetchShard(FetchShardStruct.Reader in) {
        PrimitiveList.Short.Reader wanted = in.columns();
        int count = Bounds.number(wanted.size(), 1, ObjectLimits.MAX_COLUMNS, "number of columns");
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(Bounds.column(Short.toUnsignedInt(wanted.get(i))));
        }
        return new PeerMessage.FetchShard(Bounds.hash(in.object(), "object"), Bounds.segment(in.segment()), columns);
    }

    private static PeerMessage shardFound(ShardFoundStruct.Reader in) {
        ShardProof proof = new ShardProof(Bounds.segment(in.segment()), Bounds.path(in.inColumn(), "path in column"));
        return new PeerMessage.ShardFound(
                Bounds.column(in.column()), proof, Bounds.bytes(in.shard(), 1, ObjectLimits.MAX_SHARD_BYTES, "shard"));
    }

    private static PeerMessage audit(AuditStruct.Reader in) {
        return new PeerMessage.Audit(
                Bounds.hash(in.object(), "object"),
                Bounds.column(in.column()),
                list(in.probes(), 1, Limits.MAX_PROBES, "probes", PeerMessageReader::probe));
    }

    private static Probe probe(ProbeStruct.Reader in) {
        return new Probe(Bounds.segment(in.segment()), Bounds.number(in.block(), 0, Integer.MAX_VALUE, "block"));
    }

    private static ProvenBlock provenBlock(ProvenBlockStruct.Reader in) {
        BlockProof proof = new BlockProof(
                Bounds.segment(in.segment()),
                Bounds.number(in.block(), 0, Integer.MAX_VALUE, "block"),
                Bounds.number(in.shardBytes(), 1, ObjectLimits.MAX_SHARD_BYTES, "shard size"),
                Bounds.path(in.inShard(), "path in shard"),
                Bounds.hash(in.shardRoot(), "root of shard"),
                Bounds.path(in.inColumn(), "path in column"));
        return new ProvenBlock(proof, Bounds.bytes(in.bytes(), 1, ShardTree.BLOCK_BYTES, "block"));
    }

    private static PeerMessage refused(RefusedStruct.Reader in) {
        Refusal why =
                Refusal.ofCode(in.why()).orElseThrow(() -> new MalformedBytes("refusal " + in.why() + " is unknown"));
        return new PeerMessage.Refused(why, Bounds.text(in.text(), Limits.MAX_TEXT_BYTES, "text"));
    }

    private static Lease lease(Data.Reader in) {
        return Lease.decode(exactly(in, Lease.SIZE_BYTES, "lease"));
    }

    private static OwnerId owner(Data.Reader in) {
        return new OwnerId(exactly(in, OwnerId.SIZE_BYTES, "owner"));
    }

    private static Bytes exactly(Data.Reader in, int size, String what) {
        return Bounds.bytes(in, size, size, what);
    }

    private static <S, T> List<T> list(StructList.Reader<S> in, int min, int max, String what, Function<S, T> element) {
        int count = Bounds.number(in.size(), min, max, "number of " + what);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(element.apply(in.get(i)));
        }
        return list;
    }
}
