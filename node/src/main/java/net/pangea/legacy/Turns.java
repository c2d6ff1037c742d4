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

    /** The right to be served, until it is given back. */
    final class Turn implements AutoCloseable {
        private final PeerId peer;
        private boolean ended; // guarded by lock

        private Turn(PeerId peer) {
            this.peer = peer;
        }

        /** Gives it back. Idempotent. */
        @Override
        public void close() {
            lock.lock();
            try {
                if (!ended) {
                    ended = true;
                    all--;
                    ofPeer.computeIfPresent(peer, (_, count) -> count == 1 ? null : count - 1);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** @throws LegacyRefusal TOO_MANY */
    Turn enter(PeerId peer) {
        lock.lock();
        try {
            if (all >= settings.requests() || ofPeer.getOrDefault(peer, 0) >= settings.requestsPerPeer()) {
                throw new LegacyRefusal(
                        Reason.TOO_MANY,
                        all + " requests are being served, " + ofPeer.getOrDefault(peer, 0) + " of " + peer);
            }
            all++;
            ofPeer.merge(peer, 1, Integer::sum);
            return new Turn(peer);
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
