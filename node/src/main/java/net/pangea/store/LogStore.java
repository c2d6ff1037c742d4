package net.pangea.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Bell;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.Machine;
import net.pangea.store.Batch.Purpose;
import net.pangea.store.EntryReader.Reading;
import net.pangea.store.Recovery.Recovered;

/**
 * Entries on a disk, each some bytes under a key, that survive every crash from the moment they are acknowledged. Any
 * task may call it; the package says how it works and why nothing acknowledged is lost.
 *
 * <p>Writing calls return once their effect is durable, fail with {@link StoreFailure}, and may or may not have had their
 * effect when they are interrupted. Calls that name several keys do all or nothing.
 *
 * <p>In memory it costs about 150 bytes an entry with a name of 32. It has no tasks of its own: {@link #scrub} and
 * {@link #compact} are for a task of the caller, and are bounded in what they do at a time.
 */
public final class LogStore implements EntryStore, AutoCloseable {
    /** Keys of one call. */
    public static final int BATCH_ENTRIES_MAX = 1 << 14;
    /** Content of one call. */
    public static final long BATCH_BYTES_MAX = 64L << 20;

    /** Writes an entry twice, as two tasks that keep it at the same time do. */
    private static final String KEEP_TWICE = "store.keep-twice";

    /** An entry may be replaced, and its log file compacted, while it is read; more often than this is no chance. */
    private static final int READ_ATTEMPTS = 8;

    private final StoreFiles files;
    private final StoreSettings settings;
    private final Disk.Lock lock;
    private final FaultPoints faults;
    private final Index index;
    private final Handles handles;
    private final EntryReader reader;
    private final LogWriter writer;
    private final Scrubber scrubber;
    private final Compactor compactor;
    private final Bell written = new Bell();

    private LogStore(StoreFiles files, StoreSettings settings, Disk.Lock lock, Handles handles, Machine machine) {
        this.files = files;
        this.settings = settings;
        this.lock = lock;
        this.faults = machine.faults();
        this.index = new Index();
        this.handles = handles;
        this.reader = new EntryReader(index, handles);
        Recovered recovered = Recovery.run(files, index, handles);
        LogTail tail = new LogTail(files, settings, index, handles, machine.random("store"), recovered.nextNumber());
        this.writer = new LogWriter(files, settings, index, tail);
        this.scrubber = new Scrubber(index, reader);
        this.compactor = new Compactor(files, settings, index, handles, writer);
        new TailRescue(index, handles, writer).rescue(recovered.tails());
        writer.provideSpare();
        machine.events()
                .emit(new StoreRecovered(
                        index.count(EntryKind.SHARD),
                        index.count(EntryKind.MANIFEST),
                        recovered.quarantined(),
                        recovered.unfinished()));
    }

    /**
     * Opens the store of a machine's disk, making it if there is none, and emits {@link StoreRecovered}.
     *
     * @throws DiskFailure if the disk cannot be used, LOCKED if another process uses the store
     */
    public static LogStore open(Machine machine, StoreSettings settings) {
        StoreFiles files = new StoreFiles(machine.disk(), settings.directory());
        Disk.Lock lock = lock(machine.disk(), settings);
        Handles handles = new Handles(files);
        boolean opened = false;
        try {
            LogStore store = new LogStore(files, settings, lock, handles, machine);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                handles.close();
                lock.close();
            }
        }
    }

    /**
     * Takes the lock of a store without opening it, making its directory if there is none: no node uses the machine's
     * folder until it is closed.
     *
     * @throws DiskFailure if the disk cannot be used, LOCKED if another process uses the store
     */
    public static Disk.Lock lock(Disk disk, StoreSettings settings) {
        StoreFiles files = new StoreFiles(disk, settings.directory());
        files.makeDirectory();
        return disk.lock(files.lock());
    }

    /**
     * Keeps an entry, replacing an earlier one of its key.
     *
     * @throws StoreFailure if it was not kept; the earlier one is there then, or after BROKEN perhaps this one
     */
    @Override
    public void keep(EntryKey key, Bytes content) throws InterruptedException {
        keepAll(List.of(new Entry(key, content)));
    }

    @Override
    public void keepAll(Map<EntryKey, Bytes> entries) throws InterruptedException {
        keepAll(entries.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Entry::key))
                .toList());
    }

    /** Keeps entries, after a crash all of them or none. Of entries of one key the last one counts. */
    public void keepAll(List<Entry> entries) throws InterruptedException {
        requireBounded(
                entries.size(),
                entries.stream().mapToLong(entry -> entry.content().size()).sum());
        List<Draft> drafts = entries.stream()
                .map(entry -> Draft.of(RowType.DATA, entry.key(), 0, entry.content()))
                .toList();
        append(Purpose.KEEP, drafts);
        if (faults.fires(KEEP_TWICE)) {
            append(Purpose.KEEP, drafts);
        }
    }

    private static void requireBounded(int entries, long bytes) {
        if (entries > BATCH_ENTRIES_MAX || bytes > BATCH_BYTES_MAX) {
            throw new IllegalArgumentException("one call takes at most " + BATCH_ENTRIES_MAX + " entries of together "
                    + BATCH_BYTES_MAX + " bytes, not " + entries + " of " + bytes);
        }
    }

    private void append(Purpose purpose, List<Draft> drafts) throws InterruptedException {
        if (!drafts.isEmpty()) {
            written.ring(); // before: even if it fails, room may be scarce now
            writer.append(new Batch(purpose, true, drafts));
        }
    }

    /** {@return what is kept under a key, every block of it verified} */
    @Override
    public Lookup find(EntryKey key) {
        return lookUp(key, row -> reader.read(row));
    }

    /**
     * {@return a part of what is kept under a key} Only the blocks that it touches are read and verified.
     *
     * @throws IllegalArgumentException if the content is shorter
     */
    @Override
    public Lookup read(EntryKey key, int offset, int length) {
        return lookUp(key, row -> {
            if (row.type() == RowType.DATA
                    && (offset < 0 || length < 0 || (long) offset + length > row.contentBytes())) {
                throw new IllegalArgumentException("bytes " + offset + " to " + ((long) offset + length) + " of " + key
                        + ", which has " + row.contentBytes());
            }
            return reader.read(row, offset, length);
        });
    }

    /** Reads what stands at a row. */
    private interface Read {
        Reading of(Row row);
    }

    private Lookup lookUp(EntryKey key, Read read) {
        String what = "";
        for (int attempt = 0; attempt < READ_ATTEMPTS; attempt++) {
            Optional<Row> row = index.live(key);
            if (row.isEmpty()) {
                return new Lookup.Absent();
            }
            if (index.isDamaged(row.get())) {
                return new Lookup.Damaged(key + " has rotted");
            }
            switch (read.of(row.get())) {
                case Reading.Intact(Bytes content) -> {
                    return new Lookup.Found(content);
                }
                case Reading.Rotten(String how) -> {
                    index.markDamaged(row.get());
                    what = how;
                }
                case Reading.Unreadable(String how) -> what = how;
            }
            if (index.isCurrent(row.get())) {
                return new Lookup.Damaged(what);
            }
        }
        return new Lookup.Damaged(what);
    }

    /** {@return whether something is kept under a key and not known to have rotted} It is not read. */
    @Override
    public boolean has(EntryKey key) {
        return index.sizeOf(key).isPresent();
    }

    /** {@return the size of what {@link #has} sees} */
    @Override
    public OptionalInt sizeOf(EntryKey key) {
        return index.sizeOf(key);
    }

    /**
     * {@return keys of a kind whose names begin with {@code prefix}, sorted, those of damaged entries too}
     *
     * @param after the last key of the page before
     * @param max how many at most
     */
    @Override
    public List<EntryKey> list(EntryKind kind, Bytes prefix, Optional<EntryKey> after, int max) {
        return index.list(kind, prefix, after, max);
    }

    /** Removes an entry, also one in the trash. What is not there is as good as removed. */
    public void remove(EntryKey key) throws InterruptedException {
        removeAll(List.of(key));
    }

    /** Removes entries, after a crash all of them or none. Works on a full disk. */
    @Override
    public void removeAll(List<EntryKey> keys) throws InterruptedException {
        mark(RowType.TOMBSTONE, keys.stream().filter(index::hasContent).toList(), 0);
    }

    /**
     * Puts entries into the trash: they are found no more and can be restored until they are purged. Those that are not
     * there, or in the trash already, are passed over.
     *
     * @param stamp what the caller calls the time
     */
    @Override
    public void trash(List<EntryKey> keys, long stamp) throws InterruptedException {
        mark(
                RowType.TRASHED,
                keys.stream().filter(key -> index.live(key).isPresent()).toList(),
                stamp);
    }

    /** Restores entries from the trash; those that are not in it are passed over. */
    @Override
    public void untrash(List<EntryKey> keys) throws InterruptedException {
        requireBounded(keys.size(), 0);
        append(
                Purpose.ERASE,
                keys.stream()
                        .distinct()
                        .flatMap(key -> index.trashMark(key).stream())
                        .map(mark -> Draft.undoing(mark, RowType.RESTORED))
                        .toList());
    }

    private void mark(RowType type, List<EntryKey> keys, long stamp) throws InterruptedException {
        requireBounded(keys.size(), 0);
        append(
                Purpose.ERASE,
                keys.stream()
                        .distinct()
                        .map(key -> Draft.of(type, key, stamp, Bytes.EMPTY))
                        .toList());
    }

    /** {@return what lies in the trash, sorted by key} */
    public List<TrashedEntry> trashed(Optional<EntryKey> after, int max) {
        return index.trashed(after, max);
    }

    @Override
    public List<EntryKey> trashed(EntryKind kind, Bytes prefix, Optional<EntryKey> after, int max) {
        List<EntryKey> found = new ArrayList<>();
        Optional<EntryKey> from = after;
        List<TrashedEntry> page = index.trashed(from, BATCH_ENTRIES_MAX);
        while (!page.isEmpty() && found.size() < max) {
            page.stream()
                    .map(TrashedEntry::key)
                    .filter(key -> key.kind() == kind && key.name().startsWith(prefix))
                    .limit(max - found.size())
                    .forEach(found::add);
            from = Optional.of(page.getLast().key());
            page = index.trashed(from, BATCH_ENTRIES_MAX);
        }
        return found;
    }

    @Override
    public void purgeTrash(long stamp) throws InterruptedException {
        List<TrashedEntry> page = index.trashed(Optional.empty(), BATCH_ENTRIES_MAX);
        while (!page.isEmpty()) {
            List<Draft> old = page.stream()
                    .flatMap(entry -> index.trashMark(entry.key()).stream())
                    .filter(mark -> mark.stamp() < stamp)
                    .map(mark -> Draft.undoing(mark, RowType.TOMBSTONE))
                    .toList();
            append(Purpose.ERASE, old);
            page = index.trashed(Optional.of(page.getLast().key()), BATCH_ENTRIES_MAX);
        }
    }

    /** {@return what entries take on the disk, those in the trash too} */
    @Override
    public long usedBytes() {
        return index.ofFiles(
                known -> known.stream().mapToLong(LogFile::liveBytes).sum());
    }

    /** {@return what {@link #compact} could give back in the long run} */
    public long garbageBytes() {
        return index.ofFiles(
                known -> known.stream().mapToLong(LogFile::garbageBytes).sum());
    }

    /** {@return room for new entries now, under the capacity and on the disk} */
    @Override
    public long freeBytes() {
        return Room.of(files.disk(), settings, index).forContent();
    }

    /**
     * Verifies entries, going on where it stopped, those in the trash too. Damaged ones are found damaged from then on,
     * until they are kept again or removed.
     *
     * @param maxBytes it stops after the entry with which it has read as much
     */
    @Override
    public ScrubReport scrub(long maxBytes) {
        ScrubReport report = scrubber.scrub(maxBytes);
        if (!report.damaged().isEmpty()) {
            written.ring(); // what is damaged is garbage
        }
        return report;
    }

    /**
     * Rewrites the log file with most garbage, if that is worth it: at most one, so its work is bounded.
     *
     * @return whether it did; then there may be more to do
     * @throws StoreFailure if there is no room for the copies, or the disk fails; nothing is lost
     */
    @Override
    public boolean compact() throws InterruptedException {
        boolean compacted = compactor.compact();
        if (compacted) {
            writer.provideSpare();
        }
        return compacted;
    }

    @Override
    public void awaitWrite() throws InterruptedException {
        written.await();
    }

    /** Ends the log in good order and lets another process open it. Idempotent; nobody may be waiting in a call. */
    @Override
    public void close() {
        writer.close();
        handles.close();
        lock.close();
    }
}
