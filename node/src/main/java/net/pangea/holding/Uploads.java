package net.pangea.holding;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.UploadTicket;
import net.pangea.merkle.ColumnLeaf;
import net.pangea.merkle.ShardTree;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.OpenRepair;
import net.pangea.protocol.PeerMessage.OpenUpload;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.protocol.PeerMessage.StoreShard;
import net.pangea.store.EntryKey;

/** Takes shards: first the permission for a placement key, then shards under it. */
final class Uploads {
    private final Books books;
    private final Deletions deletions;

    Uploads(Books books, Deletions deletions) {
        this.books = books;
        this.deletions = deletions;
    }

    Reply open(OpenUpload request) throws InterruptedException {
        UploadTicket ticket = request.ticket();
        Moment now = books.time().moment();
        Authority.ticket(ticket, now, books.settings().clockSlack());
        return books.placementTurns().alone(ticket.placementKey(), () -> {
            Optional<Upload> open = books.uploads().get(ticket.placementKey());
            requireSameOwner(open, ticket.owner());
            if (open.isPresent()
                    && open.get().entry().issuedMillis() >= ticket.issuedMillis()
                    && open.get().entry().bytes() >= ticket.bytes()) {
                return new Accepted(); // this ticket, or a newer one, is known
            }
            UploadEntry entry = new UploadEntry(
                    ticket.owner(), ticket.issuedMillis(), ticket.bytes(), now.nowMillis(), now.runningMillis());
            open(ticket.placementKey(), open, entry);
            return new Accepted();
        });
    }

    Reply open(OpenRepair request) throws InterruptedException {
        Moment now = books.time().moment();
        Authority.Verified verified = Authority.object(
                request.manifest(),
                request.sealedHeader(),
                request.lease(),
                now,
                books.settings().clockSlack());
        Sha256 placementKey = verified.manifest().placementKey();
        return books.objectTurns().alone(verified.object(), () -> {
            deletions.requireNotDeleted(verified);
            return books.placementTurns().alone(placementKey, () -> {
                Optional<Upload> open = books.uploads().get(placementKey);
                OwnerId owner = verified.manifest().owner();
                requireSameOwner(open, owner);
                UploadEntry entry = new UploadEntry(
                        owner,
                        open.map(upload -> upload.entry().issuedMillis()).orElse(0L),
                        verified.lease().bytes(),
                        now.nowMillis(),
                        now.runningMillis());
                open(placementKey, open, entry, Optional.of(verified.object()));
                return new Accepted();
            });
        });
    }

    private static void requireSameOwner(Optional<Upload> open, OwnerId owner) {
        Rejection.unless(
                open.isEmpty() || open.get().entry().owner().equals(owner),
                Refusal.NOT_AUTHENTIC,
                "another owner uploads under this placement key; draw a new one");
    }

    private void open(Sha256 placementKey, Optional<Upload> before, UploadEntry entry) throws InterruptedException {
        open(placementKey, before, entry, Optional.empty());
    }

    /**
     * @param repaired the object whose repair it is
     */
    private void open(Sha256 placementKey, Optional<Upload> before, UploadEntry entry, Optional<Sha256> repaired)
            throws InterruptedException {
        requireFree(placementKey, entry.owner(), repaired);
        Upload after;
        if (before.isPresent()) {
            long bytes = Math.max(entry.bytes(), before.get().entry().bytes());
            after = before.get()
                    .with(new UploadEntry(
                            entry.owner(),
                            entry.issuedMillis(),
                            bytes,
                            entry.openedMillis(),
                            entry.openedRunningMillis()));
        } else {
            books.uploads().requireRoom(entry.owner());
            Rejection.unless(
                    books.store().freeBytes() >= entry.bytes(),
                    Refusal.FULL,
                    "the disk has no room for a column of " + entry.bytes() + " bytes");
            boolean committed = books.objects().at(placementKey).isPresent();
            after = new Upload(entry, new TreeMap<>(), committed, Optional.empty());
        }
        long more = Math.max(
                0, after.reservedBytes() - before.map(Upload::reservedBytes).orElse(0L));
        books.accounts().charge(entry.owner(), more);
        try {
            books.store().keep(Entries.upload(placementKey), after.entry().encode());
            books.uploads().put(placementKey, after);
        } finally {
            books.accounts().change(entry.owner(), -more); // the table charges it
        }
    }

    /** A placement key belongs to the object that was committed under it: its shards are named by it. */
    private void requireFree(Sha256 placementKey, OwnerId owner, Optional<Sha256> repaired) {
        Optional<Sha256> taken = books.objects().at(placementKey);
        if (taken.isEmpty() || taken.equals(repaired)) {
            return;
        }
        HeldObject held = books.objects().get(taken.get()).orElseThrow();
        Rejection.unless(
                repaired.isEmpty() && held.owner().equals(owner),
                Refusal.BAD_REQUEST,
                "the placement key belongs to object " + taken.get() + "; draw a new one");
        Rejection.unless(!held.deleted(), Refusal.DELETED, "object " + taken.get() + " is deleted; put it anew");
    }

    Reply store(StoreShard request) throws InterruptedException {
        ShardName shard = new ShardName(request.placementKey(), request.column(), request.segment());
        Rejection.unless(
                shard.column() >= 0
                        && shard.column() < ObjectLimits.MAX_COLUMNS
                        && shard.segment() >= 0
                        && shard.segment() < ObjectLimits.MAX_SEGMENTS,
                Refusal.BAD_REQUEST,
                "no object has a column " + shard.column() + " and a segment " + shard.segment());
        Rejection.unless(
                request.shard().size() >= 1 && request.shard().size() <= ObjectLimits.MAX_SHARD_BYTES,
                Refusal.BAD_REQUEST,
                "a shard has 1 to " + ObjectLimits.MAX_SHARD_BYTES + " bytes, not "
                        + request.shard().size());
        ColumnLeaf leaf = ShardTree.of(request.shard()).leaf(); // before taking turns: it takes time
        return books.placementTurns().sharing(shard.placementKey(), shard.key(), () -> {
            if (!isCommitted(shard, leaf)) {
                keep(shard, leaf, request.shard());
            }
            return new Accepted();
        });
    }

    /** Whether the shard is part of an object already, with these very bytes. */
    private boolean isCommitted(ShardName shard, ColumnLeaf leaf) {
        Optional<Sha256> object = books.objects().at(shard.placementKey());
        Optional<HeldObject> held = object.flatMap(books.objects()::get);
        if (held.isEmpty()) {
            return false;
        }
        Rejection.unless(
                !held.get().deleted()
                        || books.uploads().get(shard.placementKey()).isPresent(),
                Refusal.DELETED,
                "object " + object.get() + " is deleted");
        Rejection.unless(
                shard.column() < held.get().columnCount()
                        && shard.segment() < held.get().segments(),
                Refusal.BAD_REQUEST,
                "object " + object.get() + " has no column " + shard.column() + " with a segment " + shard.segment());
        if (!held.get().claims(shard.column(), shard.segment())) {
            return false;
        }
        ColumnLeaf known = books.trees()
                .find(object.get(), shard.column())
                .map(tree -> tree.leaf(shard.segment()))
                .orElseThrow(() -> new Rejection(
                        Refusal.NODE_BROKEN, "the index of column " + shard.column() + " cannot be read"));
        Rejection.unless(
                known.equals(leaf),
                Refusal.BAD_REQUEST,
                "segment " + shard.segment() + " of column " + shard.column()
                        + " is committed with other bytes; draw a new placement key");
        return true;
    }

    private void keep(ShardName shard, ColumnLeaf leaf, Bytes bytes) throws InterruptedException {
        Rejection.unless(
                books.uploads().get(shard.placementKey()).isPresent(),
                Refusal.UNKNOWN_UPLOAD,
                "no upload is open for this shard, or it has expired; open it again");
        boolean known = books.uploads().leafOf(shard.key()).filter(leaf::equals).isPresent();
        if (known && books.store().has(shard.key())) {
            return;
        }
        disclaim(shard);
        int before = books.store().sizeOf(shard.key()).orElse(0);
        books.uploads().begin(shard, before, bytes.size());
        boolean kept = false;
        try {
            books.store().keep(shard.key(), bytes);
            kept = true;
        } finally {
            if (!kept) {
                books.uploads().correct(shard, books.store().sizeOf(shard.key()).orElse(0) - bytes.size());
            }
        }
        books.uploads().remember(shard.key(), leaf);
    }

    /**
     * Takes a shard that was lost out of the index before another comes to its place: whoever starts from the store would
     * take that for the one that was committed, and nobody has compared it with the manifest yet.
     */
    private void disclaim(ShardName shard) throws InterruptedException {
        Optional<Sha256> object = books.objects().at(shard.placementKey());
        Optional<HeldObject> held = object.flatMap(books.objects()::get);
        if (held.isEmpty()) {
            return;
        }
        EntryKey key = Entries.index(object.get(), shard.column());
        Optional<IndexEntry> index = Loaded.read(books.store(), key, IndexEntry::decode)
                .filter(entry -> Segments.contain(entry.ranges(), shard.segment()));
        if (index.isEmpty()) {
            return;
        }
        List<SegmentRange> claimed = held.get().part(shard.column()).ranges();
        if (claimed.isEmpty()) {
            books.store().removeAll(List.of(key));
        } else {
            books.store().keep(key, new IndexEntry(claimed, index.get().index()).encode());
        }
    }
}
