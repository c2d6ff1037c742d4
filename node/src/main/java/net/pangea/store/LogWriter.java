package net.pangea.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.GroupCommit;
import net.pangea.store.StoreFailure.Kind;

/**
 * Appends batches to the log. Tasks that wait together share one write and one sync: whoever comes first writes for all
 * who have come meanwhile. So at any time at most one group is written and not yet synced, and it is the last thing in
 * the last file.
 *
 * <p>Any task may call it.
 */
final class LogWriter {
    /** Bounds the summary, whose rows have to fit into one record. */
    private static final int GROUP_RECORDS_MAX = 1 << 16;

    private final StoreFiles files;
    private final StoreSettings settings;
    private final Index index;

    private final GroupCommit commits = GroupCommit.of(this::writeQueued);
    private final ReentrantLock queueLock = new ReentrantLock();
    private final ArrayDeque<Batch> queue = new ArrayDeque<>(); // guarded by queueLock

    private final ReentrantLock writing = new ReentrantLock();
    // Guarded by writing.
    private final LogTail tail;
    private boolean closed;

    LogWriter(StoreFiles files, StoreSettings settings, Index index, LogTail tail) {
        this.files = files;
        this.settings = settings;
        this.index = index;
        this.tail = tail;
    }

    /**
     * Returns once the batch is durable and in the index.
     *
     * @throws StoreFailure if it is not
     * @throws InterruptedException if the task was stopped while it waited: it may be durable or not
     */
    void append(Batch batch) throws InterruptedException {
        queueLock.lock();
        try {
            queue.add(batch);
        } finally {
            queueLock.unlock();
        }
        try {
            commits.commit();
        } catch (DiskFailure e) {
            throw new StoreFailure(Kind.BROKEN, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            withdraw(batch);
            throw e;
        }
        batch.requireDone();
    }

    private void withdraw(Batch batch) {
        queueLock.lock();
        try {
            boolean _ = queue.remove(batch);
        } finally {
            queueLock.unlock();
        }
    }

    private void writeQueued(Runnable begin) {
        List<Batch> taken = new ArrayList<>();
        writing.lock();
        try {
            // To ask the disk takes long enough for those to come that the sync before has just served.
            Room room = Room.of(files.disk(), settings, index);
            begin.run();
            drainTo(taken);
            write(taken, room);
        } catch (DiskFailure e) {
            begin.run();
            drainTo(taken);
            Batch.failOpen(taken, Kind.BROKEN, String.valueOf(e.getMessage()));
        } finally {
            writing.unlock();
        }
    }

    private void drainTo(List<Batch> taken) {
        queueLock.lock();
        try {
            taken.addAll(queue);
            queue.clear();
        } finally {
            queueLock.unlock();
        }
    }

    /** Writes a batch without waiting for others; it then says what became of it. */
    void appendNow(Batch batch) {
        writing.lock();
        try {
            write(List.of(batch), Room.of(files.disk(), settings, index));
        } catch (DiskFailure e) {
            Batch.failOpen(List.of(batch), Kind.BROKEN, String.valueOf(e.getMessage()));
        } finally {
            writing.unlock();
        }
    }

    private void write(List<Batch> batches, Room room) {
        if (closed) {
            return;
        }
        Set<EntryKey> touched = new HashSet<>();
        List<Batch> group = new ArrayList<>();
        int sectors = 0;
        int records = 0;
        int names = 0;
        for (Batch batch : batches) {
            leaveOutStale(batch, touched);
            if (batch.drafts().isEmpty()) {
                batch.succeed();
            } else if (!room.takes(batch)) {
                batch.fail(Kind.FULL, room.refusal(batch));
            } else {
                int moreNames =
                        batch.drafts().stream().mapToInt(Draft::nameBytes).sum();
                int total = records + batch.drafts().size();
                int summary = ActiveFile.summarySectors(total, names + moreNames);
                if (!group.isEmpty()
                        && (total > GROUP_RECORDS_MAX || !tail.fits(sectors + batch.sectors() + summary))) {
                    tail.commit(group);
                    group.clear();
                    touched.clear();
                    sectors = 0;
                    records = 0;
                    names = 0;
                }
                group.add(batch);
                sectors += batch.sectors();
                records += batch.drafts().size();
                names += moreNames;
                batch.drafts().forEach(draft -> touched.add(draft.key()));
            }
        }
        tail.commit(group);
    }

    /** Whatever refers to a record is of use only if nothing newer has been written since that was looked at. */
    private void leaveOutStale(Batch batch, Set<EntryKey> touched) {
        if (batch.drafts().stream().anyMatch(draft -> draft.source().isPresent())) {
            batch.keepOnly(batch.drafts().stream()
                    .filter(draft -> draft.source()
                            .map(row -> index.isCurrent(row) && !touched.contains(draft.key()))
                            .orElse(true))
                    .toList());
        }
    }

    /** Lets the next file say where others end. */
    void sealLater(Map<Integer, Integer> ends) {
        writing.lock();
        try {
            tail.sealLater(ends);
        } finally {
            writing.unlock();
        }
    }

    /** Writes the spare file if there is none and there is room. */
    void provideSpare() {
        writing.lock();
        try {
            tail.provideSpare();
        } finally {
            writing.unlock();
        }
    }

    /** Ends the file in good order. Idempotent. */
    void close() {
        writing.lock();
        try {
            if (!closed) {
                tail.close();
            }
            closed = true;
        } finally {
            writing.unlock();
        }
    }
}
