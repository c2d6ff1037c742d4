package net.pangea.dht;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.kad.Key;
import net.pangea.kad.ProviderStore;
import net.pangea.kad.RecordStore;
import net.pangea.kad.RepublishSchedule;

/** What this node has stored and announced, and when that is due again. Any task may call it. */
final class Published {
    /** Turns at one look: neighbours in the key space come together, and the others at the next look. */
    private static final int DUE_MAX = 64;

    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final RepublishSchedule valueTurns;
    private final RepublishSchedule providerTurns;
    private final Map<Bytes, Bytes> values = new LinkedHashMap<>();
    private final Set<Bytes> provided = new LinkedHashSet<>();

    /**
     * Something to be published again.
     *
     * @param value nothing if it is an announcement
     */
    record Due(Bytes key, Optional<Bytes> value) {}

    Published(Key own) {
        this.valueTurns = new RepublishSchedule(own, RecordStore.REPUBLISH_INTERVAL);
        this.providerTurns = new RepublishSchedule(own, ProviderStore.REPUBLISH_INTERVAL);
    }

    void value(Bytes key, Bytes value, Instant now) {
        lock.lock();
        try {
            values.put(key, value);
            valueTurns.published(key, now);
        } finally {
            lock.unlock();
        }
    }

    void provided(Bytes key, Instant now) {
        lock.lock();
        try {
            provided.add(key);
            providerTurns.published(key, now);
        } finally {
            lock.unlock();
        }
    }

    List<Due> due(Instant now) {
        lock.lock();
        try {
            List<Due> due = new ArrayList<>();
            for (Bytes key : valueTurns.due(now, DUE_MAX)) {
                due.add(new Due(key, Optional.ofNullable(values.get(key))));
            }
            for (Bytes key : providerTurns.due(now, DUE_MAX)) {
                due.add(new Due(key, Optional.empty()));
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    /** Notes that something was published again, unless it was withdrawn meanwhile. */
    void again(Due due, Instant now) {
        lock.lock();
        try {
            if (due.value().isEmpty() && provided.contains(due.key())) {
                providerTurns.published(due.key(), now);
            } else if (due.value().isPresent() && values.containsKey(due.key())) {
                valueTurns.published(due.key(), now);
            }
        } finally {
            lock.unlock();
        }
    }

    void withdraw(Bytes key) {
        lock.lock();
        try {
            values.remove(key);
            provided.remove(key);
            valueTurns.remove(key);
            providerTurns.remove(key);
        } finally {
            lock.unlock();
        }
    }
}
