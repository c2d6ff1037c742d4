package net.pangea.holding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.Lease;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.store.EntryKey;

/** Keeps deleted objects from coming back. */
final class Deletions {
    private final Books books;
    private final Removal removal;

    Deletions(Books books, Removal removal) {
        this.books = books;
        this.removal = removal;
    }

    /**
     * Refuses an object whose deletion is known and not older than its lease. A deletion that was only remembered is
     * thereby known to be its owner's; manifest and header are kept with it, so that others can be shown. The caller
     * holds the object's turn.
     */
    void requireNotDeleted(Authority.Verified verified) throws InterruptedException {
        Sha256 object = verified.object();
        Optional<HeldObject> held = books.objects().get(object);
        if (held.isPresent()) {
            Rejection.unless(
                    !held.get().deleted()
                            || held.get().leaseSequence() < verified.lease().sequence(),
                    Refusal.DELETED,
                    "object " + object + " is deleted; ask for its lease");
            return;
        }
        OwnerId owner = verified.manifest().owner();
        Optional<Notices.Deletion> deletion = books.notices().deletion(object, owner);
        if (deletion.isPresent()
                && deletion.get().sequence() >= verified.lease().sequence()) {
            adopt(verified);
            throw new Rejection(Refusal.DELETED, "object " + object + " is deleted; ask for its lease");
        }
    }

    private void adopt(Authority.Verified verified) throws InterruptedException {
        Sha256 object = verified.object();
        OwnerId owner = verified.manifest().owner();
        EntryKey remembered = Entries.deletion(object, owner);
        Optional<Lease> lease = Loaded.read(books.store(), remembered, Lease::decode);
        if (lease.isEmpty()
                || books.objects().at(verified.manifest().placementKey()).isPresent()
                || books.objects().size() >= ObjectTable.OBJECTS_MAX) {
            return; // it stays remembered as it is
        }
        Map<EntryKey, Bytes> entries = new LinkedHashMap<>();
        entries.put(Entries.manifest(object), verified.manifestBytes());
        entries.put(Entries.header(object), verified.sealedHeader());
        entries.put(Entries.lease(object), lease.get().encode());
        books.store().keepAll(entries);
        books.objects().put(object, HeldObject.of(verified.manifest(), lease.get()));
        forget(object, owner);
        removal.finishDeletion(object, verified.manifest().placementKey());
    }

    /** Forgets a deletion that was only remembered, once something newer is durable. */
    void forget(Sha256 object, OwnerId owner) throws InterruptedException {
        if (books.notices().deletion(object, owner).isPresent()) {
            books.store().removeAll(List.of(Entries.deletion(object, owner)));
            books.notices().remove(object, owner);
        }
    }
}
