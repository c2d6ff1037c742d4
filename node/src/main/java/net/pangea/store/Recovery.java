package net.pangea.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import net.pangea.machine.DiskFile;

/**
 * Fills the index from the log files when a store is opened. Files are looked at from the last to the first, since how
 * far one counts stands in a later one. Owned by the task that opens the store.
 */
final class Recovery {
    private final StoreFiles files;
    private final Index index;
    private final TreeMap<Integer, Integer> seals = new TreeMap<>();
    private final List<Tail> tails = new ArrayList<>();
    private long quarantined;
    private long unfinished;

    /**
     * The last group of a file that nobody has sealed: it may have been acknowledged, and whether it is durable is
     * not known.
     *
     * @param end where what is known to be durable ends
     * @param rows of batches that are there completely
     * @param unreadable whether some of it could not be read, so that there may be more
     */
    record Tail(int number, int end, List<Row> rows, boolean unreadable) {}

    /**
     * What was found.
     *
     * @param nextNumber for the next log file
     * @param quarantined damaged records, and damaged places that may have held some
     * @param unfinished files at whose end a write was cut off
     */
    record Recovered(int nextNumber, List<Tail> tails, long quarantined, long unfinished) {}

    private Recovery(StoreFiles files, Index index) {
        this.files = files;
        this.index = index;
    }

    static Recovered run(StoreFiles files, Index index, Handles handles) {
        Recovery recovery = new Recovery(files, index);
        List<Integer> numbers = files.logNumbers();
        for (int number : numbers.reversed()) {
            boolean _ = handles.with(number, file -> recovery.examine(number, file));
        }
        int last = numbers.isEmpty() ? 0 : numbers.getLast();
        return new Recovered(last + 1, recovery.tails, recovery.quarantined, recovery.unfinished);
    }

    private boolean examine(int number, DiskFile file) {
        Optional<Hint> hint = hintOf(files, number, file);
        if (hint.isPresent()) {
            addFile(number, hint.get().nonce(), file.size(), hint.get().endSector(), false);
            addRows(hint.get().rows(), false);
            return true;
        }
        LogFileScan scan = LogFileScan.of(file, number);
        Optional<Integer> sealed = Optional.ofNullable(seals.get(number));
        LogFileScan.Tail tail = sealed.isPresent()
                ? new LogFileScan.Tail(List.of(), false, false)
                : scan.tail(file, scan.durableSector());
        Optional<Integer> end = sealed.or(() -> ownSeal(number, tail.complete()));
        LogFileScan.Trusted trusted = scan.trusted(file, end.orElse(scan.durableSector()));
        addFile(number, scan.nonce().orElse(0), file.size(), end.orElse(scan.sectors()), trusted.unknownPlaces() > 0);
        addRows(trusted.intact(), false);
        addRows(trusted.damaged(), true);
        quarantined += trusted.damaged().size() + trusted.unknownPlaces();
        if (end.isEmpty()) {
            List<Row> rows = tail.complete().stream()
                    .filter(row -> row.type() != RowType.SUMMARY)
                    .toList();
            addRows(rows, false);
            tails.add(new Tail(number, scan.durableSector(), rows, tail.unreadable()));
            unfinished += tail.torn() ? 1 : 0;
        } else if (trusted.damaged().isEmpty()
                && trusted.unknownPlaces() == 0
                && scan.nonce().isPresent()) {
            new Hint(number, scan.nonce().getAsLong(), end.get(), trusted.intact()).write(files);
        }
        return true;
    }

    private static Optional<Integer> ownSeal(int number, List<Row> complete) {
        return complete.stream()
                .filter(row -> row.type() == RowType.SEAL && row.sealedFile() == number)
                .map(Row::sealedEnd)
                .findFirst();
    }

    private void addFile(int number, long nonce, long bytes, int endSector, boolean unknownDamage) {
        LogFile file = new LogFile(number, nonce);
        file.endsAt(endSector);
        file.growTo(bytes);
        file.hasUnknownDamage(unknownDamage);
        index.addFile(file);
    }

    private void addRows(List<Row> rows, boolean damaged) {
        for (Row row : rows) {
            if (row.type() == RowType.SEAL) {
                seals.merge(row.sealedFile(), row.sealedEnd(), Math::max);
            }
        }
        index.add(rows, damaged);
    }

    /** {@return what a hint says of a file, if there is one that belongs to it} */
    private static Optional<Hint> hintOf(StoreFiles files, int number, DiskFile file) {
        SectorReader in = new SectorReader(file, number);
        OptionalLong nonce = in.sectors() == 0 ? OptionalLong.empty() : FileHeader.decode(in.sector(0), number);
        return nonce.isEmpty()
                ? Optional.empty()
                : Hint.read(files, number, nonce.getAsLong()).filter(hint -> hint.endSector() <= in.sectors());
    }

    /** {@return the rows of a closed file up to its end, intact or not, as they would be found on opening} */
    static List<Row> rowsOf(StoreFiles files, Handles handles, int number, int endSector) {
        return handles.with(number, file -> {
            Optional<Hint> hint = hintOf(files, number, file).filter(found -> found.endSector() == endSector);
            if (hint.isPresent()) {
                return hint.get().rows();
            }
            LogFileScan.Trusted trusted = LogFileScan.of(file, number).trusted(file, endSector);
            List<Row> rows = new ArrayList<>(trusted.intact());
            rows.addAll(trusted.damaged());
            return rows;
        });
    }
}
