package net.pangea.machine.system;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.pangea.machine.DiskFailure;

/**
 * The locks that this process holds.
 *
 * <p>Static, because the system's locks are per process too: POSIX drops a process's lock on a file as soon as
 * it closes <em>any</em> handle of that file. A second attempt must therefore be refused before it opens the file.
 */
final class HeldLocks {
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private HeldLocks() {}

    /**
     * Takes the lock.
     *
     * @param file its real path
     * @param opening opens the file to be locked
     * @throws DiskFailure LOCKED if this or another process has it
     */
    static Held take(Path file, IoThreads.Call<FileChannel> opening) throws IOException {
        if (!HELD.add(file)) {
            throw locked(file);
        }
        boolean taken = false;
        try {
            FileChannel channel = opening.run();
            try {
                taken = tryLock(channel);
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
            if (!taken) {
                throw locked(file);
            }
            return new Held(file, channel);
        } finally {
            if (!taken) {
                HELD.remove(file);
            }
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // the same file by another path
        }
    }

    private static DiskFailure locked(Path file) {
        return new DiskFailure(DiskFailure.Kind.LOCKED, "lock " + file);
    }

    /** A lock that this process holds; closing the channel releases the system's part of it. */
    record Held(Path file, FileChannel channel) {

        void release() throws IOException {
            try {
                channel.close();
            } finally {
                HELD.remove(file);
            }
        }
    }
}
