package net.pangea.holding;

import java.util.Optional;
import net.pangea.bytes.Sha256;
import net.pangea.manifest.Lease;
import net.pangea.protocol.PeerMessage.Accepted;
import net.pangea.protocol.PeerMessage.PutLease;
import net.pangea.protocol.PeerMessage.Refusal;
import net.pangea.protocol.PeerMessage.Reply;

/** Takes newer leases and deletions. */
final class Leases {
    private final Books books;
    private final Removal removal;
    private final Deletions deletions;

    Leases(Books books, Removal removal, Deletions deletions) {
        this.books = books;
        this.removal = removal;
        this.deletions = deletions;
    }

    Reply put(PutLease request) throws InterruptedException {
        Lease lease = request.lease();
        try {
            Rejection.unless(
                    lease.isGenuine(), Refusal.NOT_AUTHENTIC, "the lease was not signed by owner " + lease.owner());
            return books.objectTurns().alone(lease.object(), () -> {
                Optional<HeldObject> held = books.objects().get(lease.object());
                boolean _ = held.isPresent() ? putKnown(held.get(), lease) : putUnknown(lease);
                return new Accepted();
            });
        } catch (Rejection e) {
            books.events()
                    .emit(new HoldingEvent.LeaseRefused(
                            lease.object().hex(), lease.sequence(), String.valueOf(e.getMessage())));
            throw e;
        }
    }

    /** {@return whether the lease is new here} */
    private boolean putKnown(HeldObject held, Lease lease) throws InterruptedException {
        Sha256 object = lease.object();
        Rejection.unless(
                held.owner().equals(lease.owner()),
                Refusal.NOT_AUTHENTIC,
                "the lease was not signed by the owner of object " + object);
        if (held.leaseSequence() >= lease.sequence()) {
            requireSame(Loaded.read(books.store(), Entries.lease(object), Lease::decode), lease);
            if (lease.isDeletion()) {
                removal.finishDeletion(object, held.placementKey());
            }
            return false;
        }
        if (lease.isDeletion()) {
            if (held.deleted()) {
                removal.renew(object, held, lease);
            } else {
                removal.delete(object, held, lease);
            }
        } else {
            books.accounts().charge(lease.owner(), 0);
            if (held.deleted()) {
                Authority.unexpired(
                        lease.expiresMillis(),
                        books.time().moment(),
                        books.settings().clockSlack(),
                        "the lease");
                removal.undelete(object, held, lease);
            } else {
                removal.renew(object, held, lease);
            }
        }
        tell(lease);
        return true;
    }

    private boolean putUnknown(Lease lease) throws InterruptedException {
        Optional<Notices.Deletion> known = books.notices().deletion(lease.object(), lease.owner());
        if (known.isPresent() && known.get().sequence() >= lease.sequence()) {
            requireSame(
                    Loaded.read(books.store(), Entries.deletion(lease.object(), lease.owner()), Lease::decode), lease);
            return false;
        }
        Authority.unexpired(
                lease.expiresMillis(), books.time().moment(), books.settings().clockSlack(), "the lease");
        books.accounts().charge(lease.owner(), 0);
        if (lease.isDeletion()) {
            if (known.isEmpty()) {
                books.notices().requireRoomForDeletion(lease.owner());
            }
            books.store().keep(Entries.deletion(lease.object(), lease.owner()), lease.encode());
            books.notices()
                    .put(new Notices.Deletion(lease.object(), lease.owner(), lease.sequence(), lease.expiresMillis()));
        } else {
            removal.restore(lease.object(), lease);
            deletions.forget(lease.object(), lease.owner());
        }
        tell(lease);
        return true;
    }

    /** The very lease that is known may be put again; any other of the same or a lower sequence comes too late. */
    private static void requireSame(Optional<Lease> known, Lease lease) {
        Rejection.unless(
                known.isPresent() && known.get().equals(lease),
                Refusal.STALE,
                "a lease of object " + lease.object() + " with the same or a higher sequence is known");
    }

    private void tell(Lease lease) {
        books.events()
                .emit(new HoldingEvent.LeaseTaken(
                        lease.object().hex(), lease.sequence(), lease.expiresMillis(), lease.isDeletion()));
    }
}
