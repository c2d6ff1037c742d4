package net.pangea.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets many tasks share one sync of one file or directory: those who ask while a sync runs are served by the next one.
 *
 * <p>A sync covers the writes that were done before it began, so a caller whose write ended after that waits
 * for the following sync. A failed sync fails every caller it was to serve, and every later one too: the
 * unsynced data is unknown, so the file is to be recovered, not synced again.
 *
 * <p>Each caller waits for a signal of its own, and whoever has synced gives all of them at once, the next one to sync
 * last. With one condition for all, each would wake the one behind it when it has the lock, the next sync would begin
 * when two or three are awake, and serve those alone: half of all syncs, of 32 tasks that do nothing but commit.
 *
 * <p>Source: group commit, as in DeWitt et al., "Implementation Techniques for Main Memory Database Systems",
 * SIGMOD 1984, section 5.
 */
public final class GroupCommit {
    private final Sync sync;
    private final ReentrantLock lock = new ReentrantLock();
    // Guarded by lock.
    private final List<Caller> waiting = new ArrayList<>();
    private final List<Caller> covered = new ArrayList<>();
    private boolean syncing;
    private boolean failed;

    /** What is shared. */
    @FunctionalInterface
    public interface Sync {
        /**
         * Makes durable what was done before {@code begin} ran.
         *
         * @param begin to be run, after which callers wait for the next sync; run again, it covers those too
         */
        void run(Runnable begin);
    }

    /** Who asks. */
    private static final class Caller {
        private final CountDownLatch signal = new CountDownLatch(1);
        // Guarded by lock.
        private boolean leads;
        private boolean served;
    }

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
        this(begin -> {
            begin.run();
            sync.run();
        });
    }

    private GroupCommit(Sync sync) {
        this.sync = sync;
    }

    /** {@return one that shares the calls of {@code sync}, which says itself whom it covers} */
    public static GroupCommit of(Sync sync) {
        return new GroupCommit(sync);
    }

    /**
     * Returns once everything that was written before this call is durable.
     *
     * @throws DiskFailure IO_ERROR, now and for ever after a failed sync
     */
    public void commit() throws InterruptedException {
        Caller caller = new Caller();
        boolean idle;
        lock.lockInterruptibly();
        try {
            requireUsable();
            waiting.add(caller);
            idle = !syncing;
            syncing = true;
        } finally {
            lock.unlock();
        }
        if (idle || awaitTurn(caller)) {
            lead();
        }
    }

    /** {@return whether it is this task that syncs; otherwise it was served} */
    private boolean awaitTurn(Caller caller) throws InterruptedException {
        try {
            caller.signal.await();
        } catch (InterruptedException e) {
            leave(caller);
            throw e;
        }
        lock.lock();
        try {
            if (!caller.served) {
                requireUsable();
            }
            return !caller.served;
        } finally {
            lock.unlock();
        }
    }

    private void leave(Caller caller) {
        Optional<Caller> next = Optional.empty();
        lock.lock();
        try {
            boolean waited = waiting.remove(caller);
            if (waited && caller.leads) {
                next = chooseNext();
            }
        } finally {
            lock.unlock();
        }
        next.ifPresent(other -> other.signal.countDown());
    }

    /** Syncs for all who wait, then leaves that to the next one. */
    private void lead() {
        boolean synced = false;
        try {
            sync.run(this::begin);
            synced = true;
        } finally {
            end(synced);
        }
    }

    private void begin() {
        lock.lock();
        try {
            covered.addAll(waiting);
            waiting.clear();
        } finally {
            lock.unlock();
        }
    }

    private void end(boolean synced) {
        List<Caller> toSignal = new ArrayList<>();
        lock.lock();
        try {
            covered.forEach(caller -> caller.served = synced);
            toSignal.addAll(covered);
            covered.clear();
            failed |= !synced;
            if (failed) {
                toSignal.addAll(waiting);
                waiting.clear();
            }
            chooseNext().ifPresent(toSignal::add);
        } finally {
            lock.unlock();
        }
        toSignal.forEach(caller -> caller.signal.countDown());
    }

    private Optional<Caller> chooseNext() {
        Optional<Caller> next = waiting.stream().findFirst();
        next.ifPresent(caller -> caller.leads = true);
        syncing = next.isPresent();
        return next;
    }

    private void requireUsable() {
        if (failed) {
            throw new DiskFailure(DiskFailure.Kind.IO_ERROR, "an earlier sync failed, the file is to be recovered");
        }
    }
}
