package net.pangea.repair;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;

/**
 * Who claimed a part of an object when it was last asked about, and who did before and has been silent since: asked first
 * the next time, and if together they have all of it, nobody else is asked. Bounded; any task may call it.
 */
final class LastHolders {
    /** About 300 bytes each. */
    private static final int REMEMBERED_MAX = 1 << 14;

    /** Longer than any grace, and no danger to the arithmetic of the monotonic clock. */
    private static final long LONG_AGO_NANOS = Duration.ofDays(3_660).toNanos();

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock. What is used moves to the end.
    private final LinkedHashMap<Sha256, Known> known = new LinkedHashMap<>(16, 0.75f, true);

    private record Known(List<String> names, long allAskedNanos) {}

    List<String> of(Sha256 object) {
        lock.lock();
        try {
            Known now = known.get(object);
            return now == null ? List.of() : now.names;
        } finally {
            lock.unlock();
        }
    }

    /** {@return whether everybody was asked about an object since {@code sinceNanos}, by the monotonic clock} */
    boolean wereAllAsked(Sha256 object, long sinceNanos) {
        lock.lock();
        try {
            Known now = known.get(object);
            return now != null && now.allAskedNanos - sinceNanos >= 0;
        } finally {
            lock.unlock();
        }
    }

    /** @param allAskedNanos when everybody was asked, if that was now */
    void note(Sha256 object, List<String> names, OptionalLong allAskedNanos, long nowNanos) {
        lock.lock();
        try {
            Known before = known.get(object);
            long asked = before == null ? nowNanos - LONG_AGO_NANOS : before.allAskedNanos;
            known.put(object, new Known(List.copyOf(names), allAskedNanos.orElse(asked)));
            if (known.size() > REMEMBERED_MAX) {
                var _ = known.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }
}
