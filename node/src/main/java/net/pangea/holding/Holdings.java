package net.pangea.holding;

import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.machine.Bell;
import net.pangea.manifest.Lease;
import net.pangea.manifest.Manifest;
import net.pangea.merkle.ColumnIndex;
import net.pangea.protocol.PeerMessage.HeldRange;
import net.pangea.protocol.PeerMessage.ObjectKnown;

/** What this node holds, for those who look after it. Any task may use it. */
public final class Holdings {
    private final Books books;
    private final Reads reads;

    Holdings(Books books, Reads reads) {
        this.books = books;
        this.reads = reads;
    }

    /** {@return ids of objects whose manifests are here, deleted ones among them, in order} */
    public List<Sha256> objects(Optional<Sha256> after, int max) {
        return books.objects().page(after, max);
    }

    /** {@return what is claimed to be held of an object; nothing of one that is deleted or not known} */
    public List<HeldRange> columnsOf(Sha256 object) {
        return books.objects().get(object).map(HeldObject::ranges).orElse(List.of());
    }

    /**
     * What is in memory of an object of which a part is held.
     *
     * @param columns how many it has
     * @param leaseSequence of the newest lease known here
     */
    public record Outline(Sha256 placementKey, int columns, long leaseSequence) {}

    /** {@return where an object is to be looked for; nothing if nothing of it is held here} */
    public Optional<Outline> outline(Sha256 object) {
        return books.objects()
                .get(object)
                .filter(held -> !held.columns().isEmpty())
                .map(held -> new Outline(held.placementKey(), held.columnCount(), held.leaseSequence()));
    }

    /** {@return whether the object's owner has deleted it, as far as is known here} */
    public boolean isDeleted(Sha256 object) {
        return books.objects().get(object).map(HeldObject::deleted).orElse(false);
    }

    public Optional<Manifest> manifestOf(Sha256 object) {
        return books.objects().get(object).isEmpty()
                ? Optional.empty()
                : Loaded.read(books.store(), Entries.manifest(object), Manifest::decode);
    }

    /** {@return the newest lease that is known here; it may be a deletion} */
    public Optional<Lease> leaseOf(Sha256 object) {
        return books.objects().get(object).isEmpty()
                ? Optional.empty()
                : Loaded.read(books.store(), Entries.lease(object), Lease::decode);
    }

    /** {@return the exact bytes of manifest and sealed header, and the newest lease} */
    public Optional<ObjectKnown> known(Sha256 object) {
        return books.objects().get(object).isEmpty() ? Optional.empty() : reads.known(object);
    }

    /** {@return the index of a column of which at least a part is held here} */
    public Optional<ColumnIndex> indexOf(Sha256 object, int column) {
        return books.objects().get(object).isEmpty()
                ? Optional.empty()
                : Loaded.read(books.store(), Entries.index(object, column), IndexEntry::decode)
                        .map(IndexEntry::index);
    }

    /** {@return damage found since this was last asked, the oldest first; at most {@code max}, which are then forgotten} */
    public List<Damage> takeDamage(int max) {
        return books.damage().take(max);
    }

    /** {@return what rings whenever {@link #takeDamage} may give more; for one task} */
    public Bell damageFound() {
        return books.damage().found();
    }

    /** {@return what an owner is charged: bytes of claimed shards and reservations of uploads} */
    public long usedBy(OwnerId owner) {
        return books.accounts().usedBy(owner);
    }

    /** {@return what all owners are charged who are not accepted by name} */
    public long usedByUnknown() {
        return books.accounts().usedByUnknown();
    }
}
