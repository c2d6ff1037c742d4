package net.pangea.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.protocol.Peer;

/** Peers that take over columns whose holder fails, each once. Shared by the columns of one put. */
final class Spares {
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final List<Peer> left;
    private final Placement.Load load;

    /**
     * @param holders of the columns now
     * @param ranked all peers, the best first; the holders are left out
     */
    Spares(List<Peer> holders, List<Peer> ranked, int parityShards, Set<String> avoid) {
        this.left = new ArrayList<>(ranked);
        left.removeAll(holders);
        this.load = new Placement.Load(parityShards, avoid);
        holders.forEach(holder -> load.add(holder, 1));
    }

    /** {@return the best peer to take a column on, if one is left} */
    Optional<Peer> replace(Peer failed) {
        lock.lock();
        try {
            load.add(failed, -1);
            Optional<Peer> spare = load.best(left);
            spare.ifPresent(peer -> {
                left.remove(peer);
                load.add(peer, 1);
            });
            return spare;
        } finally {
            lock.unlock();
        }
    }
}
