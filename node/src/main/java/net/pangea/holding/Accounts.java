package net.pangea.holding;

import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.holding.Acceptance.Standing;
import net.pangea.keys.OwnerId;
import net.pangea.machine.Events;
import net.pangea.protocol.PeerMessage.Refusal;

/** How much each owner takes of a holder: bytes of claimed shards and reservations of uploads. Any task may use it. */
final class Accounts {
    private final Acceptance acceptance;
    private final Events events;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; only owners who take something.
    private final TreeMap<OwnerId, Long> used = new TreeMap<>();
    private long unknownUsed;

    Accounts(Acceptance acceptance, Events events) {
        this.acceptance = acceptance;
        this.events = events;
    }

    Acceptance acceptance() {
        return acceptance;
    }

    /**
     * Charges an owner, if that is within the owner's limits.
     *
     * @param moreBytes 0 only asks whether the owner is accepted at all
     * @throws Rejection OWNER_NOT_ACCEPTED or QUOTA_EXCEEDED; nothing is charged then
     */
    void charge(OwnerId owner, long moreBytes) {
        Optional<Refusal> refusal = chargeIfAllowed(owner, moreBytes);
        if (refusal.isPresent()) {
            boolean quota = refusal.get() == Refusal.QUOTA_EXCEEDED;
            events.emit(
                    quota
                            ? new HoldingEvent.QuotaRefused(owner.hex(), moreBytes, usedBy(owner))
                            : new HoldingEvent.OwnerRefused(owner.hex(), moreBytes));
            throw new Rejection(
                    refusal.get(),
                    quota
                            ? "owner " + owner + " has used up the quota here; delete objects or ask for more"
                            : "owner " + owner + " is not accepted here; ask for being listed");
        }
    }

    private Optional<Refusal> chargeIfAllowed(OwnerId owner, long moreBytes) {
        lock.lock();
        try {
            Optional<Refusal> refusal = acceptance.refusal(owner, used.getOrDefault(owner, 0L), unknownUsed, moreBytes);
            if (refusal.isEmpty()) {
                change(owner, moreBytes);
            }
            return refusal;
        } finally {
            lock.unlock();
        }
    }

    /** Charges or, with a negative number, credits an owner without asking. */
    void change(OwnerId owner, long bytes) {
        lock.lock();
        try {
            long now = used.getOrDefault(owner, 0L) + bytes;
            if (now < 0) {
                throw new IllegalStateException("owner " + owner + " would take " + now + " bytes");
            }
            if (now == 0) {
                used.remove(owner);
            } else {
                used.put(owner, now);
            }
            if (acceptance.standing(owner) == Standing.UNKNOWN) {
                unknownUsed += bytes;
            }
        } finally {
            lock.unlock();
        }
    }

    long usedBy(OwnerId owner) {
        lock.lock();
        try {
            return used.getOrDefault(owner, 0L);
        } finally {
            lock.unlock();
        }
    }

    long usedByUnknown() {
        lock.lock();
        try {
            return unknownUsed;
        } finally {
            lock.unlock();
        }
    }
}
