package net.pangea.holding;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.CataloguePointer;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.store.StoreFailure;

/**
 * Remembers where owners have their catalogues, until their pointers expire. An owner is one object of the turns: the newest
 * pointer counts, also after a restart. Any task may call it.
 */
public final class Pointers {
    private final Books books;

    Pointers(Books books) {
        this.books = books;
    }

    /** What became of a pointer. */
    public sealed interface Outcome {
        /** It is here, and durable. */
        record Kept() implements Outcome {}

        /** A newer one is here. */
        record Newer(CataloguePointer known) implements Outcome {}

        /** It is not kept here: its owner is not accepted, there are too many, it has expired, the disk is full. */
        record Refused(Refusal why, String text) implements Outcome {}
    }

    /** Keeps a pointer unless a newer one is here. */
    public Outcome keep(CataloguePointer pointer) throws InterruptedException {
        try {
            Rejection.unless(
                    pointer.isGenuine(),
                    Refusal.NOT_AUTHENTIC,
                    "the pointer was not signed by owner " + pointer.owner());
            Authority.unexpired(
                    pointer.expiresMillis(),
                    books.time().moment(),
                    books.settings().clockSlack(),
                    "the pointer");
            books.accounts().charge(pointer.owner(), 0);
            return books.objectTurns().alone(new Sha256(pointer.owner().bytes()), () -> inTurn(pointer));
        } catch (Rejection e) {
            return new Outcome.Refused(e.why(), e.text());
        } catch (StoreFailure e) {
            return new Outcome.Refused(
                    e.kind() == StoreFailure.Kind.FULL ? Refusal.FULL : Refusal.NODE_BROKEN,
                    String.valueOf(e.getMessage()));
        }
    }

    private Outcome inTurn(CataloguePointer pointer) throws InterruptedException {
        Optional<CataloguePointer> known = find(pointer.owner());
        if (known.isPresent() && !pointer.supersedes(known.get())) {
            return known.get().equals(pointer) ? new Outcome.Kept() : new Outcome.Newer(known.get());
        }
        OptionalLong seen = books.notices().pointer(pointer.owner());
        Rejection.unless(
                seen.isEmpty() || seen.getAsLong() <= pointer.sequence(),
                Refusal.STALE,
                "a pointer with a higher sequence was here");
        books.notices().requireRoomForPointer(pointer.owner());
        books.store().keep(Entries.pointer(pointer.owner()), pointer.encode());
        books.notices().putPointer(pointer.owner(), pointer.sequence(), pointer.expiresMillis());
        return new Outcome.Kept();
    }

    /** {@return the newest pointer of an owner that is known here} */
    public Optional<CataloguePointer> find(OwnerId owner) {
        return Loaded.read(books.store(), Entries.pointer(owner), CataloguePointer::decode);
    }

    /** {@return the owners whose pointers are here} */
    public List<OwnerId> owners() {
        return books.notices().pointers().stream().map(Notices.Pointer::owner).toList();
    }
}
