package net.pangea.holding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.CataloguePointer;
import net.pangea.manifest.Lease;
import net.pangea.protocol.PeerMessage.SegmentRange;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;
import net.pangea.store.StoreFailure;

/**
 * Fills a holder's memory from its store when it is opened, and ends what a crash has cut off: what belongs to an object
 * without a lease, or to no upload, goes to the trash.
 */
final class Opening {
    private final Books books;
    private final EntryStore store;
    private final Removal removal;
    private long lostShards;

    private Opening(Books books, Removal removal) {
        this.books = books;
        this.store = books.store();
        this.removal = removal;
    }

    static void run(Books books, Removal removal) throws InterruptedException {
        Opening opening = new Opening(books, removal);
        opening.leases();
        opening.uploads();
        opening.pointers();
        try {
            opening.finishDeletions();
            opening.tidy();
        } catch (StoreFailure e) { // a full disk: it is tried again at the next start
            books.events().emit(new HoldingEvent.TaskFailed("opening", String.valueOf(e.getMessage())));
        }
        books.events()
                .emit(new HoldingEvent.HolderOpened(
                        books.objects().size(), books.uploads().placementKeys().size(), opening.lostShards));
    }

    /** {@return the longest running time that uploads and notes name} */
    static long seenRunningMillis(EntryStore store) {
        long[] seen = {0};
        Entries.forEach(
                store,
                EntryKind.UPLOAD,
                Bytes.EMPTY,
                key -> Loaded.read(store, key, UploadEntry::decode)
                        .ifPresent(upload -> seen[0] = Math.max(seen[0], upload.openedRunningMillis())));
        Entries.forEach(
                store,
                EntryKind.NOTE,
                Entries.expiredPrefix(),
                key -> Loaded.read(store, key, FirstSeen::decode)
                        .ifPresent(first -> seen[0] = Math.max(seen[0], first.runningMillis())));
        return seen[0];
    }

    private void leases() {
        Entries.forEach(store, EntryKind.LEASE, Bytes.EMPTY, key -> {
            Sha256 object = Entries.objectOf(key);
            Optional<OwnerId> owner = Entries.ownerOf(key);
            if (owner.isEmpty()) {
                Loaded.find(store, object).ifPresent(loaded -> object(object, loaded));
            } else {
                Loaded.read(store, key, Lease::decode)
                        .ifPresent(lease -> books.notices()
                                .put(new Notices.Deletion(
                                        object, owner.get(), lease.sequence(), lease.expiresMillis())));
            }
        });
    }

    private void object(Sha256 object, Loaded loaded) {
        books.objects().put(object, loaded.held());
        for (Damage damage : loaded.lost()) {
            books.damage().add(damage);
            SegmentRange range = damage.segments();
            lostShards += range.count();
            for (int segment = range.first(); segment < range.first() + range.count(); segment++) {
                books.events().emit(new HoldingEvent.ShardRotten(object.hex(), segment, damage.column(), "start"));
                books.events()
                        .emit(new HoldingEvent.ShardRejected(
                                object.hex(),
                                segment,
                                damage.column(),
                                books.self().name(),
                                "gone at the start"));
            }
        }
    }

    private void uploads() {
        Entries.forEach(
                store,
                EntryKind.UPLOAD,
                Bytes.EMPTY,
                key -> Loaded.read(store, key, UploadEntry::decode).ifPresent(entry -> {
                    Sha256 placementKey = new Sha256(key.name());
                    Optional<HeldObject> held = books.objects().at(placementKey).flatMap(books.objects()::get);
                    var columns = held.isPresent()
                            ? ShardScan.uncommitted(store, held.get())
                            : ShardScan.of(store, placementKey, new TreeMap<>()).uncommitted();
                    books.uploads().put(placementKey, new Upload(entry, columns, held.isPresent(), Optional.empty()));
                }));
    }

    private void pointers() {
        Entries.forEach(
                store,
                EntryKind.POINTER,
                Bytes.EMPTY,
                key -> Loaded.read(store, key, CataloguePointer::decode)
                        .ifPresent(pointer -> books.notices()
                                .putPointer(pointer.owner(), pointer.sequence(), pointer.expiresMillis())));
    }

    private void finishDeletions() throws InterruptedException {
        for (Notices.Deletion deletion : books.notices().deletions()) {
            Optional<HeldObject> held = books.objects().get(deletion.object());
            if (held.isPresent() && held.get().owner().equals(deletion.owner())) {
                EntryKey remembered = Entries.deletion(deletion.object(), deletion.owner());
                Optional<Lease> lease = Loaded.read(store, remembered, Lease::decode);
                if (lease.isPresent() && lease.get().sequence() > held.get().leaseSequence()) {
                    removal.delete(deletion.object(), held.get(), lease.get());
                }
                store.removeAll(List.of(remembered));
                books.notices().remove(deletion.object(), deletion.owner());
            }
        }
        Optional<Sha256> last = Optional.empty();
        for (List<Sha256> page = next(last); !page.isEmpty(); page = next(last)) {
            for (Sha256 object : page) {
                HeldObject held = books.objects().get(object).orElseThrow();
                if (held.deleted() && !isRepaired(held.placementKey())) {
                    removal.finishDeletion(object, held.placementKey());
                }
            }
            last = Optional.of(page.getLast());
        }
    }

    /** Whether a repair is open: of a deleted object it is one that somebody with a newer lease has begun. */
    private boolean isRepaired(Sha256 placementKey) {
        return books.uploads()
                .get(placementKey)
                .filter(open -> open.entry().isRepair())
                .isPresent();
    }

    private List<Sha256> next(Optional<Sha256> last) {
        return books.objects().page(last, Reads.OBJECTS_MAX);
    }

    private void tidy() throws InterruptedException {
        List<Lease> deletions = new ArrayList<>();
        Entries.forEach(store, EntryKind.LEASE, Bytes.EMPTY, key -> {
            if (Entries.ownerOf(key).isEmpty()
                    && books.objects().get(Entries.objectOf(key)).isEmpty()) {
                Loaded.read(store, key, Lease::decode).filter(Lease::isDeletion).ifPresent(deletions::add);
            }
        });
        for (Lease deletion : deletions) {
            removal.rememberDeletion(deletion);
        }
        orphans();
        damagedUploads();
    }

    private void orphans() throws InterruptedException {
        List<EntryKey> orphans = new ArrayList<>();
        for (EntryKind kind : List.of(EntryKind.LEASE, EntryKind.MANIFEST, EntryKind.HEADER, EntryKind.INDEX)) {
            Entries.forEach(store, kind, Bytes.EMPTY, key -> {
                if (books.objects().get(Entries.objectOf(key)).isEmpty()
                        && (kind != EntryKind.LEASE || Entries.ownerOf(key).isEmpty())) {
                    orphans.add(key);
                }
            });
        }
        Entries.forEach(store, EntryKind.SHARD, Bytes.EMPTY, key -> {
            ShardName shard = ShardName.of(key);
            boolean claimed = books.objects()
                    .at(shard.placementKey())
                    .flatMap(books.objects()::get)
                    .map(held -> held.claims(shard.column(), shard.segment()))
                    .orElse(false);
            if (!claimed && books.uploads().get(shard.placementKey()).isEmpty()) {
                orphans.add(key);
            }
        });
        Entries.inPages(orphans, page -> store.trash(page, books.time().runningMillis()));
    }

    /** Uploads whose entry cannot be read: their shards are orphans. */
    private void damagedUploads() throws InterruptedException {
        TreeSet<EntryKey> unreadable = new TreeSet<>();
        Entries.forEach(store, EntryKind.UPLOAD, Bytes.EMPTY, key -> {
            if (books.uploads().get(new Sha256(key.name())).isEmpty()) {
                unreadable.add(key);
            }
        });
        store.removeAll(List.copyOf(unreadable));
    }
}
