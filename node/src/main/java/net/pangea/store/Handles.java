package net.pangea.store;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;
import org.jspecify.annotations.Nullable;

/**
 * Log files that are open: those in use, and some that were used last. One that is deleted while a task reads it stays
 * open for that task. Any task may call it.
 */
final class Handles {
    /** Well below what systems grant a process. */
    private static final int IDLE_MAX = 64;

    private final StoreFiles files;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock; the one that was used last comes last.
    private final LinkedHashMap<Integer, Handle> open = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    private static final class Handle {
        private final DiskFile file;
        private int users;
        private boolean retired;

        Handle(DiskFile file) {
            this.file = file;
        }
    }

    Handles(StoreFiles files) {
        this.files = files;
    }

    /** {@return what {@code use} makes of a log file} */
    <T extends @Nullable Object> T with(int number, Function<DiskFile, T> use) {
        Handle handle = acquire(number);
        try {
            return use.apply(handle.file);
        } finally {
            release(handle);
        }
    }

    /** Takes over a new file that somebody writes, who uses it until {@link #written}. */
    void adopt(int number, DiskFile file) {
        lock.lock();
        try {
            Handle handle = new Handle(file);
            handle.users++;
            var _ = open.put(number, handle);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody writes the file any more. */
    void written(int number) {
        Handle handle;
        lock.lock();
        try {
            handle = open.get(number);
        } finally {
            lock.unlock();
        }
        if (handle != null) {
            release(handle);
        }
    }

    /** The file is deleted, or about to be. */
    void retire(int number) {
        lock.lock();
        try {
            Handle handle = open.remove(number);
            if (handle != null) {
                handle.retired = true;
                closeIfUnused(handle);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Opening waits for the disk while it holds the lock: others would most often open the same file. */
    private Handle acquire(int number) {
        lock.lock();
        try {
            if (closed) {
                throw new DiskFailure(DiskFailure.Kind.CLOSED, "use of a store");
            }
            Handle handle = open.get(number);
            if (handle == null) {
                handle = new Handle(files.disk().open(files.log(number), Disk.Mode.READ));
                var _ = open.put(number, handle);
            }
            handle.users++;
            return handle;
        } finally {
            lock.unlock();
        }
    }

    private void release(Handle handle) {
        lock.lock();
        try {
            handle.users--;
            closeIfUnused(handle);
            closeOldest();
        } finally {
            lock.unlock();
        }
    }

    private static void closeIfUnused(Handle handle) {
        if (handle.retired && handle.users == 0) {
            handle.file.close();
        }
    }

    private void closeOldest() {
        List<Integer> idle = new ArrayList<>();
        for (Map.Entry<Integer, Handle> entry : open.entrySet()) {
            if (entry.getValue().users == 0) {
                idle.add(entry.getKey());
            }
        }
        for (int i = 0; i < idle.size() - IDLE_MAX; i++) {
            Handle handle = open.remove(idle.get(i));
            if (handle != null) {
                handle.file.close();
            }
        }
    }

    /** Closes all; those in use when their users are done. */
    void close() {
        lock.lock();
        try {
            closed = true;
            for (Handle handle : open.values()) {
                handle.retired = true;
                closeIfUnused(handle);
            }
            open.clear();
        } finally {
            lock.unlock();
        }
    }
}
