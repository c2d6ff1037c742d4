package net.pangea.repair;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether this node may take the peers that do not answer for dead. If half of its flock, itself counted, goes silent
 * within a minute, then more likely it is this node, with a few others, that was cut off: it neither repairs nor collects
 * until more than half of the flock of before are back, or {@code isolation} has passed and the rest is the network now.
 *
 * <p>Peers are judged by how they answer to anything. A node that has just started knows nobody: it waits until more than
 * half of those it has asked have answered, or, where they never do, for the grace. It keeps one entry for each peer it
 * was ever told of.
 *
 * <p>Times are those of the monotonic clock. Any task may call it.
 */
public final class Flock {
    private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    private final long startNanos;
    private final long graceNanos;
    private final long isolationNanos;
    // All guarded by lock.
    private final TreeMap<String, Standing> peers = new TreeMap<>();
    private boolean isolated;
    private long isolatedSinceNanos;
    private int flockBefore;

    /** @param nowNanos when the node started */
    public Flock(long nowNanos, Duration grace, Duration isolation) {
        this.startNanos = nowNanos;
        this.graceNanos = grace.toNanos();
        this.isolationNanos = isolation.toNanos();
    }

    /** A peer has answered. */
    public void heard(String peer, long nowNanos) {
        set(peer, true, nowNanos);
    }

    /** A peer was asked and has not answered. */
    public void missed(String peer, long nowNanos) {
        set(peer, false, nowNanos);
    }

    private void set(String peer, boolean up, long nowNanos) {
        lock.lock();
        try {
            Standing before = peers.get(peer);
            if (before != null && before.up == up) {
                return;
            }
            // One that never answered was never a part of the flock, so it is not lost now.
            peers.put(peer, new Standing(up, nowNanos, before != null && before.up));
            if (!up && !isolated) {
                long lost = peers.values().stream()
                        .filter(standing -> standing.wasLost && nowNanos - standing.sinceNanos < WINDOW_NANOS)
                        .count();
                long left = 1 + countUp();
                if (lost >= left) {
                    isolated = true;
                    isolatedSinceNanos = nowNanos;
                    flockBefore = (int) (left + lost);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether this node may repair and collect} */
    public boolean mayAct(long nowNanos) {
        lock.lock();
        try {
            long flock = 1 + countUp();
            if (isolated && (2 * flock > flockBefore || nowNanos - isolatedSinceNanos >= isolationNanos)) {
                isolated = false;
                peers.replaceAll((_, standing) -> new Standing(standing.up, standing.sinceNanos, false));
            }
            boolean knowsTheWorld = 2 * flock > 1 + peers.size() || nowNanos - startNanos >= graceNanos;
            return !isolated && knowsTheWorld;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether this peer did not answer when it was last asked} */
    boolean isDown(String peer) {
        lock.lock();
        try {
            Standing standing = peers.get(peer);
            return standing != null && !standing.up;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the peers that did not answer when they were last asked} */
    List<String> down() {
        lock.lock();
        try {
            return peers.entrySet().stream()
                    .filter(peer -> !peer.getValue().up)
                    .map(Map.Entry::getKey)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    private long countUp() {
        return peers.values().stream().filter(Standing::up).count();
    }

    /**
     * How one peer stands.
     *
     * @param sinceNanos when it was first seen so
     * @param wasLost it is down, and was up before
     */
    private record Standing(boolean up, long sinceNanos, boolean wasLost) {}
}
