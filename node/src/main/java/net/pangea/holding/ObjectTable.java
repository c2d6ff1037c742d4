package net.pangea.holding;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.PeerMessage.Mark;
import org.jspecify.annotations.Nullable;

/**
 * The objects whose manifests are here, in memory. What is claimed of them is charged to their owners. Any task may use
 * it; who changes an object holds its turn.
 */
final class ObjectTable {
    /** Some hundred bytes of memory each. */
    static final int OBJECTS_MAX = 1 << 22;

    private final Accounts accounts;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final Map<Sha256, HeldObject> objects = new HashMap<>(); // for looking up only: this is done all the time
    private final TreeSet<Sha256> inOrder = new TreeSet<>();
    private final Map<Sha256, Sha256> byPlacement = new HashMap<>(); // for looking up only

    private final ChangeLog changes;

    ObjectTable(Accounts accounts, ChangeLog changes) {
        this.accounts = accounts;
        this.changes = changes;
    }

    Optional<HeldObject> get(Sha256 object) {
        lock.lock();
        try {
            return Optional.ofNullable(objects.get(object));
        } finally {
            lock.unlock();
        }
    }

    /** {@return the object that has this placement key} */
    Optional<Sha256> at(Sha256 placementKey) {
        lock.lock();
        try {
            return Optional.ofNullable(byPlacement.get(placementKey));
        } finally {
            lock.unlock();
        }
    }

    void put(Sha256 object, HeldObject held) {
        lock.lock();
        try {
            HeldObject before = objects.put(object, held);
            if (before == null) {
                inOrder.add(object);
            }
            byPlacement.put(held.placementKey(), object);
            if (before == null || !before.holding().equals(held.holding())) {
                changes.note(object);
            }
            accounts.change(held.owner(), held.bytes() - (before == null ? 0 : before.bytes()));
        } finally {
            lock.unlock();
        }
    }

    void remove(Sha256 object) {
        lock.lock();
        try {
            HeldObject before = objects.remove(object);
            if (before != null) {
                inOrder.remove(object);
                byPlacement.remove(before.placementKey());
                changes.note(object);
                accounts.change(before.owner(), -before.bytes());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * What has changed.
     *
     * @param mark up to where; what is looked up after this was made is at least as new
     * @param objects each object that has changed, once; nothing if that is not known, or too much
     */
    record Changed(Mark mark, Optional<SequencedSet<Sha256>> objects) {}

    Changed changedSince(Mark mark) {
        lock.lock();
        try {
            return new Changed(changes.mark(), changes.since(mark));
        } finally {
            lock.unlock();
        }
    }

    /** {@return ids in order} */
    List<Sha256> page(Optional<Sha256> after, int max) {
        lock.lock();
        try {
            List<Sha256> page = new ArrayList<>();
            Sha256 next = after.isPresent() ? inOrder.higher(after.get()) : first();
            while (next != null && page.size() < max) {
                page.add(next);
                next = inOrder.higher(next);
            }
            return page;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Sha256 first() {
        return inOrder.isEmpty() ? null : inOrder.first();
    }

    int size() {
        lock.lock();
        try {
            return objects.size();
        } finally {
            lock.unlock();
        }
    }
}
