package net.pangea.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.protocol.Peer;

/**
 * What a get has learned of peers while it fetched earlier segments: whom to ask first and whom last. Shared
 * by its tasks.
 */
final class PeerNotes {
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; by name, in the order learned.
    private final Map<String, Peer> failed = new LinkedHashMap<>();
    private final Map<String, Peer> helpful = new LinkedHashMap<>();

    /** Notes that a peer, whether or not it should, has shards of the object. */
    void helped(Peer peer) {
        lock.lock();
        try {
            helpful.put(peer.name(), peer);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a peer did not answer. */
    void failed(Peer peer) {
        lock.lock();
        try {
            failed.put(peer.name(), peer);
            helpful.remove(peer.name());
        } finally {
            lock.unlock();
        }
    }

    boolean hasFailed(Peer peer) {
        lock.lock();
        try {
            return failed.containsKey(peer.name());
        } finally {
            lock.unlock();
        }
    }

    List<Peer> helpful() {
        lock.lock();
        try {
            return List.copyOf(helpful.values());
        } finally {
            lock.unlock();
        }
    }
}
