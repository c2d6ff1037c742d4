package net.pangea.libp2p;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/** Counts what was refused or ended, by its reason. Any task may call it. */
final class Tally {
    /** Reasons are a few words of ours each; a mistake that put numbers into them must not fill memory. */
    private static final int REASONS_MAX = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final TreeMap<String, Long> counts = new TreeMap<>(); // guarded by lock

    void count(String reason) {
        lock.lock();
        try {
            if (counts.containsKey(reason) || counts.size() < REASONS_MAX) {
                counts.merge(reason, 1L, Long::sum);
            }
        } finally {
            lock.unlock();
        }
    }

    SortedMap<String, Long> counts() {
        lock.lock();
        try {
            return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
        } finally {
            lock.unlock();
        }
    }
}
