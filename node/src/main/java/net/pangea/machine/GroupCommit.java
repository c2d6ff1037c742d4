package net.pangea.machine;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets many tasks share one sync of one file or directory: those who ask while a sync runs are served by the next one.
 *
 * <p>A sync covers the writes that were done before it began, so a caller whose write ended after that waits
 * for the following sync. A failed sync fails every caller it was to serve, and every later one too: the
 * unsynced data is unknown, so the file is to be recovered, not synced again.
 *
 * <p>Source: group commit, as in DeWitt et al., "Implementation Techniques for Main Memory Database Systems",
 * SIGMOD 1984, section 5.
 */
public final class GroupCommit {
    private final Runnable sync;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by lock.
    private long begun;
    private long done;
    private boolean failed;

    /** Shares the syncs of a file. */
    public GroupCommit(DiskFile file) {
        this(file::sync);
    }

    /**
     * Shares the calls of {@code sync}.
     *
     * @param sync makes durable what was done before it; a {@link Disk#syncDirectory}, for instance
     */
    public GroupCommit(Runnable sync) {
        this.sync = sync;
    }

    /**
     * Returns once everything that was written before this call is durable.
     *
     * @throws DiskFailure IO_ERROR, now and for ever after a failed sync
     */
    public void commit() throws InterruptedException {
        long needed;
        lock.lockInterruptibly();
        try {
            needed = begun + 1;
            while (!failed && done < needed && begun > done) {
                changed.await();
            }
            requireUsable();
            if (done >= needed) {
                return;
            }
            begun++; // nobody syncs now, so this task does, for all who wait
        } finally {
            lock.unlock();
        }
        boolean synced = false;
        try {
            sync.run();
            synced = true;
        } finally {
            lock.lock();
            try {
                done = begun;
                failed |= !synced;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    private void requireUsable() {
        if (failed) {
            throw new DiskFailure(DiskFailure.Kind.IO_ERROR, "an earlier sync failed, the file is to be recovered");
        }
    }
}
