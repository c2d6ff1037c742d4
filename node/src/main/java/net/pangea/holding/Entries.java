package net.pangea.holding;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.EntryStore;

/**
 * The entries a holder keeps beside shards, and their names:
 *
 * <pre>
 * MANIFEST  object (32)                  exact bytes of the manifest
 * HEADER    object (32)                  exact bytes of the sealed header
 * LEASE     object (32)                  the newest lease of an object whose manifest is here; may be a deletion
 * LEASE     object (32) | owner (32)     a deletion of an object whose manifest never was here
 * INDEX     object (32) | column (2)     {@link IndexEntry}
 * UPLOAD    placement key (32)           {@link UploadEntry}
 * POINTER   owner (32)                   {@link net.pangea.manifest.CataloguePointer}
 * NOTE      "holding.running"            milliseconds this node was seen running (8)
 * NOTE      "holding.expired." | name of a LEASE, or owner (32) | 1 (1) of a POINTER
 *                                        its sequence (8) | those milliseconds when it was first seen expired (8)
 * </pre>
 */
final class Entries {
    static final EntryKey RUNNING = new EntryKey(EntryKind.NOTE, text("holding.running"));

    private static final Bytes EXPIRED = text("holding.expired.");

    /** Keys at a time, so that a listing needs little memory. */
    private static final int PAGE_KEYS = 1_024;

    private Entries() {}

    static EntryKey manifest(Sha256 object) {
        return new EntryKey(EntryKind.MANIFEST, object.bytes());
    }

    static EntryKey header(Sha256 object) {
        return new EntryKey(EntryKind.HEADER, object.bytes());
    }

    static EntryKey lease(Sha256 object) {
        return new EntryKey(EntryKind.LEASE, object.bytes());
    }

    static EntryKey deletion(Sha256 object, OwnerId owner) {
        return new EntryKey(
                EntryKind.LEASE,
                new ByteWriter().raw(object.bytes()).raw(owner.bytes()).toBytes());
    }

    static EntryKey index(Sha256 object, int column) {
        return new EntryKey(
                EntryKind.INDEX,
                new ByteWriter().raw(object.bytes()).u16(column).toBytes());
    }

    static EntryKey upload(Sha256 placementKey) {
        return new EntryKey(EntryKind.UPLOAD, placementKey.bytes());
    }

    static EntryKey pointer(OwnerId owner) {
        return new EntryKey(EntryKind.POINTER, owner.bytes());
    }

    static EntryKey expired(EntryKey lease) {
        return new EntryKey(
                EntryKind.NOTE, new ByteWriter().raw(EXPIRED).raw(lease.name()).toBytes());
    }

    /** {@return the key by which a pointer's expiry is noted: of a LEASE that cannot be, since no name has this size} */
    static EntryKey pointerExpiry(OwnerId owner) {
        return new EntryKey(
                EntryKind.LEASE, new ByteWriter().raw(owner.bytes()).u8(1).toBytes());
    }

    /** {@return what the names of all notes of expired leases begin with} */
    static Bytes expiredPrefix() {
        return EXPIRED;
    }

    /** {@return the lease that a note of {@link #expired} is about} */
    static EntryKey leaseOfNote(EntryKey note) {
        return new EntryKey(
                EntryKind.LEASE, note.name().slice(EXPIRED.size(), note.name().size()));
    }

    /** {@return the object that an entry named by one is about} */
    static Sha256 objectOf(EntryKey key) {
        return new Sha256(key.name().slice(0, Sha256.SIZE_BYTES));
    }

    static int columnOf(EntryKey index) {
        ByteReader in = new ByteReader(index.name());
        Sha256 _ = in.sha256();
        return in.u16();
    }

    /** {@return the owner in the name of a deletion, nobody for the lease of a known object} */
    static Optional<OwnerId> ownerOf(EntryKey lease) {
        Bytes name = lease.name();
        return name.size() == Sha256.SIZE_BYTES
                ? Optional.empty()
                : Optional.of(new OwnerId(name.slice(Sha256.SIZE_BYTES, name.size())));
    }

    /** Looks at every key with a prefix, a page at a time; what the action adds or removes may be seen or not. */
    static void forEach(EntryStore store, EntryKind kind, Bytes prefix, Consumer<EntryKey> action) {
        List<EntryKey> page = store.list(kind, prefix, Optional.empty(), PAGE_KEYS);
        while (!page.isEmpty()) {
            page.forEach(action);
            page = page.size() < PAGE_KEYS
                    ? List.of()
                    : store.list(kind, prefix, Optional.of(page.getLast()), PAGE_KEYS);
        }
    }

    /** What is done with some keys. */
    interface KeysAction {
        void apply(List<EntryKey> keys) throws InterruptedException;
    }

    /** Does something with many keys, a page at a time. */
    static void inPages(List<EntryKey> keys, KeysAction action) throws InterruptedException {
        for (int from = 0; from < keys.size(); from += PAGE_KEYS) {
            action.apply(keys.subList(from, Math.min(keys.size(), from + PAGE_KEYS)));
        }
    }

    /** {@return how many keys with a prefix were moved to the trash: all of them} */
    static long trash(EntryStore store, EntryKind kind, Bytes prefix, long stamp) throws InterruptedException {
        long trashed = 0;
        List<EntryKey> page = store.list(kind, prefix, Optional.empty(), PAGE_KEYS);
        while (!page.isEmpty()) {
            store.trash(page, stamp);
            trashed += page.size();
            page = store.list(kind, prefix, Optional.of(page.getLast()), PAGE_KEYS);
        }
        return trashed;
    }

    /** Brings back every key with a prefix that is in the trash. */
    static void untrash(EntryStore store, EntryKind kind, Bytes prefix) throws InterruptedException {
        List<EntryKey> page = store.trashed(kind, prefix, Optional.empty(), PAGE_KEYS);
        while (!page.isEmpty()) {
            store.untrash(page);
            page = store.trashed(kind, prefix, Optional.of(page.getLast()), PAGE_KEYS);
        }
    }

    private static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
