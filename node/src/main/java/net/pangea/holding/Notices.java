package net.pangea.holding;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Sha256;
import net.pangea.holding.Acceptance.Standing;
import net.pangea.keys.OwnerId;
import net.pangea.protocol.PeerMessage.Refusal;

/**
 * What owners have told a holder of objects it does not keep, in memory: deletions, and where their catalogues are. Any
 * task may use it.
 *
 * <p>Whose object a deletion names cannot be verified without the manifest, so each owner's word is remembered for
 * itself, and counts once a manifest of that owner turns up.
 */
final class Notices {
    /** Deletions of one owner. */
    static final int DELETIONS_MAX = 65_536;

    /** Deletions, and pointers, of all unknown owners together. */
    static final int UNKNOWN_MAX = 1_024;

    /** Pointers of all owners. */
    static final int POINTERS_MAX = 65_536;

    /** An owner's word that an object is deleted. */
    record Deletion(Sha256 object, OwnerId owner, long sequence, long expiresMillis) {}

    /** Where an owner's catalogue is said to be. */
    record Pointer(OwnerId owner, long sequence, long expiresMillis) {}

    private record Name(Sha256 object, OwnerId owner) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int order = object.compareTo(other.object);
            return order != 0 ? order : owner.compareTo(other.owner);
        }
    }

    private final Acceptance acceptance;
    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by lock.
    private final TreeMap<Name, Deletion> deletions = new TreeMap<>();
    private final TreeMap<OwnerId, Integer> counts = new TreeMap<>();
    private final TreeMap<OwnerId, Pointer> pointers = new TreeMap<>();
    private int unknownDeletions;
    private int unknownPointers;

    Notices(Acceptance acceptance) {
        this.acceptance = acceptance;
    }

    Optional<Deletion> deletion(Sha256 object, OwnerId owner) {
        lock.lock();
        try {
            return Optional.ofNullable(deletions.get(new Name(object, owner)));
        } finally {
            lock.unlock();
        }
    }

    List<Deletion> deletions() {
        lock.lock();
        try {
            return new ArrayList<>(deletions.values());
        } finally {
            lock.unlock();
        }
    }

    /** Remembers a deletion, which the store has or will have. */
    void put(Deletion deletion) {
        lock.lock();
        try {
            if (deletions.put(new Name(deletion.object(), deletion.owner()), deletion) == null) {
                count(deletion.owner(), 1);
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(Sha256 object, OwnerId owner) {
        lock.lock();
        try {
            if (deletions.remove(new Name(object, owner)) != null) {
                count(owner, -1);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses an owner of whom too many deletions are remembered. */
    void requireRoomForDeletion(OwnerId owner) {
        lock.lock();
        try {
            Rejection.unless(
                    counts.getOrDefault(owner, 0) < DELETIONS_MAX
                            && (!isUnknown(owner) || unknownDeletions < UNKNOWN_MAX),
                    Refusal.QUOTA_EXCEEDED,
                    "too many deletions of objects that are not here; ask the peers that hold them");
        } finally {
            lock.unlock();
        }
    }

    /** {@return the sequence of the owner's newest pointer} */
    OptionalLong pointer(OwnerId owner) {
        lock.lock();
        try {
            Pointer pointer = pointers.get(owner);
            return pointer == null ? OptionalLong.empty() : OptionalLong.of(pointer.sequence());
        } finally {
            lock.unlock();
        }
    }

    List<Pointer> pointers() {
        lock.lock();
        try {
            return new ArrayList<>(pointers.values());
        } finally {
            lock.unlock();
        }
    }

    void putPointer(OwnerId owner, long sequence, long expiresMillis) {
        lock.lock();
        try {
            if (pointers.put(owner, new Pointer(owner, sequence, expiresMillis)) == null && isUnknown(owner)) {
                unknownPointers++;
            }
        } finally {
            lock.unlock();
        }
    }

    void removePointer(OwnerId owner) {
        lock.lock();
        try {
            if (pointers.remove(owner) != null && isUnknown(owner)) {
                unknownPointers--;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Refuses a pointer of an owner who has none yet, if there are too many. */
    void requireRoomForPointer(OwnerId owner) {
        lock.lock();
        try {
            Rejection.unless(
                    pointers.containsKey(owner)
                            || (pointers.size() < POINTERS_MAX && (!isUnknown(owner) || unknownPointers < UNKNOWN_MAX)),
                    Refusal.QUOTA_EXCEEDED,
                    "too many owners have their pointers here; ask another peer");
        } finally {
            lock.unlock();
        }
    }

    private void count(OwnerId owner, int more) {
        int now = counts.getOrDefault(owner, 0) + more;
        if (now == 0) {
            counts.remove(owner);
        } else {
            counts.put(owner, now);
        }
        if (isUnknown(owner)) {
            unknownDeletions += more;
        }
    }

    private boolean isUnknown(OwnerId owner) {
        return acceptance.standing(owner) == Standing.UNKNOWN;
    }
}
