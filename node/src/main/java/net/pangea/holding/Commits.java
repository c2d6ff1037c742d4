package net.pangea.holding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.HeldColumn;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.Missing;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.store.EntryKey;
import net.pangea.store.Lookup;

/** Makes stored shards part of an object, once every one of them is what the manifest says. */
final class Commits {
    private final Books books;
    private final Deletions deletions;

    /** What a commit adds: for each column its index and the segments that are not claimed yet. */
    private record Addition(HeldColumn column, BitSet segments) {}

    Commits(Books books, Deletions deletions) {
        this.books = books;
        this.deletions = deletions;
    }

    Reply commit(CommitColumns request) throws InterruptedException {
        Authority.Verified verified = Authority.object(
                request.manifest(),
                request.sealedHeader(),
                request.lease(),
                books.time().moment(),
                books.settings().clockSlack());
        requireColumns(request.columns(), verified);
        return books.objectTurns().alone(verified.object(), () -> {
            deletions.requireNotDeleted(verified);
            return books.placementTurns()
                    .alone(verified.manifest().placementKey(), () -> commit(verified, request.columns()));
        });
    }

    private static void requireColumns(List<HeldColumn> columns, Authority.Verified verified) {
        Manifest manifest = verified.manifest();
        TreeSet<Integer> seen = new TreeSet<>();
        for (HeldColumn column : columns) {
            Rejection.unless(
                    column.column() >= 0 && column.column() < manifest.columns() && seen.add(column.column()),
                    Refusal.BAD_REQUEST,
                    "column " + column.column() + " is named twice, or the manifest has none such");
            Rejection.unless(
                    column.index().leaves().size() == manifest.segments()
                            && column.index()
                                    .root()
                                    .equals(manifest.columnRoots().get(column.column())),
                    Refusal.BAD_REQUEST,
                    "the index of column " + column.column() + " does not have the root that the manifest names");
            Rejection.unless(
                    Segments.areWithin(column.ranges(), manifest.segments()),
                    Refusal.BAD_REQUEST,
                    "the ranges of column " + column.column() + " are none, too many, or beyond the object");
            long bytes = column.index().leaves().stream()
                    .mapToLong(ColumnLeaf::shardBytes)
                    .sum();
            Rejection.unless(
                    bytes <= verified.lease().bytes(),
                    Refusal.BAD_REQUEST,
                    "column " + column.column() + " has " + bytes + " bytes, its lease only pays for "
                            + verified.lease().bytes());
        }
    }

    private Reply commit(Authority.Verified verified, List<HeldColumn> columns) throws InterruptedException {
        Manifest manifest = verified.manifest();
        Optional<HeldObject> before = books.objects().get(verified.object());
        Optional<Upload> upload = books.uploads().get(manifest.placementKey());
        requirePlace(verified, before, upload);
        HeldObject known = before.orElseGet(() -> HeldObject.of(manifest, verified.lease()));
        boolean newer = before.isEmpty()
                || before.get().leaseSequence() < verified.lease().sequence();
        HeldObject after = newer ? known.leased(verified.lease()) : known;

        List<Addition> additions = additions(after, columns);
        List<HeldRange> missing = missing(manifest.placementKey(), additions);
        if (!missing.isEmpty()) {
            recount(manifest.placementKey(), upload, before); // what was thought to be there may have rotted
            return new Missing(missing);
        }
        for (Addition addition : additions) {
            after = after.with(addition.column().column(), merged(after, addition));
        }
        keep(verified, newer, before, after, additions, upload);
        tell(verified, newer, additions);
        return new Accepted();
    }

    private void requirePlace(Authority.Verified verified, Optional<HeldObject> before, Optional<Upload> upload) {
        Manifest manifest = verified.manifest();
        Optional<Sha256> taken = books.objects().at(manifest.placementKey());
        Rejection.unless(
                taken.isEmpty() || taken.get().equals(verified.object()),
                Refusal.BAD_REQUEST,
                "the placement key belongs to another object; draw a new one");
        Rejection.unless(
                upload.isEmpty() || upload.get().entry().owner().equals(manifest.owner()),
                Refusal.NOT_AUTHENTIC,
                "these shards were stored for another owner");
        Rejection.unless(
                before.isPresent() || books.objects().size() < ObjectTable.OBJECTS_MAX,
                Refusal.FULL,
                "there are " + ObjectTable.OBJECTS_MAX + " objects here, and no room for more");
    }

    private static List<Addition> additions(HeldObject held, List<HeldColumn> columns) {
        List<Addition> additions = new ArrayList<>();
        for (HeldColumn column : columns) {
            BitSet segments = Segments.bits(column.ranges());
            segments.andNot(Segments.bits(held.part(column.column()).ranges()));
            if (!segments.isEmpty()) {
                additions.add(new Addition(column, segments));
            }
        }
        return additions;
    }

    private List<HeldRange> missing(Sha256 placementKey, List<Addition> additions) {
        List<HeldRange> missing = new ArrayList<>();
        int room = Segments.RANGES_MAX;
        for (Addition addition : additions) {
            BitSet absent = new BitSet();
            addition.segments().stream().forEach(segment -> {
                ShardName shard = new ShardName(placementKey, addition.column().column(), segment);
                if (!isThere(shard, addition.column().index().leaves().get(segment))) {
                    absent.set(segment);
                }
            });
            List<SegmentRange> ranges = Segments.ranges(absent);
            if (!ranges.isEmpty() && room > 0) {
                List<SegmentRange> told = ranges.subList(0, Math.min(room, ranges.size()));
                missing.add(new HeldRange(addition.column().column(), told));
                room -= told.size();
            }
        }
        return missing;
    }

    /** Reads only what was not stored since this node started. */
    private boolean isThere(ShardName shard, ColumnLeaf wanted) {
        EntryKey key = shard.key();
        Optional<ColumnLeaf> remembered = books.uploads().leafOf(key);
        if (remembered.isPresent()) {
            return remembered.get().equals(wanted) && books.store().has(key);
        }
        if (!(books.store().find(key) instanceof Lookup.Found(Bytes content))) {
            return false;
        }
        ColumnLeaf leaf = ShardTree.of(content).leaf();
        books.uploads().remember(key, leaf);
        return leaf.equals(wanted);
    }

    private static HeldObject.Part merged(HeldObject held, Addition addition) {
        HeldObject.Part part = held.part(addition.column().column());
        BitSet segments = Segments.bits(part.ranges());
        segments.or(addition.segments());
        HeldObject.Part merged = HeldObject.Part.of(segments, part.bytes() + bytes(addition));
        Rejection.unless(
                !merged.ranges().isEmpty(),
                Refusal.BAD_REQUEST,
                "column " + addition.column().column() + " would be held in more than " + Segments.RANGES_MAX
                        + " pieces");
        return merged;
    }

    private static long bytes(Addition addition) {
        return addition.segments().stream()
                .mapToLong(segment ->
                        addition.column().index().leaves().get(segment).shardBytes())
                .sum();
    }

    private void keep(
            Authority.Verified verified,
            boolean newer,
            Optional<HeldObject> before,
            HeldObject after,
            List<Addition> additions,
            Optional<Upload> upload)
            throws InterruptedException {
        Sha256 placementKey = after.placementKey();
        Optional<Upload> left = upload.map(open -> open.with(ShardScan.uncommitted(books.store(), after), true));
        long charged = before.map(HeldObject::bytes).orElse(0L)
                + upload.map(Upload::reservedBytes).orElse(0L);
        long more = Math.max(0, after.bytes() + left.map(Upload::reservedBytes).orElse(0L) - charged);
        books.accounts().charge(after.owner(), more);
        boolean kept = false;
        try {
            upload.ifPresent(open -> books.uploads().put(placementKey, open.attempting(verified.object())));
            books.store().keepAll(entries(verified, newer, after, additions));
            kept = true;
            books.objects().put(verified.object(), after);
            left.ifPresent(open -> books.uploads().put(placementKey, open.attempting(verified.object())));
        } finally {
            books.accounts().change(after.owner(), -more); // the tables charge it
            if (!kept) {
                Resync.object(books, verified.object(), placementKey);
            }
        }
        deletions.forget(verified.object(), after.owner());
        for (Addition addition : additions) {
            addition.segments().stream()
                    .forEach(segment -> books.uploads()
                            .forget(new ShardName(
                                            placementKey, addition.column().column(), segment)
                                    .key()));
        }
    }

    private static Map<EntryKey, Bytes> entries(
            Authority.Verified verified, boolean newer, HeldObject after, List<Addition> additions) {
        Map<EntryKey, Bytes> entries = new LinkedHashMap<>();
        Sha256 object = verified.object();
        entries.put(Entries.manifest(object), verified.manifestBytes());
        entries.put(Entries.header(object), verified.sealedHeader());
        if (newer) {
            entries.put(Entries.lease(object), verified.lease().encode());
        }
        for (Addition addition : additions) {
            int column = addition.column().column();
            IndexEntry index = new IndexEntry(
                    after.part(column).ranges(), addition.column().index());
            entries.put(Entries.index(object, column), index.encode());
        }
        return entries;
    }

    private void recount(Sha256 placementKey, Optional<Upload> upload, Optional<HeldObject> held) {
        if (upload.isPresent()) {
            SortedMap<Integer, Long> columns = held.isPresent()
                    ? ShardScan.uncommitted(books.store(), held.get())
                    : ShardScan.of(books.store(), placementKey, new TreeMap<>()).uncommitted();
            books.uploads().put(placementKey, upload.get().with(columns, held.isPresent()));
        }
    }

    private void tell(Authority.Verified verified, boolean newer, List<Addition> additions) {
        String object = verified.object().hex();
        Lease lease = verified.lease();
        if (newer) {
            books.events().emit(new HoldingEvent.LeaseTaken(object, lease.sequence(), lease.expiresMillis(), false));
        }
        for (Addition addition : additions) {
            int column = addition.column().column();
            addition.segments().stream().forEach(segment -> {
                int bytes = addition.column().index().leaves().get(segment).shardBytes();
                books.events().emit(new HoldingEvent.ShardStored(object, segment, column, bytes));
            });
            books.events()
                    .emit(new HoldingEvent.ColumnCommitted(
                            object, column, addition.segments().cardinality(), bytes(addition)));
        }
    }
}
