package net.pangea.object;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Bell;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.Lease;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;
import net.pangea.store.Lookup;

/**
 * The owner's objects as this node's store knows them, and the newest lease that was signed here for each. Any task may
 * call it.
 */
final class OwnObjects {
    private static final int PAGE = 256;

    private final EntryStore store;
    private final Bell changes;
    private final ReentrantLock changing = new ReentrantLock();

    /** @param changes is rung when an entry was kept */
    OwnObjects(EntryStore store, Bell changes) {
        this.store = store;
        this.changes = changes;
    }

    Optional<CatalogueEntry> find(Sha256 object) {
        return entry(keyOf(object));
    }

    private Optional<CatalogueEntry> entry(EntryKey key) {
        try {
            return store.find(key) instanceof Lookup.Found(Bytes content)
                    ? Optional.of(CatalogueEntry.decode(content))
                    : Optional.empty();
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    /** {@return the newest lease that was signed here} */
    Optional<Lease> lease(Sha256 object) {
        try {
            return store.find(leaseKeyOf(object)) instanceof Lookup.Found(Bytes content)
                    ? Optional.of(Lease.decode(content))
                    : Optional.empty();
        } catch (MalformedBytes e) {
            return Optional.empty();
        }
    }

    /** Keeps an entry and the lease that it tells of, durably and together, unless a newer entry is known. */
    void keep(CatalogueEntry entry, Lease lease) throws InterruptedException {
        changing.lockInterruptibly();
        try {
            if (isNewest(entry)) {
                Map<EntryKey, Bytes> both = new LinkedHashMap<>();
                both.put(keyOf(entry.ref().id()), entry.encode());
                both.put(leaseKeyOf(entry.ref().id()), lease.encode());
                store.keepAll(both);
                changes.ring();
            }
        } finally {
            changing.unlock();
        }
    }

    /** {@return the entry as it is now kept, pinned or not; empty if there is none} */
    Optional<CatalogueEntry> pin(Sha256 object, boolean pinned) throws InterruptedException {
        changing.lockInterruptibly();
        try {
            Optional<CatalogueEntry> entry = find(object).map(known -> known.pinned(pinned));
            if (entry.isPresent()) {
                store.keep(keyOf(object), entry.get().encode());
                changes.ring();
            }
            return entry;
        } finally {
            changing.unlock();
        }
    }

    /** {@return how many of the entries were new, or newer than what was known; all are durable} */
    int merge(List<CatalogueEntry> entries) throws InterruptedException {
        changing.lockInterruptibly();
        try {
            int added = 0;
            for (int from = 0; from < entries.size(); from += PAGE) {
                Map<EntryKey, Bytes> newer = new LinkedHashMap<>();
                for (CatalogueEntry entry : entries.subList(from, Math.min(entries.size(), from + PAGE))) {
                    Optional<CatalogueEntry> known = find(entry.ref().id());
                    if (known.isEmpty() || known.get().leaseSequence() < entry.leaseSequence()) {
                        newer.put(keyOf(entry.ref().id()), entry.encode());
                    }
                }
                if (!newer.isEmpty()) {
                    store.keepAll(newer);
                    changes.ring();
                    added += newer.size();
                }
            }
            return added;
        } finally {
            changing.unlock();
        }
    }

    private boolean isNewest(CatalogueEntry entry) {
        return find(entry.ref().id())
                .map(known -> known.leaseSequence() <= entry.leaseSequence())
                .orElse(true);
    }

    void forget(Sha256 object) throws InterruptedException {
        store.removeAll(List.of(keyOf(object), leaseKeyOf(object)));
    }

    boolean isEmpty() {
        return store.list(EntryKind.OWN, Bytes.EMPTY, Optional.empty(), 1).isEmpty();
    }

    /** Gives every entry, in the order of the ids. */
    void forEach(Consumer<CatalogueEntry> consumer) {
        Optional<EntryKey> after = Optional.empty();
        List<EntryKey> page;
        do {
            page = store.list(EntryKind.OWN, Bytes.EMPTY, after, PAGE);
            page.forEach(key -> entry(key).ifPresent(consumer));
            after = page.isEmpty() ? after : Optional.of(page.getLast());
        } while (page.size() == PAGE);
    }

    /** {@return entries in the order of the ids, those alone that match, at most {@code max}} */
    List<CatalogueEntry> page(NamePattern pattern, Optional<Sha256> afterObject, int max) {
        List<CatalogueEntry> found = new ArrayList<>();
        Optional<EntryKey> after = afterObject.map(OwnObjects::keyOf);
        List<EntryKey> keys;
        do {
            keys = store.list(EntryKind.OWN, Bytes.EMPTY, after, PAGE);
            for (EntryKey key : keys) {
                if (found.size() < max) {
                    entry(key)
                            .filter(entry -> !entry.deleted() && pattern.matches(entry.name()))
                            .ifPresent(found::add);
                }
            }
            after = keys.isEmpty() ? after : Optional.of(keys.getLast());
        } while (keys.size() == PAGE && found.size() < max);
        return found;
    }

    private static EntryKey keyOf(Sha256 object) {
        return new EntryKey(EntryKind.OWN, object.bytes());
    }

    private static EntryKey leaseKeyOf(Sha256 object) {
        return new EntryKey(
                EntryKind.NOTE,
                new ByteWriter().text("lease").raw(object.bytes()).toBytes());
    }
}
