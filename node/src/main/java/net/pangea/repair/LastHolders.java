package net.pangea.repair;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;

/**
 * Who claimed a part of an object when it was last asked about: asked first the next time, and if together they have all
 * of it, nobody else is asked. Bounded; any task may call it.
 */
final class LastHolders {
    /** About 300 bytes each. */
    private static final int REMEMBERED_MAX = 1 << 14;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock. What is used moves to the end.
    private final LinkedHashMap<Sha256, List<String>> names = new LinkedHashMap<>(16, 0.75f, true);

    List<String> of(Sha256 object) {
        lock.lock();
        try {
            return names.getOrDefault(object, List.of());
        } finally {
            lock.unlock();
        }
    }

    void note(Sha256 object, List<String> holders) {
        lock.lock();
        try {
            names.put(object, List.copyOf(holders));
            if (names.size() > REMEMBERED_MAX) {
                var _ = names.pollFirstEntry();
            }
        } finally {
            lock.unlock();
        }
    }
}
