package net.pangea.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;
import net.pangea.machine.GroupCommit;
import net.pangea.machine.RandomStream;
import net.pangea.store.Batch.Purpose;
import net.pangea.store.StoreFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Appends batches to the log. Tasks that wait together share one write and one sync: whoever comes first writes for all
 * who have come meanwhile. So at any time at most one group is written and not yet synced, and it is the last thing in
 * the last file.
 *
 * <p>After a failed write or sync the file is given up where it was durable: the next file begins with a SEAL that says
 * so, and the group is written there once more. Any task may call it.
 */
final class LogWriter {
    /** New files tried for one group: a disk that fails three in a row fails. */
    private static final int ATTEMPTS = 3;

    /** Bounds the summary, whose rows have to fit into one record. */
    private static final int GROUP_RECORDS_MAX = 1 << 16;

    private final StoreFiles files;
    private final StoreSettings settings;
    private final Index index;
    private final Handles handles;
    private final RandomStream nonces;
    private final SpareFile spare;

    private final GroupCommit commits = GroupCommit.of(this::writeQueued);
    private final ReentrantLock queueLock = new ReentrantLock();
    private final ArrayDeque<Batch> queue = new ArrayDeque<>(); // guarded by queueLock

    private final ReentrantLock writing = new ReentrantLock();
    // Guarded by writing.
    private final TreeMap<Integer, Integer> seals = new TreeMap<>();
    private @Nullable ActiveFile active;
    private int nextNumber;
    private boolean closed;

    /**
     * @param nextNumber of the next file: higher than that of any there is
     */
    LogWriter(
            StoreFiles files,
            StoreSettings settings,
            Index index,
            Handles handles,
            RandomStream nonces,
            int nextNumber) {
        this.files = files;
        this.settings = settings;
        this.index = index;
        this.handles = handles;
        this.nonces = nonces;
        this.spare = new SpareFile(files, settings);
        this.nextNumber = nextNumber;
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
            failOpen(taken, Kind.BROKEN, String.valueOf(e.getMessage()));
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
            failOpen(List.of(batch), Kind.BROKEN, String.valueOf(e.getMessage()));
        } finally {
            writing.unlock();
        }
    }

    private static void failOpen(List<Batch> batches, Kind kind, String what) {
        batches.stream().filter(Batch::isOpen).forEach(batch -> batch.fail(kind, what));
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
                if (!group.isEmpty() && (total > GROUP_RECORDS_MAX || !fits(sectors + batch.sectors() + summary))) {
                    commit(group);
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
        commit(group);
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

    private boolean fits(int sectors) {
        ActiveFile file = active;
        return file == null ? sectors < settings.logFileSectors() : file.hasRoomFor(sectors);
    }

    private void commit(List<Batch> group) {
        List<Batch> left = new ArrayList<>(group);
        String reason = "";
        for (int attempt = 0; attempt < ATTEMPTS && !left.isEmpty(); attempt++) {
            try {
                writeDurably(left);
                return;
            } catch (DiskFailure e) {
                reason = String.valueOf(e.getMessage());
                if (e.kind() == DiskFailure.Kind.NO_SPACE) {
                    Kind refusal = takeBack() ? Kind.FULL : Kind.BROKEN;
                    String what = reason;
                    left.stream()
                            .filter(batch -> batch.purpose() != Purpose.ERASE)
                            .forEach(batch -> batch.fail(refusal, what));
                    left.removeIf(batch -> !batch.isOpen());
                    if (!left.isEmpty() && !beginSpare(left)) {
                        failOpen(left, refusal, reason);
                        return;
                    }
                } else {
                    giveUpFile();
                }
            }
        }
        failOpen(left, Kind.BROKEN, reason);
    }

    private void writeDurably(List<Batch> group) {
        ActiveFile file = fileFor(group);
        List<Batch> all = new ArrayList<>();
        boolean fresh = file.isFresh();
        if (fresh) {
            seals.forEach((number, end) -> all.add(new Batch(Purpose.COPY, false, List.of(Draft.seal(number, end)))));
        }
        all.addAll(group);
        List<Row> rows = file.write(all);
        file.sync();
        if (fresh) {
            files.syncDirectory();
            seals.clear();
        }
        file.durable(rows);
        var _ = index.ofFile(file.number(), known -> {
            known.endsAt(file.durableSector());
            return true;
        });
        index.add(rows, false);
        group.forEach(Batch::succeed);
    }

    private ActiveFile fileFor(List<Batch> group) {
        ActiveFile file = active;
        if (file != null && !file.hasRoomFor(sectorsOf(group) + (file.isFresh() ? seals.size() : 0))) {
            endFile(file);
            file = null;
        }
        return file == null ? begin() : file;
    }

    /** {@return what a group takes with its summary} */
    private static int sectorsOf(List<Batch> group) {
        int records = group.stream().mapToInt(batch -> batch.drafts().size()).sum();
        int names = group.stream()
                .flatMap(batch -> batch.drafts().stream())
                .mapToInt(Draft::nameBytes)
                .sum();
        return group.stream().mapToInt(Batch::sectors).sum() + ActiveFile.summarySectors(records, names);
    }

    private ActiveFile begin() {
        int number = nextNumber++;
        return begin(
                number, files.disk().open(files.log(number), Disk.Mode.CREATE_NEW), settings.logFileSectors(), false);
    }

    private ActiveFile begin(int number, DiskFile file, int limitSectors, boolean isSpare) {
        ActiveFile begun = new ActiveFile(number, nonces.nextLong(), file, limitSectors, isSpare);
        handles.adopt(number, file);
        LogFile known = new LogFile(number, begun.nonce());
        known.growTo(isSpare ? settings.spareBytes() : RecordFormat.SECTOR_BYTES);
        index.addFile(known);
        active = begun;
        return begun;
    }

    /** Goes on in the spare file, whose sectors the disk has given already. */
    private boolean beginSpare(List<Batch> group) {
        ActiveFile file = active;
        int sealsThen = seals.size() + (file == null ? 0 : 1);
        if (!spare.isThere() || 1 + sectorsOf(group) + sealsThen > settings.spareSectors()) {
            return false;
        }
        if (file != null) {
            endFile(file);
        }
        int number = nextNumber++;
        Optional<DiskFile> adopted = spare.take(number);
        adopted.ifPresent(opened -> begin(number, opened, settings.spareSectors(), true));
        return adopted.isPresent();
    }

    /** The disk is full: what was written of the group in vain is taken back, durably, before anybody is refused. */
    private boolean takeBack() {
        ActiveFile file = active;
        if (file == null) {
            return true;
        }
        try {
            file.undo();
            if (file.isSpare()) {
                giveUpFile(); // its sectors are given back, so it is like any other file now, on a full disk
            }
            return true;
        } catch (DiskFailure e) {
            giveUpFile();
            return false;
        }
    }

    /** The file may hold anything beyond its durable part; that part is all that counts of it. */
    private void giveUpFile() {
        ActiveFile file = active;
        if (file != null) {
            endFile(file);
        }
    }

    private void endFile(ActiveFile file) {
        active = null;
        var _ = seals.put(file.number(), file.durableSector());
        if (!file.isFresh()) {
            hintOf(file).write(files);
        }
        handles.written(file.number());
    }

    private static Hint hintOf(ActiveFile file) {
        return new Hint(file.number(), file.nonce(), file.durableSector(), List.copyOf(file.rows()));
    }

    /** Lets the next file say where others end. */
    void sealLater(Map<Integer, Integer> ends) {
        writing.lock();
        try {
            seals.putAll(ends);
        } finally {
            writing.unlock();
        }
    }

    /** {@return the number of the file that is written now, 0 if none is} */
    int activeNumber() {
        writing.lock();
        try {
            ActiveFile file = active;
            return file == null ? 0 : file.number();
        } finally {
            writing.unlock();
        }
    }

    /** Writes the spare file if there is none and there is room. */
    void provideSpare() {
        writing.lock();
        try {
            spare.provide();
        } finally {
            writing.unlock();
        }
    }

    /** Ends the file in good order. Idempotent. */
    void close() {
        writing.lock();
        try {
            ActiveFile file = active;
            if (!closed && file != null) {
                seal(file);
                handles.written(file.number());
            }
            closed = true;
        } finally {
            writing.unlock();
        }
    }

    private void seal(ActiveFile file) {
        if (!file.isFresh()) {
            try {
                file.sealItself();
                hintOf(file).write(files);
            } catch (DiskFailure e) {
                return; // what is durable stays so, and the next start finds out where that ends
            }
        }
    }
}
