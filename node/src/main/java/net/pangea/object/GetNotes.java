package net.pangea.object;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import net.pangea.protocol.Peer;

/** What one get has learned while it fetched its segments. Shared by its tasks. */
final class GetNotes {
    /** Enough for a median. */
    private static final int TAKEN_MAX = 64;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final Set<String> failed = new LinkedHashSet<>();
    private final Set<String> liars = new LinkedHashSet<>();
    private final List<Long> taken = new ArrayList<>();
    private boolean exactlyK;

    final AtomicInteger rejected = new AtomicInteger();
    final AtomicInteger hedged = new AtomicInteger();
    final AtomicInteger widened = new AtomicInteger();

    /** Notes that a peer did not answer. */
    void failed(Peer peer) {
        locked(() -> failed.add(peer.name()));
    }

    /** Notes that a peer gave what the manifest does not name: it is asked for more only when nobody else is left. */
    void lied(Peer peer) {
        locked(() -> liars.add(peer.name()));
    }

    boolean hasFailed(Peer peer) {
        lock.lock();
        try {
            return failed.contains(peer.name());
        } finally {
            lock.unlock();
        }
    }

    boolean hasLied(Peer peer) {
        lock.lock();
        try {
            return liars.contains(peer.name());
        } finally {
            lock.unlock();
        }
    }

    /** Notes how long a shard took. */
    void took(long nanos) {
        locked(() -> {
            if (taken.size() == TAKEN_MAX) {
                taken.removeFirst();
            }
            return taken.add(nanos);
        });
    }

    /** {@return what a shard took in the middle} */
    OptionalLong medianNanos() {
        lock.lock();
        try {
            return Hedge.median(taken);
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a segment had just as many intact shards as it needs. */
    void hadExactlyK() {
        locked(() -> exactlyK = true);
    }

    boolean isExactlyK() {
        lock.lock();
        try {
            return exactlyK;
        } finally {
            lock.unlock();
        }
    }

    private void locked(BooleanSupplier change) {
        lock.lock();
        try {
            boolean _ = change.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
