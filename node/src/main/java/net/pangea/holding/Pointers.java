package net.pangea.holding;

import java.util.Optional;
import java.util.OptionalLong;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.CataloguePointer;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.FetchPointer;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.PointerFound;
import net.pangea.protocol.PeerMessage.PutPointer;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Reply;

/** Remembers where owners have their catalogues. An owner is one object of the turns: the newest pointer counts. */
final class Pointers {
    private final Books books;

    Pointers(Books books) {
        this.books = books;
    }

    Reply put(PutPointer request) throws InterruptedException {
        CataloguePointer pointer = request.pointer();
        Rejection.unless(
                pointer.isGenuine(), Refusal.NOT_AUTHENTIC, "the pointer was not signed by owner " + pointer.owner());
        books.accounts().charge(pointer.owner(), 0);
        return books.objectTurns().alone(new Sha256(pointer.owner().bytes()), () -> {
            OptionalLong known = books.notices().pointer(pointer.owner());
            if (known.isPresent() && known.getAsLong() >= pointer.sequence()) {
                Rejection.unless(
                        find(pointer).equals(Optional.of(pointer)),
                        Refusal.STALE,
                        "a pointer with the same or a higher sequence is known");
                return new Accepted();
            }
            books.notices().requireRoomForPointer(pointer.owner());
            books.store().keep(Entries.pointer(pointer.owner()), pointer.encode());
            books.notices().putPointer(pointer.owner(), pointer.sequence());
            return new Accepted();
        });
    }

    private Optional<CataloguePointer> find(CataloguePointer pointer) {
        return Loaded.read(books.store(), Entries.pointer(pointer.owner()), CataloguePointer::decode);
    }

    Reply fetch(FetchPointer request) {
        Optional<CataloguePointer> pointer =
                Loaded.read(books.store(), Entries.pointer(request.owner()), CataloguePointer::decode);
        return pointer.isPresent() ? new PointerFound(pointer.get()) : new NotFound();
    }
}
