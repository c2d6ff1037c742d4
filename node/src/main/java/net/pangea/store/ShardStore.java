package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;
import net.pangea.machine.Events;
import net.pangea.machine.FaultPoints;
import net.pangea.store.EntryFormat.Header;
import net.pangea.store.StoreFailure.Kind;

/**
 * The shards and manifests a node keeps, each an immutable entry named by the SHA-256 of its bytes.
 *
 * <p>An entry is written to a temporary file, synced, renamed to its name, and its directory synced; only
 * then {@link #keep} returns. So an entry that has its name is complete, whenever the power goes. Keeping an
 * entry twice, even at the same time, is harmless: both write the same bytes under names of their own and the
 * rename is atomic.
 *
 * <p>An entry whose checksum does not match any more is put aside under the suffix {@value #DAMAGED} and
 * reported as {@link Lookup.Damaged}; keeping it again replaces it.
 *
 * <p>Nothing is kept in memory, so an open store costs nothing by the entry. Bounded by the disk: it refuses
 * with FULL what would leave less than {@link #RESERVE_BYTES}. Any task may call it.
 */
public final class ShardStore implements AutoCloseable {
    /** Left free: a full disk must still take directory entries, and the system's own files. */
    public static final long RESERVE_BYTES = 1 << 20;

    static final String TEMPORARY = ".tmp";
    static final String DAMAGED = ".damaged";

    /** Writes an entry twice, as two tasks that keep it at the same time do. */
    private static final String KEEP_TWICE = "store.keep-twice";

    private final Disk disk;
    private final Disk.Lock lock;
    private final FaultPoints faults;
    private final Directories directories;
    private final AtomicLong writes = new AtomicLong();
    /** Held while an entry gets or loses its name, so that only a damaged one is ever put aside. */
    private final ReentrantLock names = new ReentrantLock();

    private ShardStore(Disk disk, Disk.Lock lock, FaultPoints faults) {
        this.disk = disk;
        this.lock = lock;
        this.faults = faults;
        this.directories = new Directories(disk);
    }

    /**
     * Opens the store of a disk, making it if there is none, removes writes that a crash cut off, and puts
     * aside entries whose header is damaged.
     *
     * @throws DiskFailure if the disk cannot be used, LOCKED if another process uses it
     */
    public static ShardStore open(Disk disk, Events events, FaultPoints faults) throws InterruptedException {
        Disk.Lock lock = disk.lock("lock");
        boolean opened = false;
        try {
            ShardStore store = new ShardStore(disk, lock, faults);
            for (EntryKind kind : EntryKind.values()) {
                store.directories.require(kind.directory());
            }
            events.emit(Recovery.run(disk));
            opened = true;
            return store;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /**
     * Returns once the entry is durable.
     *
     * @param id the SHA-256 of {@code content}, which the caller has verified
     * @throws StoreFailure if it is not
     */
    public void keep(EntryKind kind, Sha256 id, Bytes content) throws InterruptedException {
        try {
            String directory = directory(kind, id);
            directories.require(directory);
            if (!(find(kind, id) instanceof Lookup.Found)) {
                write(path(kind, id), EntryFormat.encode(kind, id, content));
                if (faults.fires(KEEP_TWICE)) {
                    write(path(kind, id), EntryFormat.encode(kind, id, content));
                }
            }
            directories.sync(directory);
        } catch (DiskFailure e) {
            throw failure(e);
        }
    }

    private void write(String path, ByteBuffer bytes) {
        if (disk.freeBytes() - bytes.remaining() < RESERVE_BYTES) {
            throw new StoreFailure(Kind.FULL, "no room for " + bytes.remaining() + " bytes");
        }
        String temporary = path + "." + writes.incrementAndGet() + TEMPORARY;
        boolean named = false;
        try (DiskFile file = disk.open(temporary, Disk.Mode.CREATE_NEW)) {
            file.write(0, bytes);
            file.sync();
            names.lock();
            try {
                disk.rename(temporary, path);
            } finally {
                names.unlock();
            }
            named = true;
        } finally {
            if (!named) {
                removeUnfinished(temporary);
            }
        }
    }

    private void removeUnfinished(String temporary) {
        try {
            if (disk.typeOf(temporary) == Disk.Type.FILE) {
                disk.delete(temporary);
            }
        } catch (DiskFailure e) {
            // The write has failed with its own reason; what is left is removed when the store is opened next.
            return;
        }
    }

    /** {@return what is kept under {@code id}, its checksum verified} */
    public Lookup find(EntryKind kind, Sha256 id) {
        try {
            Optional<Bytes> content = read(kind, id);
            return content.isPresent() ? new Lookup.Found(content.get()) : putAsideIfDamaged(kind, id);
        } catch (DiskFailure e) {
            return switch (e.kind()) {
                case NOT_FOUND -> new Lookup.Absent();
                case ALREADY_EXISTS,
                        WRONG_TYPE,
                        DIRECTORY_NOT_EMPTY,
                        LOCKED,
                        NO_SPACE,
                        NOT_PERMITTED,
                        IO_ERROR,
                        CLOSED -> new Lookup.Damaged(String.valueOf(e.getMessage()));
            };
        }
    }

    /** Looks again while no name changes: another task may just have replaced what was damaged. */
    private Lookup putAsideIfDamaged(EntryKind kind, Sha256 id) {
        names.lock();
        try {
            Optional<Bytes> content = read(kind, id);
            if (content.isPresent()) {
                return new Lookup.Found(content.get());
            }
            putAside(disk, path(kind, id));
            return new Lookup.Damaged("checksum of " + path(kind, id) + " does not match");
        } finally {
            names.unlock();
        }
    }

    private Optional<Bytes> read(EntryKind kind, Sha256 id) {
        try (DiskFile file = disk.open(path(kind, id), Disk.Mode.READ)) {
            return read(file, kind, id);
        }
    }

    private static Optional<Bytes> read(DiskFile file, EntryKind kind, Sha256 id) {
        Optional<Header> header = readHeader(file, kind, id);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        byte[] content = new byte[header.get().contentBytes()];
        int read = file.read(EntryFormat.HEADER_BYTES, ByteBuffer.wrap(content));
        return EntryFormat.isIntact(header.get(), ByteBuffer.wrap(content, 0, read))
                ? Optional.of(Bytes.wrap(content))
                : Optional.empty();
    }

    /** {@return the header, if it is intact and the file is as long as it says} */
    static Optional<Header> readHeader(DiskFile file, EntryKind kind, Sha256 id) {
        ByteBuffer bytes = ByteBuffer.allocate(EntryFormat.HEADER_BYTES);
        file.read(0, bytes);
        return EntryFormat.decodeHeader(kind, id, bytes.flip())
                .filter(header -> file.size() == EntryFormat.HEADER_BYTES + (long) header.contentBytes());
    }

    /** {@return whether an entry has this name} Its bytes are not looked at. */
    public boolean has(EntryKind kind, Sha256 id) {
        return disk.typeOf(path(kind, id)) == Disk.Type.FILE;
    }

    /** Lets another process use the folder. Idempotent. */
    @Override
    public void close() {
        lock.close();
    }

    /** Renames a damaged file, so that it is found no more and can still be looked at. */
    static void putAside(Disk disk, String path) {
        try {
            disk.rename(path, path + DAMAGED);
        } catch (DiskFailure e) {
            // The disk fails: the entry counts as damaged either way.
            return;
        }
    }

    private static StoreFailure failure(DiskFailure e) {
        return switch (e.kind()) {
            case NO_SPACE -> new StoreFailure(Kind.FULL, String.valueOf(e.getMessage()));
            case NOT_FOUND, ALREADY_EXISTS, WRONG_TYPE, DIRECTORY_NOT_EMPTY, LOCKED, NOT_PERMITTED, IO_ERROR, CLOSED ->
                new StoreFailure(Kind.BROKEN, String.valueOf(e.getMessage()));
        };
    }

    /** Entries are spread over 256 directories, since a directory of a million names is slow everywhere. */
    private static String directory(EntryKind kind, Sha256 id) {
        return kind.directory() + "/" + id.hex().substring(0, 2);
    }

    private static String path(EntryKind kind, Sha256 id) {
        return directory(kind, id) + "/" + id.hex();
    }
}
