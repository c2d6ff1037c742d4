package net.pangea.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;
import net.pangea.machine.RandomStream;
import net.pangea.store.Batch.Purpose;
import net.pangea.store.StoreFailure.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The end of the log: the file that is written now, which begins and ends as it must, and the ends of files that no other
 * has sealed yet. Owned by the task that writes.
 *
 * <p>After a failed write or sync the file is given up where it was durable: the next file begins with a SEAL that says
 * so, and the group is written there once more.
 */
final class LogTail {
    /** New files tried for one group: a disk that fails three in a row fails. */
    private static final int ATTEMPTS = 3;

    private final StoreFiles files;
    private final StoreSettings settings;
    private final Index index;
    private final Handles handles;
    private final RandomStream nonces;
    private final SpareFile spare;
    private final TreeMap<Integer, Integer> seals = new TreeMap<>();
    private @Nullable ActiveFile active;
    private int nextNumber;

    /**
     * @param nextNumber of the next file: higher than that of any there is
     */
    LogTail(
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

    /** {@return whether a group of that many sectors, with its summary, fits into the file that is written now} */
    boolean fits(int sectors) {
        ActiveFile file = active;
        return file == null ? sectors < settings.logFileSectors() : file.hasRoomFor(sectors);
    }

    /** Writes a group, after which every batch of it says what became of it. */
    void commit(List<Batch> group) {
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
                        Batch.failOpen(left, refusal, reason);
                        return;
                    }
                } else {
                    giveUpFile();
                }
            }
        }
        Batch.failOpen(left, Kind.BROKEN, reason);
    }

    private void writeDurably(List<Batch> group) {
        ActiveFile file = fileFor(group);
        List<Batch> all = new ArrayList<>();
        boolean fresh = file.isFresh();
        if (fresh && !seals.isEmpty()) {
            // All or none: an end that is cut off may undo what stands in another.
            List<Draft> ends = new ArrayList<>();
            seals.forEach((number, end) -> ends.add(Draft.seal(number, end)));
            all.add(new Batch(Purpose.COPY, true, ends));
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
        seals.putAll(ends);
    }

    /** Writes the spare file if there is none and there is room. */
    void provideSpare() {
        spare.provide();
    }

    /** Ends the file in good order; nothing is written after that. */
    void close() {
        ActiveFile file = active;
        if (file != null) {
            seal(file);
            handles.written(file.number());
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
