package net.pangea.object;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.protocol.Peer;

/** Peers that take over columns whose holder fails, each once. Shared by the columns of one put. */
final class Spares {
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final Queue<Peer> left;

    Spares(List<Peer> inOrder) {
        this.left = new ArrayDeque<>(inOrder);
    }

    Optional<Peer> take() {
        lock.lock();
        try {
            return Optional.ofNullable(left.poll());
        } finally {
            lock.unlock();
        }
    }
}
