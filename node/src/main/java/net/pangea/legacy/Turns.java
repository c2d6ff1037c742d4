package net.pangea.legacy;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.legacy.LegacyRefusal.Reason;
import net.pangea.multiformats.PeerId;

/** How many requests are being served, in total and of each peer. Any task may use it. */
final class Turns {
    private final LegacySettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<PeerId, Integer> ofPeer = new HashMap<>(); // guarded by lock; only peers that have one
    private int all; // guarded by lock

    Turns(LegacySettings settings) {
        this.settings = settings;
    }

    /** @throws LegacyRefusal TOO_MANY: who is let in has to {@link #leave} */
    void enter(PeerId peer) {
        lock.lock();
        try {
            if (all >= settings.requests() || ofPeer.getOrDefault(peer, 0) >= settings.requestsPerPeer()) {
                throw new LegacyRefusal(
                        Reason.TOO_MANY,
                        all + " requests are being served, " + ofPeer.getOrDefault(peer, 0) + " of " + peer);
            }
            all++;
            ofPeer.merge(peer, 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    void leave(PeerId peer) {
        lock.lock();
        try {
            all--;
            ofPeer.computeIfPresent(peer, (_, count) -> count == 1 ? null : count - 1);
        } finally {
            lock.unlock();
        }
    }

    int taken() {
        lock.lock();
        try {
            return all;
        } finally {
            lock.unlock();
        }
    }
}
