package net.pangea.dht;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.machine.RandomStream;

/**
 * When the values that a {@link ValueKeeper} has are to be handed to the peers closest to them: each an hour after it was
 * stored here last, and a little more that is drawn. Whoever stored it has told the others too, so of those who have it the
 * first whose time has come does it for all (Maymounkov and Mazières, "Kademlia", section 2.5). Any task may call it.
 */
final class HandOnSchedule {
    /** As often a value comes to those who are closest to it by then. */
    static final Duration INTERVAL = Duration.ofHours(1);

    /** By so much times differ, at most: more than it takes to hand everything on. */
    static final Duration JITTER = Duration.ofMinutes(15);

    /** Of a value that as many as should have it have, all of them closer to it than this node. */
    static final Duration FAR_INTERVAL = Duration.ofDays(1);

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final RandomStream random;
    private final Map<Bytes, Long> dueNanos = new LinkedHashMap<>();

    HandOnSchedule(RandomStream random) {
        this.random = random;
    }

    /** Knows these keys from now on and no others. Of new ones nobody knows who else has them: they come up within an hour. */
    void set(List<Bytes> keys, long nowNanos) {
        lock.lock();
        try {
            Map<Bytes, Long> before = new LinkedHashMap<>(dueNanos);
            dueNanos.clear();
            for (Bytes key : keys) {
                Long due = before.get(key);
                dueNanos.put(key, due == null ? nowNanos + random.nextLong(INTERVAL.toNanos()) : due);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Notes that a value was stored here, so that others have it too. */
    void stored(Bytes key, long nowNanos) {
        put(key, nowNanos, INTERVAL);
    }

    /** Notes that a value was handed on to those who have more business with it. */
    void left(Bytes key, long nowNanos) {
        put(key, nowNanos, FAR_INTERVAL);
    }

    private void put(Bytes key, long nowNanos, Duration after) {
        lock.lock();
        try {
            dueNanos.put(key, nowNanos + after.toNanos() + random.nextLong(JITTER.toNanos()));
        } finally {
            lock.unlock();
        }
    }

    /** Notes that others were found not to have a value that is here: its turn is now. */
    void soon(Bytes key, long nowNanos) {
        lock.lock();
        try {
            dueNanos.put(key, nowNanos);
        } finally {
            lock.unlock();
        }
    }

    /** {@return keys whose turn it is, the longest due first; they stay due until something is noted of them} */
    List<Bytes> due(long nowNanos, int max) {
        lock.lock();
        try {
            List<Map.Entry<Bytes, Long>> due = new ArrayList<>();
            for (Map.Entry<Bytes, Long> entry : dueNanos.entrySet()) {
                if (entry.getValue() - nowNanos <= 0) {
                    due.add(Map.entry(entry.getKey(), entry.getValue() - nowNanos));
                }
            }
            due.sort(Map.Entry.<Bytes, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()));
            return due.stream().limit(max).map(Map.Entry::getKey).toList();
        } finally {
            lock.unlock();
        }
    }
}
