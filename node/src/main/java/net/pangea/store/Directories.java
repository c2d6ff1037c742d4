package net.pangea.store;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.GroupCommit;

/**
 * The directories of a store: made when first needed, and synced once for all who wait. A directory whose sync
 * has failed takes no more entries until the store is opened again. Any task may call it.
 */
final class Directories {
    private final Disk disk;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; the root and every directory that is durable itself. At most 515 of them: the root, two kinds,
    // and 256 of each kind.
    private final Map<String, GroupCommit> commits = new TreeMap<>();

    Directories(Disk disk) {
        this.disk = disk;
    }

    /** Makes a directory, in a parent that is there, and makes it durable; at once if that was done before. */
    void require(String directory) throws InterruptedException {
        if (isDurable(directory)) {
            return;
        }
        if (disk.typeOf(directory) == Disk.Type.NOTHING) {
            try {
                disk.createDirectory(directory);
            } catch (DiskFailure e) {
                if (e.kind() != DiskFailure.Kind.ALREADY_EXISTS) {
                    throw e;
                }
            }
        }
        commitOf(parent(directory)).commit(); // also if it was there: whoever made it may have crashed before this
        GroupCommit _ = commitOf(directory);
    }

    /** Returns once every name that was made in the directory, which was required, before this call is durable. */
    void sync(String directory) throws InterruptedException {
        commitOf(directory).commit();
    }

    private boolean isDurable(String directory) {
        lock.lock();
        try {
            return commits.containsKey(directory);
        } finally {
            lock.unlock();
        }
    }

    private GroupCommit commitOf(String directory) {
        lock.lock();
        try {
            return commits.computeIfAbsent(directory, name -> new GroupCommit(() -> disk.syncDirectory(name)));
        } finally {
            lock.unlock();
        }
    }

    private static String parent(String directory) {
        int slash = directory.lastIndexOf('/');
        return slash < 0 ? "" : directory.substring(0, slash);
    }
}
