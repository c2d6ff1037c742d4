package net.pangea.libp2p;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Clock;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerRecord;

/** A host's signed addresses: signed anew, with a higher sequence, only when they have changed. Any task may call it. */
final class OwnRecord {
    private final IdentityKey key;
    private final Clock clock;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private List<Multiaddr> addresses = List.of();
    private Bytes record = Bytes.EMPTY;

    OwnRecord(IdentityKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** {@return the envelope that says that this peer is reached at these addresses} */
    Bytes of(List<Multiaddr> now) {
        lock.lock();
        try {
            if (record.size() == 0 || !addresses.equals(now)) {
                addresses = List.copyOf(now);
                record = PeerRecord.sign(key, clock.now().toEpochMilli(), addresses);
            }
            return record;
        } finally {
            lock.unlock();
        }
    }
}
