package net.pangea.object;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.CataloguePointer;

/** A directory in memory of so many peers that all know the same, and can be told not to answer. */
final class FakeDirectory implements CatalogueDirectory {
    static final int PEERS = 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<OwnerId, CataloguePointer> pointers = new LinkedHashMap<>(); // guarded by lock

    /** How many do not answer. Of those that do, each knows all. */
    volatile int silent;

    /** Whether they take nothing, although they answer. */
    volatile boolean full;

    /** Is called before a pointer is taken. */
    volatile Runnable race = () -> {};

    @Override
    public int publish(CataloguePointer pointer) throws Outdated {
        race.run();
        lock.lock();
        try {
            if (full || silent == PEERS) {
                throw new ObjectFailure(ObjectFailure.Kind.NOT_ENOUGH_PEERS, "nobody took it");
            }
            CataloguePointer known = pointers.get(pointer.owner());
            if (known != null && known.supersedes(pointer)) {
                throw new Outdated();
            }
            pointers.put(pointer.owner(), pointer);
            return PEERS - silent;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Found find(OwnerId owner) {
        lock.lock();
        try {
            return new Found(
                    silent == PEERS ? Optional.empty() : Optional.ofNullable(pointers.get(owner)),
                    PEERS - silent,
                    silent);
        } finally {
            lock.unlock();
        }
    }

    /** Puts a pointer there, whatever was there before. */
    void put(CataloguePointer pointer) {
        lock.lock();
        try {
            pointers.put(pointer.owner(), pointer);
        } finally {
            lock.unlock();
        }
    }
}
