package net.pangea.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import net.pangea.bytes.Bytes;
import net.pangea.machine.DiskFailure;
import net.pangea.store.EntryReader.Reading;

/** Makes copies of records that are needed where others of their place are not. */
final class Copies {
    private final Index index;
    private final EntryReader reader;
    private final TreeMap<EntryKey, List<Row>> going = new TreeMap<>();

    /**
     * @param rows all records that go
     */
    Copies(Index index, EntryReader reader, List<Row> rows) {
        this.index = index;
        this.reader = reader;
        for (Row row : rows) {
            if (row.type().hasKey()) {
                going.computeIfAbsent(row.key(), _ -> new ArrayList<>()).add(row);
            }
        }
    }

    boolean isNeeded(Row row) {
        return index.isNeeded(row, going.getOrDefault(row.key(), List.of()));
    }

    /**
     * {@return a copy, unless the record has meanwhile ceased to count} Content that has rotted is copied as LOST, so that
     * no older content of the key appears instead.
     *
     * @throws DiskFailure IO_ERROR if it cannot be read now
     */
    Optional<Draft> copy(Row row) {
        if (row.type() == RowType.SEAL) {
            return Optional.of(Draft.seal(row.sealedFile(), row.sealedEnd()));
        }
        if (row.type() != RowType.DATA) {
            return Optional.of(Draft.copyOf(row, row.type(), Bytes.EMPTY));
        }
        Reading reading = reader.read(row);
        if (reading instanceof Reading.Rotten) {
            reading = reader.read(row); // the original is about to go: once more, lest memory or cable have erred
        }
        return switch (reading) {
            case Reading.Intact(Bytes content) -> Optional.of(Draft.copyOf(row, RowType.DATA, content));
            case Reading.Rotten _ -> Optional.of(Draft.copyOf(row, RowType.LOST, Bytes.EMPTY));
            case Reading.Unreadable(String what) -> {
                if (index.isCurrent(row)) {
                    throw new DiskFailure(DiskFailure.Kind.IO_ERROR, what);
                }
                yield Optional.empty();
            }
        };
    }
}
