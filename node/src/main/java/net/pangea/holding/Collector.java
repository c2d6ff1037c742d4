package net.pangea.holding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;
import net.pangea.store.StoreFailure;

/**
 * Ends what has run out: objects and remembered deletions whose lease has, pointers, uploads without a manifest, old trash.
 * A task of its own; one at a time.
 *
 * <p>An object goes to the trash when wall clock, running time and the peers' median clock agree, and from there after
 * another grace of running time; so a clock that jumps, or is wrong from the start, loses nothing by itself.
 */
public final class Collector {
    /** Objects looked at between two writes. */
    private static final int PAGE_OBJECTS = 1_024;

    private final Books books;
    private final EntryStore store;
    private final Removal removal;
    private final BooleanSupplier mayCollect;
    private final TreeMap<EntryKey, FirstSeen> firstSeen = new TreeMap<>();

    Collector(Books books, Removal removal, BooleanSupplier mayCollect) {
        this.books = books;
        this.store = books.store();
        this.removal = removal;
        this.mayCollect = mayCollect;
        Entries.forEach(
                store,
                EntryKind.NOTE,
                Entries.expiredPrefix(),
                key -> Loaded.read(store, key, FirstSeen::decode)
                        .ifPresent(first -> firstSeen.put(Entries.leaseOfNote(key), first)));
    }

    /** Collects until it is cancelled. */
    public void run() throws InterruptedException {
        while (true) {
            books.time().clock().sleep(books.settings().collectPeriod());
            collect();
        }
    }

    /** Collects once. What the store fails to do is told, and tried again the next time. */
    public void collect() throws InterruptedException {
        try {
            books.time().note(store);
            if (mayCollect.getAsBoolean()) {
                leases();
                uploads();
                purge();
            }
        } catch (StoreFailure e) {
            books.events().emit(new HoldingEvent.TaskFailed("collector", String.valueOf(e.getMessage())));
        }
    }

    private void leases() throws InterruptedException {
        TreeSet<EntryKey> unseen = new TreeSet<>(firstSeen.keySet());
        Map<EntryKey, Bytes> notes = new LinkedHashMap<>();
        Optional<Sha256> last = Optional.empty();
        for (List<Sha256> page = page(last); !page.isEmpty(); page = page(last)) {
            for (Sha256 object : page) {
                EntryKey lease = Entries.lease(object);
                unseen.remove(lease);
                Optional<HeldObject> held = books.objects().get(object);
                if (held.isPresent() && fate(lease, held.get(), notes) == Expiry.Fate.ENDS) {
                    end(object, lease);
                }
            }
            keep(notes);
            last = Optional.of(page.getLast());
        }
        for (Notices.Deletion deletion : books.notices().deletions()) {
            EntryKey lease = Entries.deletion(deletion.object(), deletion.owner());
            unseen.remove(lease);
            if (fate(lease, deletion.expiresMillis(), deletion.sequence(), notes) == Expiry.Fate.ENDS) {
                end(deletion, lease);
            }
            if (notes.size() >= PAGE_OBJECTS) {
                keep(notes);
            }
        }
        pointers(unseen, notes);
        keep(notes);
        forget(List.copyOf(unseen));
    }

    private void pointers(TreeSet<EntryKey> unseen, Map<EntryKey, Bytes> notes) throws InterruptedException {
        for (Notices.Pointer pointer : books.notices().pointers()) {
            EntryKey expiry = Entries.pointerExpiry(pointer.owner());
            unseen.remove(expiry);
            if (fate(expiry, pointer.expiresMillis(), pointer.sequence(), notes) == Expiry.Fate.ENDS) {
                end(pointer, expiry);
            }
            if (notes.size() >= PAGE_OBJECTS) {
                keep(notes);
            }
        }
    }

    private void end(Notices.Pointer pointer, EntryKey expiry) throws InterruptedException {
        boolean _ = books.objectTurns().alone(new Sha256(pointer.owner().bytes()), () -> {
            if (books.notices().pointers().contains(pointer)) { // else a newer one has come meanwhile
                store.removeAll(List.of(Entries.pointer(pointer.owner())));
                books.notices().removePointer(pointer.owner());
            }
            return true;
        });
        forget(List.of(expiry));
    }

    private void keep(Map<EntryKey, Bytes> notes) throws InterruptedException {
        if (!notes.isEmpty()) {
            store.keepAll(notes);
            notes.clear();
        }
    }

    private List<Sha256> page(Optional<Sha256> after) {
        return books.objects().page(after, PAGE_OBJECTS);
    }

    private Expiry.Fate fate(EntryKey lease, HeldObject held, Map<EntryKey, Bytes> notes) throws InterruptedException {
        return fate(lease, held.expiresMillis(), held.leaseSequence(), notes);
    }

    private Expiry.Fate fate(EntryKey lease, long expiresMillis, long sequence, Map<EntryKey, Bytes> notes)
            throws InterruptedException {
        Moment now = books.time().moment();
        Expiry.Fate fate = Expiry.of(
                expiresMillis,
                sequence,
                Optional.ofNullable(firstSeen.get(lease)),
                now,
                books.settings().expiryGrace());
        switch (fate) {
            case LIVES -> {
                if (firstSeen.containsKey(lease)) {
                    forget(List.of(lease));
                }
            }
            case FIRST_SEEN -> {
                FirstSeen seen = new FirstSeen(sequence, now.runningMillis());
                firstSeen.put(lease, seen);
                notes.put(Entries.expired(lease), seen.encode());
            }
            case WAITS, ENDS -> {
                // Nothing to write down.
            }
        }
        return fate;
    }

    private void end(Sha256 object, EntryKey lease) throws InterruptedException {
        boolean ended = books.objectTurns().alone(object, () -> {
            Optional<HeldObject> held = books.objects().get(object);
            // Looked at again: it may have been renewed meanwhile.
            if (held.isEmpty() || fate(lease, held.get(), new LinkedHashMap<>()) != Expiry.Fate.ENDS) {
                return false;
            }
            if (held.get().deleted()) {
                store.removeAll(List.of(lease, Entries.manifest(object), Entries.header(object)));
                books.objects().remove(object);
            } else {
                books.events()
                        .emit(new HoldingEvent.ObjectExpired(
                                object.hex(), held.get().expiresMillis()));
                removal.drop(object, held.get(), "expired");
            }
            return true;
        });
        if (ended) {
            forget(List.of(lease));
        }
    }

    private void end(Notices.Deletion deletion, EntryKey lease) throws InterruptedException {
        boolean _ = books.objectTurns().alone(deletion.object(), () -> {
            Optional<Notices.Deletion> known = books.notices().deletion(deletion.object(), deletion.owner());
            if (known.isPresent() && known.get().equals(deletion)) {
                store.removeAll(List.of(lease));
                books.notices().remove(deletion.object(), deletion.owner());
            }
            return true;
        });
        forget(List.of(lease));
    }

    private void forget(List<EntryKey> leases) throws InterruptedException {
        if (!leases.isEmpty()) {
            Entries.inPages(leases.stream().map(Entries::expired).toList(), store::removeAll);
            firstSeen.keySet().removeAll(leases);
        }
    }

    private void uploads() throws InterruptedException {
        for (Sha256 placementKey : books.uploads().placementKeys()) {
            Optional<Upload> upload = books.uploads().get(placementKey);
            if (upload.isPresent() && isOver(upload.get())) {
                close(placementKey, upload.get().attempted());
            }
        }
    }

    private boolean isOver(Upload upload) {
        return Expiry.isOver(
                upload.entry(), books.time().moment(), books.settings().uploadGrace());
    }

    /** What was committed last may have become durable although nobody was told: then its shards are no garbage. */
    private void close(Sha256 placementKey, Optional<Sha256> attempted) throws InterruptedException {
        if (attempted.isPresent() && books.objects().get(attempted.get()).isEmpty()) {
            boolean _ = books.objectTurns()
                    .alone(
                            attempted.get(),
                            () -> books.placementTurns().alone(placementKey, () -> {
                                Resync.object(books, attempted.get(), placementKey);
                                return true;
                            }));
        }
        boolean _ = books.placementTurns().alone(placementKey, () -> {
            Optional<Upload> upload = books.uploads().get(placementKey);
            if (upload.isPresent() && isOver(upload.get())) {
                removal.closeUpload(placementKey);
            }
            return true;
        });
    }

    private void purge() throws InterruptedException {
        long before = store.usedBytes();
        store.purgeTrash(
                books.time().runningMillis() - books.settings().trashGrace().toMillis());
        long purged = before - store.usedBytes();
        if (purged > 0) {
            books.events().emit(new HoldingEvent.ShardsPurged(purged));
        }
    }
}
