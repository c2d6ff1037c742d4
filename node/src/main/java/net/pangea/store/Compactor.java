package net.pangea.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.machine.DiskFailure;
import net.pangea.store.Batch.Purpose;

/**
 * Gives the room of superseded and removed entries back: what still counts in a log file is copied to the end of the log,
 * then the file is deleted. Until then originals and copies are the same records with the same sequences, so a
 * crash at any moment changes nothing.
 *
 * <p>A tombstone is copied as long as any other record of its key is left on the disk, and so no removed entry comes
 * back; the deletion of a file is made durable before its records count as gone.
 *
 * <p>Source: the cleaner of Rosenblum and Ousterhout, "The Design and Implementation of a Log-Structured File
 * System", ACM TOCS 1992, section 3; Bitcask's merge.
 */
final class Compactor {
    /** Copies are written in steps, so that others' writes come in between. */
    private static final int STEP_BYTES = 1 << 20;

    /** A file is worth it when this part of it is garbage: copying three bytes frees one. */
    private static final int GARBAGE_PART = 4;

    /** When room is scarce, less garbage has to do. */
    private static final int SCARCE_GARBAGE_PART = 32;

    /** A file of less than this part of the usual size is small, as every restart may leave one. */
    private static final int SMALL_PART = 8;

    private static final int SMALL_FILES_MAX = 16;

    private final StoreFiles files;
    private final StoreSettings settings;
    private final Index index;
    private final Handles handles;
    private final LogWriter writer;
    private final ReentrantLock compacting = new ReentrantLock();
    // Guarded by compacting: files that could not be compacted since the store was opened.
    private final Set<Integer> failed = new TreeSet<>();

    Compactor(StoreFiles files, StoreSettings settings, Index index, Handles handles, LogWriter writer) {
        this.files = files;
        this.settings = settings;
        this.index = index;
        this.handles = handles;
        this.writer = writer;
    }

    /** {@return whether a file was compacted} */
    boolean compact() throws InterruptedException {
        if (!compacting.tryLock()) {
            return false;
        }
        try {
            long room = files.disk().freeBytes() - settings.spareBytes();
            boolean scarce = room < 2 * settings.reserveBytes();
            Optional<LogFile> victim = index.ofFiles(known -> victim(known, room, scarce));
            return victim.isPresent() && compact(victim.get());
        } finally {
            compacting.unlock();
        }
    }

    /** The last file is left alone: it may be in use, and its number shows that lower ones are taken. */
    private Optional<LogFile> victim(Collection<LogFile> known, long room, boolean scarce) {
        int last = known.stream().mapToInt(LogFile::number).max().orElse(0);
        List<LogFile> able = known.stream()
                .filter(file -> file.number() < last && !failed.contains(file.number()) && file.liveBytes() <= room)
                .toList();
        Optional<LogFile> worst = able.stream()
                .filter(file -> file.garbageBytes()
                        >= Math.max(1, file.fileBytes() / (scarce ? SCARCE_GARBAGE_PART : GARBAGE_PART)))
                .max(Comparator.comparingLong(LogFile::garbageBytes));
        if (worst.isPresent()) {
            return worst;
        }
        List<LogFile> small = able.stream()
                .filter(file -> file.fileBytes() < settings.logFileBytes() / SMALL_PART)
                .toList();
        return small.size() > SMALL_FILES_MAX
                ? small.stream().min(Comparator.comparingLong(LogFile::fileBytes))
                : Optional.empty();
    }

    private boolean compact(LogFile victim) throws InterruptedException {
        int number = victim.number();
        try {
            int end = index.ofFile(number, LogFile::endSector).orElse(0);
            List<Row> rows = Recovery.rowsOf(files, handles, number, end);
            if (rows.size() > index.ofFile(number, LogFile::rows).orElse(0)) {
                failed.add(number); // some could not be read when the store was opened: the next start hears them
                return false;
            }
            copy(rows, new Copies(index, new EntryReader(index, handles), rows));
            copyUntold(number, rows);
            delete(number, rows);
            return true;
        } catch (DiskFailure e) {
            failed.add(number); // the originals are where they were
            return false;
        }
    }

    private void copy(List<Row> rows, Copies copies) throws InterruptedException {
        List<Draft> drafts = new ArrayList<>();
        long bytes = 0;
        for (Row row : rows) {
            Optional<Draft> draft = copies.isNeeded(row) ? copies.copy(row) : Optional.empty();
            draft.ifPresent(drafts::add);
            bytes += draft.isPresent() ? row.diskBytes() : 0;
            if (bytes >= STEP_BYTES) {
                write(drafts);
                bytes = 0;
            }
        }
        write(drafts);
    }

    private void write(List<Draft> drafts) throws InterruptedException {
        if (!drafts.isEmpty()) {
            writer.append(new Batch(Purpose.COPY, false, drafts));
            drafts.clear();
        }
    }

    /** Records of which the file itself does not tell any more, since their headers have rotted meanwhile. */
    private void copyUntold(int number, List<Row> rows) throws InterruptedException {
        if (index.ofFile(number, LogFile::liveRecords).orElse(0) > 0) {
            Set<Integer> told = new TreeSet<>();
            rows.forEach(row -> told.add(row.sector()));
            List<Row> untold = index.currentIn(number).stream()
                    .filter(row -> !told.contains(row.sector()))
                    .toList();
            copy(untold, new Copies(index, new EntryReader(index, handles), List.of()));
        }
    }

    private void delete(int number, List<Row> rows) {
        boolean known = index.ofFile(number, file -> file.rows() == rows.size()).orElse(false);
        if (files.exists(files.hint(number))) {
            files.disk().delete(files.hint(number));
        }
        files.disk().delete(files.log(number));
        handles.retire(number);
        files.syncDirectory();
        index.removeFile(number);
        if (known) {
            // Otherwise it is not sure which records are gone: tombstones of these keys stay until the next start.
            index.forget(rows);
        }
    }
}
