package net.pangea.holding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;

/**
 * Takes objects and uploads away, and brings objects back from the trash. The caller holds the turn of the object.
 *
 * <p>An object's lease goes to the trash first and comes back last, so that a crash in between leaves an object without
 * a lease, which the next start puts into the trash altogether. A deletion stays as the lease, with manifest and header,
 * so that it can be proven to others.
 */
final class Removal {
    private final Books books;
    private final EntryStore store;

    Removal(Books books) {
        this.books = books;
        this.store = books.store();
    }

    /** Moves all of an object to the trash and forgets it. */
    void drop(Sha256 object, HeldObject held, String reason) throws InterruptedException {
        long shards = books.placementTurns().alone(held.placementKey(), () -> {
            store.trash(List.of(Entries.lease(object)), stamp());
            books.objects().remove(object);
            store.trash(List.of(Entries.manifest(object), Entries.header(object)), stamp());
            return trashShards(object, held.placementKey());
        });
        books.events().emit(new HoldingEvent.ShardsTrashed(object.hex(), shards, reason));
    }

    /** Replaces an object by the memory of its deletion. */
    void delete(Sha256 object, HeldObject held, Lease deletion) throws InterruptedException {
        renew(object, held, deletion);
        books.events().emit(new HoldingEvent.ObjectDeleted(object.hex(), deletion.sequence()));
        finishDeletion(object, held.placementKey());
    }

    /** Takes a newer lease of an object; of a deletion the shards stay where they are. */
    void renew(Sha256 object, HeldObject held, Lease lease) throws InterruptedException {
        boolean kept = false;
        try {
            store.keep(Entries.lease(object), lease.encode());
            kept = true;
            books.objects().put(object, held.leased(lease));
        } finally {
            if (!kept) { // nobody knows whether it was: what the store has now counts
                Loaded.read(store, Entries.lease(object), Lease::decode)
                        .ifPresent(known -> books.objects().put(object, held.leased(known)));
            }
        }
    }

    /** Moves what is left of a deleted object to the trash; at once if nothing is. */
    void finishDeletion(Sha256 object, Sha256 placementKey) throws InterruptedException {
        long shards = books.placementTurns().alone(placementKey, () -> trashShards(object, placementKey));
        if (shards > 0) {
            books.events().emit(new HoldingEvent.ShardsTrashed(object.hex(), shards, "deleted"));
        }
    }

    private long trashShards(Sha256 object, Sha256 placementKey) throws InterruptedException {
        var _ = Entries.trash(store, EntryKind.INDEX, object.bytes(), stamp());
        long shards = Entries.trash(store, EntryKind.SHARD, placementKey.bytes(), stamp());
        store.removeAll(List.of(Entries.upload(placementKey)));
        books.uploads().remove(placementKey);
        return shards;
    }

    /** Keeps the deletion of an object whose manifest is lost, as that of an object that never was here. */
    void rememberDeletion(Lease deletion) throws InterruptedException {
        Sha256 object = deletion.object();
        store.keep(Entries.deletion(object, deletion.owner()), deletion.encode());
        books.notices()
                .put(new Notices.Deletion(object, deletion.owner(), deletion.sequence(), deletion.expiresMillis()));
        store.removeAll(List.of(Entries.lease(object), Entries.manifest(object), Entries.header(object)));
        books.objects().remove(object);
    }

    /** Ends an upload: what belongs to no object is removed for good. The caller holds the turn of the placement key. */
    void closeUpload(Sha256 placementKey) throws InterruptedException {
        List<EntryKey> garbage = unclaimed(placementKey);
        Entries.inPages(garbage, store::removeAll);
        store.removeAll(List.of(Entries.upload(placementKey)));
        books.uploads().remove(placementKey);
        books.events().emit(new HoldingEvent.UploadClosed(placementKey.hex(), garbage.size()));
    }

    /** {@return the shards under a placement key that no object claims} */
    private List<EntryKey> unclaimed(Sha256 placementKey) {
        Optional<HeldObject> held = books.objects().at(placementKey).flatMap(books.objects()::get);
        List<EntryKey> unclaimed = new ArrayList<>();
        Entries.forEach(store, EntryKind.SHARD, placementKey.bytes(), key -> {
            ShardName shard = ShardName.of(key);
            if (held.isEmpty() || !held.get().claims(shard.column(), shard.segment())) {
                unclaimed.add(key);
            }
        });
        return unclaimed;
    }

    /**
     * Brings an object that was collected back from the trash, under a newer lease.
     *
     * @throws Rejection if it is not in the trash, or the lease is not good enough
     */
    void restore(Sha256 object, Lease lease) throws InterruptedException {
        if (store.trashed(EntryKind.MANIFEST, object.bytes(), Optional.empty(), 1)
                .isEmpty()) {
            throw unknown(object);
        }
        store.untrash(List.of(Entries.manifest(object), Entries.header(object)));
        boolean restored = false;
        try {
            Manifest manifest = Loaded.read(store, Entries.manifest(object), Manifest::decode)
                    .orElseThrow(() -> unknown(object));
            Rejection.unless(
                    manifest.owner().equals(lease.owner()),
                    Refusal.NOT_AUTHENTIC,
                    "the lease was not signed by the owner of object " + object);
            restored = books.placementTurns()
                    .alone(manifest.placementKey(), () -> restore(object, manifest.placementKey(), lease));
        } finally {
            if (!restored) {
                store.trash(List.of(Entries.manifest(object), Entries.header(object)), stamp());
            }
        }
    }

    private boolean restore(Sha256 object, Sha256 placementKey, Lease lease) throws InterruptedException {
        if (books.uploads().get(placementKey).isPresent()
                || books.objects().at(placementKey).isPresent()) {
            throw unknown(object); // its shards may be replaced by now
        }
        bringBack(object, placementKey, lease, List.of(Entries.lease(object)));
        return true;
    }

    /** Brings the shards of an object back whose deletion its owner has taken back. */
    void undelete(Sha256 object, HeldObject held, Lease lease) throws InterruptedException {
        boolean _ = books.placementTurns().alone(held.placementKey(), () -> {
            if (books.uploads().get(held.placementKey()).isPresent()) {
                renew(object, held, lease); // a repair brings it back, with shards of its own
            } else {
                bringBack(object, held.placementKey(), lease, List.of());
            }
            return true;
        });
    }

    /**
     * @param last what comes back last, and goes first if something is wrong: the lease of an object that has none now
     */
    private void bringBack(Sha256 object, Sha256 placementKey, Lease lease, List<EntryKey> last)
            throws InterruptedException {
        boolean back = false;
        long charged = 0;
        try {
            Entries.untrash(store, EntryKind.SHARD, placementKey.bytes());
            Entries.untrash(store, EntryKind.INDEX, object.bytes());
            store.untrash(last);
            Rejection.unless(
                    Loaded.read(store, Entries.lease(object), Lease::decode)
                            .filter(before -> before.sequence() < lease.sequence())
                            .isPresent(),
                    Refusal.STALE,
                    "a newer lease of object " + object + " is known");
            Loaded loaded = Loaded.find(store, object, lease).orElseThrow(() -> unknown(object));
            long bytes = loaded.held().bytes();
            books.accounts().charge(lease.owner(), bytes);
            charged = bytes;
            store.keep(Entries.lease(object), lease.encode());
            back = true;
            books.objects().put(object, loaded.held());
            loaded.lost().forEach(books.damage()::add);
            // What an upload had left beside the object went to the trash with it, and that upload is over.
            Entries.inPages(unclaimed(placementKey), page -> store.trash(page, stamp()));
            books.events().emit(new HoldingEvent.ObjectRestored(object.hex(), bytes));
            tellShards(object, loaded.held());
        } finally {
            books.accounts().change(lease.owner(), -charged); // the table charges it
            if (!back) {
                store.trash(last, stamp());
                var _ = Entries.trash(store, EntryKind.INDEX, object.bytes(), stamp());
                var _ = Entries.trash(store, EntryKind.SHARD, placementKey.bytes(), stamp());
            }
        }
    }

    private void tellShards(Sha256 object, HeldObject held) {
        new TreeMap<>(held.columns())
                .forEach((column, part) -> Segments.bits(part.ranges()).stream()
                        .forEach(segment -> books.trees()
                                .find(object, column)
                                .ifPresent(tree -> books.events()
                                        .emit(new HoldingEvent.ShardStored(
                                                object.hex(),
                                                segment,
                                                column,
                                                tree.leaf(segment).shardBytes())))));
    }

    private static Rejection unknown(Sha256 object) {
        return new Rejection(Refusal.UNKNOWN_OBJECT, "object " + object + " is not known here; commit it instead");
    }

    private long stamp() {
        return books.time().runningMillis();
    }
}
