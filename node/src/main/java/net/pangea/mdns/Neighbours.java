package net.pangea.mdns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** The peers that were heard of lately. Any task may use it. */
final class Neighbours {
    private static final long TTL_NANOS = TimeUnit.SECONDS.toNanos(Service.TTL_SECONDS);

    private final int max;
    private final ReentrantLock lock = new ReentrantLock();
    private final LinkedHashMap<PeerId, Heard> peers = new LinkedHashMap<>(); // guarded by lock

    private record Heard(List<Multiaddr> addresses, long atNanos) {}

    Neighbours(int max) {
        this.max = max;
    }

    /** {@return whether the peer is remembered; not if there are too many others} */
    boolean heard(PeerId peer, List<Multiaddr> addresses, long nowNanos) {
        lock.lock();
        try {
            if (!peers.containsKey(peer) && peers.size() >= max) {
                forgetOld(nowNanos);
                if (peers.size() >= max) {
                    return false;
                }
            }
            peers.put(peer, new Heard(List.copyOf(addresses), nowNanos));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the peers of which what was said is still true, the first heard first} */
    Map<PeerId, List<Multiaddr>> all(long nowNanos) {
        lock.lock();
        try {
            forgetOld(nowNanos);
            Map<PeerId, List<Multiaddr>> all = new LinkedHashMap<>();
            peers.forEach((peer, heard) -> all.put(peer, heard.addresses()));
            return all;
        } finally {
            lock.unlock();
        }
    }

    private void forgetOld(long nowNanos) {
        peers.values().removeIf(heard -> nowNanos - heard.atNanos() > TTL_NANOS);
    }
}
