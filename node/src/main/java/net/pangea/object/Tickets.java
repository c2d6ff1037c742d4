package net.pangea.object;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Clock;
import net.pangea.manifest.UploadTicket;

/**
 * The tickets of one put: a new one twice a day, so that a put may take longer than a ticket lasts. Shared by its
 * columns.
 */
final class Tickets {
    private static final Duration RENEWED_AFTER = PutService.TICKET.dividedBy(2);

    private final Owner owner;
    private final Sha256 placementKey;
    private final long columnBytesMax;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private UploadTicket current;
    private long signedNanos;

    Tickets(Owner owner, Sha256 placementKey, long columnBytesMax, Clock clock) {
        this.owner = owner;
        this.placementKey = placementKey;
        this.columnBytesMax = columnBytesMax;
        this.clock = clock;
        this.current = sign();
        this.signedNanos = clock.nanoTime();
    }

    /** {@return the one that is valid for long enough} */
    UploadTicket current() {
        lock.lock();
        try {
            if (clock.nanoTime() - signedNanos >= RENEWED_AFTER.toNanos()) {
                current = sign();
                signedNanos = clock.nanoTime();
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private UploadTicket sign() {
        long now = clock.now().toEpochMilli();
        return UploadTicket.sign(
                owner.signing(), placementKey, now, now + PutService.TICKET.toMillis(), columnBytesMax);
    }
}
