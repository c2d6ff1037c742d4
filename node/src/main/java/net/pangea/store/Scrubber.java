package net.pangea.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.store.EntryReader.Reading;

/** Reads every entry once in a while, so that rot is found while there are peers to repair it from. */
final class Scrubber {
    private static final int ROWS_AT_A_TIME = 64;

    private final Index index;
    private final EntryReader reader;
    private final ReentrantLock scrubbing = new ReentrantLock();
    private Optional<EntryKey> last = Optional.empty(); // guarded by scrubbing

    Scrubber(Index index, EntryReader reader) {
        this.index = index;
        this.reader = reader;
    }

    /** Goes on after the last entry that was verified, until {@code maxBytes} were read or the last key is reached. */
    ScrubReport scrub(long maxBytes) {
        scrubbing.lock();
        try {
            long entries = 0;
            long bytes = 0;
            List<EntryKey> damaged = new ArrayList<>();
            List<Row> rows = index.contents(last, ROWS_AT_A_TIME);
            while (!rows.isEmpty()) {
                for (Row row : rows) {
                    if (!isIntact(row)) {
                        damaged.add(row.key());
                    }
                    last = Optional.of(row.key());
                    entries++;
                    bytes += row.diskBytes();
                    if (bytes >= maxBytes) {
                        return new ScrubReport(entries, bytes, damaged, false);
                    }
                }
                rows = index.contents(last, ROWS_AT_A_TIME);
            }
            last = Optional.empty();
            return new ScrubReport(entries, bytes, damaged, true);
        } finally {
            scrubbing.unlock();
        }
    }

    private boolean isIntact(Row row) {
        return switch (reader.read(row)) {
            case Reading.Intact _ -> true;
            case Reading.Rotten _ -> {
                index.markDamaged(row);
                yield !index.isCurrent(row);
            }
            case Reading.Unreadable _ -> !index.isCurrent(row);
        };
    }
}
