package net.pangea.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import net.pangea.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Where every entry stands: a slot for each key of which any record is on the disk, and what is live in each log file.
 *
 * <p>It hears of a record only when that is durable, and hears of one in the same way whether it was just written or
 * found when the store was opened: so a reopened store says what the one before said. Any task may call it; nothing
 * here touches the disk.
 */
final class Index {
    private final ReentrantLock lock = new ReentrantLock();
    // All guarded by lock.
    private final TreeMap<EntryKey, Slot> slots = new TreeMap<>();
    private final TreeMap<EntryKey, Long> trash = new TreeMap<>();
    private final TreeMap<Integer, LogFile> files = new TreeMap<>();
    /** For a file the last SEAL that speaks of it, whether or not the file is still there. */
    private final TreeMap<Integer, Row> seals = new TreeMap<>();

    // What is kept.

    /** Takes in records that are durable, all of them at once. */
    void add(Collection<Row> rows, boolean damaged) {
        locked(() -> {
            for (Row row : rows) {
                add(row, damaged);
            }
            return true;
        });
    }

    private void add(Row row, boolean damaged) {
        LogFile file = files.get(row.file());
        if (file != null) {
            file.countRow(1);
        }
        if (row.type().hasKey()) {
            Slot slot = slots.computeIfAbsent(row.key(), _ -> new Slot());
            slot.countLive(-1, row.key(), this);
            slot.add(row, damaged);
            slot.countLive(1, row.key(), this);
            noteTrash(row.key(), slot);
        } else if (row.type() == RowType.SEAL) {
            addSeal(row);
        }
    }

    private void addSeal(Row row) {
        Row known = seals.get(row.sealedFile());
        if (known == null || isLater(row, known)) {
            if (known != null) {
                countSeal(known, -1);
            }
            var _ = seals.put(row.sealedFile(), row);
            countSeal(row, 1);
        }
    }

    private static boolean isLater(Row row, Row other) {
        return row.file() != other.file() ? row.file() > other.file() : row.sector() > other.sector();
    }

    private void countSeal(Row row, int sign) {
        if (files.containsKey(row.sealedFile())) {
            countLive(row, sign);
        }
    }

    /** Takes out records that are gone from the disk. */
    void forget(Collection<Row> rows) {
        locked(() -> {
            for (Row row : rows) {
                forget(row);
            }
            return true;
        });
    }

    private void forget(Row row) {
        LogFile file = files.get(row.file());
        if (file != null) {
            file.countRow(-1);
        }
        Slot slot = row.type().hasKey() ? slots.get(row.key()) : null;
        if (slot != null) {
            slot.countLive(-1, row.key(), this);
            slot.forget(row);
            slot.countLive(1, row.key(), this);
            noteTrash(row.key(), slot);
            if (slot.isGone()) {
                var _ = slots.remove(row.key());
            }
        } else if (row.type() == RowType.SEAL && row.equals(seals.get(row.sealedFile()))) {
            countSeal(row, -1);
            var _ = seals.remove(row.sealedFile());
        }
    }

    private void noteTrash(EntryKey key, Slot slot) {
        Row mark = slot.trashMark();
        if (mark == null) {
            var _ = trash.remove(key);
        } else {
            var _ = trash.put(key, mark.stamp());
        }
    }

    void countLive(Row row, int sign) {
        LogFile file = files.get(row.file());
        if (file != null) {
            file.countLive(sign, row);
        }
    }

    // What is asked.

    /** {@return where the content of a key stands, unless there is none or it lies in the trash} */
    Optional<Row> live(EntryKey key) {
        return locked(() -> {
            Slot slot = slots.get(key);
            return slot != null && slot.isLive() ? Optional.ofNullable(slot.base(key)) : Optional.empty();
        });
    }

    /** {@return the size of an entry's content, unless that is known to have rotted} */
    OptionalInt sizeOf(EntryKey key) {
        return locked(() -> {
            Slot slot = slots.get(key);
            return slot != null && slot.isIntact() ? OptionalInt.of(slot.contentBytes()) : OptionalInt.empty();
        });
    }

    /** {@return whether a key has content, in the trash or not} */
    boolean hasContent(EntryKey key) {
        return locked(() -> {
            Slot slot = slots.get(key);
            return slot != null && slot.hasContent();
        });
    }

    /** {@return the record that says that a key lies in the trash, if it does} */
    Optional<Row> trashMark(EntryKey key) {
        return locked(() -> {
            Slot slot = slots.get(key);
            return slot == null ? Optional.empty() : Optional.ofNullable(slot.trashMark());
        });
    }

    boolean isDamaged(Row row) {
        return locked(() -> {
            Slot slot = slots.get(row.key());
            return slot != null && slot.isBaseAt(row.file(), row.sector()) && slot.isDamaged();
        });
    }

    /** Remembers that the content there has rotted, if it still counts. */
    void markDamaged(Row row) {
        locked(() -> {
            Slot slot = slots.get(row.key());
            if (slot != null && slot.isBaseAt(row.file(), row.sector())) {
                slot.markDamaged();
            }
            return true;
        });
    }

    boolean isCurrent(Row row) {
        return locked(() -> {
            Slot slot = slots.get(row.key());
            return slot != null && (slot.isBaseAt(row.file(), row.sector()) || slot.isMarkAt(row.file(), row.sector()));
        });
    }

    /** {@return keys of one kind whose names begin with {@code prefix}, in order, without those in the trash} */
    List<EntryKey> list(EntryKind kind, Bytes prefix, Optional<EntryKey> after, int max) {
        EntryKey first = new EntryKey(kind, prefix);
        return locked(() -> {
            List<EntryKey> keys = new ArrayList<>();
            boolean exclusive = after.isPresent() && after.get().compareTo(first) >= 0;
            for (Map.Entry<EntryKey, Slot> entry :
                    slots.tailMap(exclusive ? after.get() : first, !exclusive).entrySet()) {
                EntryKey key = entry.getKey();
                if (keys.size() >= max || key.kind() != kind || !startsWith(key.name(), prefix)) {
                    break;
                }
                if (entry.getValue().isLive()) {
                    keys.add(key);
                }
            }
            return keys;
        });
    }

    private static boolean startsWith(Bytes name, Bytes prefix) {
        return name.size() >= prefix.size() && name.slice(0, prefix.size()).equals(prefix);
    }

    /** {@return what lies in the trash, in the order of keys} */
    List<TrashedEntry> trashed(Optional<EntryKey> after, int max) {
        return locked(() -> (after.isPresent() ? trash.tailMap(after.get(), false) : trash)
                .entrySet().stream()
                        .limit(max)
                        .map(entry -> new TrashedEntry(entry.getKey(), entry.getValue()))
                        .toList());
    }

    /** {@return where contents stand, those in the trash too, in the order of keys} */
    List<Row> contents(Optional<EntryKey> after, int max) {
        return locked(() -> {
            List<Row> rows = new ArrayList<>();
            for (Map.Entry<EntryKey, Slot> entry :
                    (after.isPresent() ? slots.tailMap(after.get(), false) : slots).entrySet()) {
                if (rows.size() >= max) {
                    break;
                }
                Row base = entry.getValue().base(entry.getKey());
                if (base != null && entry.getValue().hasContent()) {
                    rows.add(base);
                }
            }
            return rows;
        });
    }

    /** {@return how many entries of a kind there are, without those in the trash} */
    long count(EntryKind kind) {
        return locked(() -> slots.entrySet().stream()
                .filter(entry ->
                        entry.getKey().kind() == kind && entry.getValue().isLive())
                .count());
    }

    // What has to move when a file is to go.

    /**
     * {@return whether a record has to be copied before the record goes}
     *
     * @param going the records of its key that go, itself among them
     */
    boolean isNeeded(Row row, List<Row> going) {
        return locked(() -> {
            if (row.type() == RowType.SEAL) {
                return row.equals(seals.get(row.sealedFile())) && files.containsKey(row.sealedFile());
            }
            Slot slot = slots.get(row.key());
            return slot != null && isNeeded(slot, row, going);
        });
    }

    private boolean isNeeded(Slot slot, Row row, List<Row> going) {
        int staying = slot.records() - going.size();
        if (slot.isBaseAt(row.file(), row.sector())) {
            return slot.hasContent() || staying > 0 || hasUnknownDamage();
        }
        if (!slot.isMarkAt(row.file(), row.sector()) || !slot.hasContent()) {
            return false;
        }
        boolean baseGoes = going.stream().anyMatch(gone -> slot.isBaseAt(gone.file(), gone.sector()));
        return row.type() == RowType.TRASHED || staying > (baseGoes ? 0 : 1) || hasUnknownDamage();
    }

    private boolean hasUnknownDamage() {
        return files.values().stream().anyMatch(LogFile::hasUnknownDamage);
    }

    /** {@return the records of a file that count, in the order of keys; looks at every key} */
    List<Row> currentIn(int file) {
        return locked(() -> {
            List<Row> rows = new ArrayList<>();
            slots.forEach((key, slot) -> {
                addIfIn(file, slot.base(key), rows);
                addIfIn(file, slot.mark(), rows);
            });
            seals.values().forEach(seal -> addIfIn(file, seal, rows));
            return rows;
        });
    }

    private static void addIfIn(int file, @Nullable Row row, List<Row> rows) {
        if (row != null && row.file() == file) {
            rows.add(row);
        }
    }

    // The files.

    void addFile(LogFile file) {
        locked(() -> {
            var _ = files.put(file.number(), file);
            Row seal = seals.get(file.number());
            if (seal != null) {
                countSeal(seal, 1);
            }
            return true;
        });
    }

    void removeFile(int number) {
        locked(() -> {
            Row seal = seals.remove(number);
            if (seal != null) {
                countSeal(seal, -1);
            }
            return Optional.ofNullable(files.remove(number));
        });
    }

    /** {@return what {@code question} says of a file, if there is one of that number} */
    <T> Optional<T> ofFile(int number, Function<LogFile, T> question) {
        return locked(() -> Optional.ofNullable(files.get(number)).map(question));
    }

    /** {@return what {@code question} says of the files, in their order} */
    <T extends @Nullable Object> T ofFiles(Function<Collection<LogFile>, T> question) {
        return locked(() -> question.apply(files.values()));
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
