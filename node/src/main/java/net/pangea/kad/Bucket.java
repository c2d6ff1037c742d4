package net.pangea.kad;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The contacts whose keys have as many leading bits in common with the own key, the one that answered longest ago first,
 * and those that wait for a place, the newest last. Owned by its {@link RoutingTable}.
 */
final class Bucket {
    /** Half a bucket: more have been waiting for so long that they are as likely gone as those they would replace. */
    static final int CACHE_MAX = 10;

    private final List<BucketEntry> entries = new ArrayList<>();
    private final List<BucketEntry> cache = new ArrayList<>();
    private OptionalLong lookedUpAt = OptionalLong.empty();

    List<BucketEntry> entries() {
        return entries;
    }

    Optional<BucketEntry> entry(Key peer) {
        return find(entries, peer);
    }

    Optional<BucketEntry> cached(Key peer) {
        return find(cache, peer);
    }

    private static Optional<BucketEntry> find(List<BucketEntry> among, Key peer) {
        for (BucketEntry entry : among) {
            if (entry.key().equals(peer)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    /** Puts an entry where its last answer belongs. */
    void insert(BucketEntry entry) {
        int place = entries.size();
        while (place > 0 && entries.get(place - 1).seenAt() - entry.seenAt() > 0) {
            place--;
        }
        entries.add(place, entry);
    }

    void remove(BucketEntry entry) {
        entries.remove(entry);
    }

    /** {@return whether there was room; one that has answered takes the place of the oldest that has not} */
    boolean cache(BucketEntry entry) {
        if (cache.size() >= CACHE_MAX) {
            Optional<BucketEntry> oldest =
                    cache.stream().filter(cached -> !cached.isVerified()).findFirst();
            if (oldest.isEmpty() && !entry.isVerified()) {
                return false;
            }
            cache.remove(oldest.orElse(cache.getFirst()));
        }
        cache.add(entry);
        return true;
    }

    void uncache(BucketEntry entry) {
        cache.remove(entry);
    }

    /** {@return who waits for a place, the newest first, those that have answered before those that have not} */
    List<BucketEntry> waiting() {
        List<BucketEntry> waiting = new ArrayList<>();
        for (BucketEntry entry : cache.reversed()) {
            if (entry.isVerified()) {
                waiting.add(entry);
            }
        }
        for (BucketEntry entry : cache.reversed()) {
            if (!entry.isVerified()) {
                waiting.add(entry);
            }
        }
        return waiting;
    }

    boolean isDue(long now, long interval) {
        return lookedUpAt.isEmpty() || now - lookedUpAt.getAsLong() >= interval;
    }

    void lookedUp(long now) {
        lookedUpAt = OptionalLong.of(now);
    }
}
