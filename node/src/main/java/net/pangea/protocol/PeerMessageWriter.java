package net.pangea.protocol;

import java.nio.ByteBuffer;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Header;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.UploadTicket;
import net.pangea.merkle.BlockProof;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.PeerMessage.Change;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Holding;
import net.pangea.protocol.PeerMessage.Probe;
import net.pangea.protocol.PeerMessage.ProvenBlock;
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
import net.pangea.schema.ProbeStruct;
import net.pangea.schema.ProvenBlockStruct;
import net.pangea.schema.RefusedStruct;
import net.pangea.schema.SegmentRangeStruct;
import net.pangea.schema.ShardFoundStruct;
import net.pangea.schema.StoreShardStruct;
import net.pangea.schema.TagStruct;
import net.pangea.schema.WelcomeStruct;
import org.capnproto.Data;
import org.capnproto.DataList;
import org.capnproto.PrimitiveList;
import org.capnproto.StructList;

/** Makes structs of messages, within the bounds that {@link PeerMessageReader} keeps. */
final class PeerMessageWriter {

    private PeerMessageWriter() {}

    /**
     * Writes a message.
     *
     * @throws net.pangea.bytes.MalformedBytes if it is out of bounds
     */
    static void write(PeerMessage message, PeerMessageStruct.Builder out) {
        switch (message) {
            case PeerMessage.Hello() -> out.hello();
            case PeerMessage.Welcome welcome -> write(welcome, out.welcome());
            case PeerMessage.OpenUpload(UploadTicket ticket) ->
                out.openUpload(ticket.encode().asBuffer());
            case PeerMessage.OpenRepair(Bytes manifest, Bytes sealedHeader, Lease lease) ->
                write(manifest, sealedHeader, lease, out.openRepair());
            case PeerMessage.StoreShard store -> write(store, out.storeShard());
            case PeerMessage.CommitColumns commit -> write(commit, out.commitColumns());
            case PeerMessage.AnnounceObject(Sha256 object) ->
                out.announceObject(object.bytes().asBuffer());
            case PeerMessage.FetchManifest(Sha256 object) ->
                out.fetchManifest(object.bytes().asBuffer());
            case PeerMessage.ObjectKnown(Bytes manifest, Bytes sealedHeader, Lease lease) ->
                write(manifest, sealedHeader, lease, out.objectKnown());
            case PeerMessage.FetchHoldings(List<Sha256> objects) ->
                writeObjects(objects, out.fetchHoldings(count(objects, 1, Limits.MAX_OBJECTS_ASKED, "objects")));
            case PeerMessage.Holdings(List<Holding> objects) -> {
                int _ = Bounds.number(rangesOf(objects), 0, Limits.MAX_HELD_RANGES, "number of all ranges");
                writeHoldings(objects, out.holdings(count(objects, 1, Limits.MAX_OBJECTS_ASKED, "objects")));
            }
            case PeerMessage.FetchChanges fetch -> write(fetch, out.fetchChanges());
            case PeerMessage.Changes changes -> write(changes, out.changes());
            case PeerMessage.FetchShard fetch -> write(fetch, out.fetchShard());
            case PeerMessage.ShardFound found -> write(found, out.shardFound());
            case PeerMessage.Audit audit -> write(audit, out.audit());
            case PeerMessage.AuditAnswer(List<ProvenBlock> blocks) ->
                writeBlocks(blocks, out.auditAnswer(count(blocks, 1, Limits.MAX_PROBES, "blocks")));
            case PeerMessage.PutLease(Lease lease) ->
                out.putLease(lease.encode().asBuffer());
            case PeerMessage.Accepted() -> out.accepted();
            case PeerMessage.NotFound() -> out.notFound();
            case PeerMessage.Missing(List<HeldRange> ranges) -> {
                int _ = Bounds.number(count(ranges), 0, Limits.MAX_HELD_RANGES, "number of all ranges");
                writeHeld(ranges, out.missing(count(ranges, 0, ObjectLimits.MAX_COLUMNS, "columns")));
            }
            case PeerMessage.Refused(PeerMessage.Refusal why, String text) -> {
                RefusedStruct.Builder refused = out.refused();
                refused.why(why.code());
                refused.text(Bounds.cut(text));
            }
        }
    }

    private static void write(PeerMessage.Welcome welcome, WelcomeStruct.Builder out) {
        out.name(Bounds.text(welcome.name(), Limits.MAX_PEER_NAME_BYTES, "name"));
        out.owner(welcome.owner().bytes().asBuffer());
        out.zone(Bounds.text(welcome.zone(), Limits.MAX_PEER_NAME_BYTES, "zone"));
        out.nowMillis(Bounds.positive(welcome.nowMillis(), "time"));
        out.freeBytes(Bounds.positive(welcome.freeBytes(), "free bytes"));
    }

    private static void write(Bytes manifest, Bytes sealedHeader, Lease lease, ObjectDocumentsStruct.Builder out) {
        out.manifest(Bounds.bytes(manifest, 0, Manifest.MAX_BYTES, "manifest"));
        out.sealedHeader(Bounds.bytes(sealedHeader, 0, Header.SEALED_BYTES, "sealed header"));
        out.lease(lease.encode().asBuffer());
    }

    private static void write(PeerMessage.StoreShard store, StoreShardStruct.Builder out) {
        out.placementKey(store.placementKey().bytes().asBuffer());
        out.column(Bounds.column(store.column()));
        out.segment(Bounds.segment(store.segment()));
        out.shard(shard(store.shard()));
    }

    private static void write(PeerMessage.CommitColumns commit, CommitColumnsStruct.Builder out) {
        write(commit.manifest(), commit.sealedHeader(), commit.lease(), out.object());
        List<HeldColumn> columns = commit.columns();
        StructList.Builder<HeldColumnStruct.Builder> target =
                out.columns(count(columns, 1, ObjectLimits.MAX_COLUMNS, "columns"));
        for (int i = 0; i < columns.size(); i++) {
            HeldColumn column = columns.get(i);
            HeldColumnStruct.Builder held = target.get(i);
            held.column(Bounds.column(column.column()));
            held.index(Bounds.bytes(column.index().encode(), 0, Limits.MAX_INDEX_BYTES, "column index"));
            writeRanges(column.ranges(), held.ranges(countRanges(column.ranges())));
        }
    }

    private static void writeRanges(List<SegmentRange> ranges, StructList.Builder<SegmentRangeStruct.Builder> out) {
        for (int i = 0; i < ranges.size(); i++) {
            SegmentRange range = ranges.get(i);
            SegmentRangeStruct.Builder target = out.get(i);
            target.first(Bounds.segment(range.first()));
            target.count(Bounds.number(range.count(), 1, ObjectLimits.MAX_SEGMENTS - range.first(), "segments"));
        }
    }

    private static void writeObjects(List<Sha256> objects, DataList.Builder out) {
        for (int i = 0; i < objects.size(); i++) {
            out.set(i, new Data.Reader(objects.get(i).bytes().toArray()));
        }
    }

    private static void writeHoldings(List<Holding> objects, StructList.Builder<HoldingStruct.Builder> out) {
        for (int i = 0; i < objects.size(); i++) {
            Holding holding = objects.get(i);
            HoldingStruct.Builder target = out.get(i);
            target.leaseSequence(Bounds.positive(holding.leaseSequence(), "lease sequence"));
            target.deleted(holding.deleted());
            writeHeld(
                    holding.columns(),
                    target.columns(count(holding.columns(), 0, ObjectLimits.MAX_COLUMNS, "columns")));
        }
    }

    private static void write(PeerMessage.FetchChanges fetch, FetchChangesStruct.Builder out) {
        out.life(Bounds.positive(fetch.since().life(), "life"));
        out.change(Bounds.positive(fetch.since().change(), "change"));
        List<Sha256> objects = fetch.objects();
        writeObjects(objects, out.objects(count(objects, 0, Limits.MAX_OBJECTS_ASKED, "objects")));
    }

    private static void write(PeerMessage.Changes changes, ChangesStruct.Builder out) {
        List<Change> changed = changes.changed();
        List<Holding> now = changed.stream().map(Change::holding).toList();
        int _ = Bounds.number(
                rangesOf(now) + rangesOf(changes.objects()), 0, Limits.MAX_HELD_RANGES, "number of all ranges");
        out.life(Bounds.positive(changes.mark().life(), "life"));
        out.change(Bounds.positive(changes.mark().change(), "change"));
        out.unbroken(changes.unbroken());
        StructList.Builder<TagStruct.Builder> tags = out.changed(count(changed, 0, Limits.MAX_CHANGES, "changes"));
        for (int i = 0; i < changed.size(); i++) {
            TagStruct.Builder tag = tags.get(i);
            tag.high(changed.get(i).object().high());
            tag.low(changed.get(i).object().low());
        }
        writeHoldings(now, out.changedHoldings(now.size()));
        List<Holding> objects = changes.objects();
        writeHoldings(objects, out.objects(count(objects, 0, Limits.MAX_OBJECTS_ASKED, "objects")));
    }

    private static void writeHeld(List<HeldRange> columns, StructList.Builder<HeldRangeStruct.Builder> out) {
        for (int i = 0; i < columns.size(); i++) {
            HeldRange held = columns.get(i);
            HeldRangeStruct.Builder target = out.get(i);
            target.column(Bounds.column(held.column()));
            writeRanges(held.ranges(), target.ranges(countRanges(held.ranges())));
        }
    }

    private static void write(PeerMessage.FetchShard fetch, FetchShardStruct.Builder out) {
        out.object(fetch.object().bytes().asBuffer());
        out.segment(Bounds.segment(fetch.segment()));
        PrimitiveList.Short.Builder columns =
                out.columns(count(fetch.columns(), 1, ObjectLimits.MAX_COLUMNS, "columns"));
        for (int i = 0; i < fetch.columns().size(); i++) {
            columns.set(i, (short) Bounds.column(fetch.columns().get(i)));
        }
    }

    private static void write(PeerMessage.ShardFound found, ShardFoundStruct.Builder out) {
        out.column(Bounds.column(found.column()));
        out.segment(Bounds.segment(found.proof().segment()));
        out.inColumn(Bounds.path(found.proof().inColumn(), "path in column"));
        out.shard(shard(found.shard()));
    }

    private static void write(PeerMessage.Audit audit, AuditStruct.Builder out) {
        out.object(audit.object().bytes().asBuffer());
        out.column(Bounds.column(audit.column()));
        List<Probe> probes = audit.probes();
        StructList.Builder<ProbeStruct.Builder> target = out.probes(count(probes, 1, Limits.MAX_PROBES, "probes"));
        for (int i = 0; i < probes.size(); i++) {
            target.get(i).segment(Bounds.segment(probes.get(i).segment()));
            target.get(i).block(Bounds.number(probes.get(i).block(), 0, Integer.MAX_VALUE, "block"));
        }
    }

    private static void writeBlocks(List<ProvenBlock> blocks, StructList.Builder<ProvenBlockStruct.Builder> out) {
        for (int i = 0; i < blocks.size(); i++) {
            BlockProof proof = blocks.get(i).proof();
            ProvenBlockStruct.Builder target = out.get(i);
            target.segment(Bounds.segment(proof.segment()));
            target.block(Bounds.number(proof.block(), 0, Integer.MAX_VALUE, "block"));
            target.shardBytes(Bounds.number(proof.shardBytes(), 1, ObjectLimits.MAX_SHARD_BYTES, "shard size"));
            target.inShard(Bounds.path(proof.inShard(), "path in shard"));
            target.shardRoot(proof.shardRoot().bytes().asBuffer());
            target.inColumn(Bounds.path(proof.inColumn(), "path in column"));
            target.bytes(Bounds.bytes(blocks.get(i).block(), 1, ShardTree.BLOCK_BYTES, "block"));
        }
    }

    private static ByteBuffer shard(Bytes shard) {
        return Bounds.bytes(shard, 1, ObjectLimits.MAX_SHARD_BYTES, "shard");
    }

    private static int countRanges(List<SegmentRange> ranges) {
        return count(ranges, 1, Limits.MAX_RANGES, "ranges");
    }

    private static int count(List<?> list, int min, int max, String what) {
        return Bounds.number(list.size(), min, max, "number of " + what);
    }

    /** {@return how many ranges these are in all columns together} */
    static long count(List<HeldRange> columns) {
        long ranges = 0;
        for (HeldRange held : columns) {
            ranges += held.ranges().size();
        }
        return ranges;
    }

    /** {@return how many ranges these are in all objects together} */
    static long rangesOf(List<Holding> objects) {
        long ranges = 0;
        for (Holding holding : objects) {
            ranges += count(holding.columns());
        }
        return ranges;
    }
}
