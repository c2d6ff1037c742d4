package net.pangea.sim.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.RandomStream;
import net.pangea.sim.disk.NameChange.Place;
import org.jspecify.annotations.Nullable;

/**
 * What is on one disk, synced and unsynced: the state that survives the incarnations of its machine.
 *
 * <p>It is a model without time, threads or chance of its own: every random choice comes from a stream that the
 * caller hands in. An unused one costs a few words. See the package for what a power cut leaves.
 */
public final class DiskImage {
    private @Nullable DirectoryInode root;
    private @Nullable NameJournal journal;
    private long usedBytes;
    private long visits;
    private int incarnation;

    /** Ends an incarnation by the end of its process, orderly or not: nothing is lost, handles and locks die. */
    public void processCrash() {
        endIncarnation();
        if (root != null) {
            usedBytes = 0;
            visits++;
            forgetHandles(root);
        }
    }

    private void forgetHandles(DirectoryInode directory) {
        for (Inode inode : directory.names().values()) {
            switch (inode) {
                case DirectoryInode child -> forgetHandles(child);
                case FileInode file -> keep(file);
            }
        }
    }

    private void keep(FileInode file) {
        file.linked = true;
        file.locked = false;
        file.openHandles = 0;
        file.visit = visits;
        usedBytes += file.allocatedBytes();
    }

    /**
     * Ends an incarnation by a power cut: what was not synced survives in part, as {@code random} says.
     *
     * @param torn whether an unsynced write may survive in part; otherwise each does wholly or not at all
     */
    public void powerCut(RandomStream random, boolean torn) {
        endIncarnation();
        long key = random.nextLong();
        if (root != null) {
            if (journal != null) {
                journal.settle(RandomStream.of(key, "names"));
            }
            usedBytes = 0;
            visits++;
            recover(root, "", key, torn);
        }
    }

    private void recover(DirectoryInode directory, String prefix, long key, boolean torn) {
        directory.revert();
        directory.visit = visits;
        for (Map.Entry<String, Inode> entry : List.copyOf(directory.names().entrySet())) {
            String path = prefix + entry.getKey();
            switch (entry.getValue()) {
                case DirectoryInode child -> {
                    // After a failed sync a directory may have two names: like e2fsck, keep the first.
                    if (child.visit == visits) {
                        directory.restore(entry.getKey(), null);
                    } else {
                        recover(child, path + "/", key, torn);
                    }
                }
                case FileInode file -> directory.restore(entry.getKey(), recover(file, path, key, torn));
            }
        }
    }

    private FileInode recover(FileInode file, String path, long key, boolean torn) {
        // After a failed sync a file may have two names; two files are what a reader can tell.
        FileInode recovered = file.visit == visits ? file.copy() : file;
        if (!recovered.isClean()) {
            recovered.settle(RandomStream.of(key, "file", path), torn);
            recovered.revert();
        }
        keep(recovered);
        return recovered;
    }

    /** Ends an incarnation by the loss of everything on the disk. */
    public void wipe() {
        endIncarnation();
        root = null;
        journal = null;
        usedBytes = 0;
    }

    /**
     * Flips bits on the disk, one to eight in one byte of each of several sectors that hold synced data.
     *
     * @param sectors how many; fewer if fewer hold data
     * @return what was spoiled. If an unsynced write covers a sector, a sync that follows heals it.
     */
    public List<Damage> rot(int sectors, RandomStream random) {
        long key = random.nextLong();
        List<Damage> damages = new ArrayList<>();
        if (root != null) {
            for (DataSectors.Sector sector : DataSectors.choose(root, sectors, key, _ -> true)) {
                RandomStream flips = RandomStream.of(sector.rank(), "flip");
                int at = flips.nextInt(sector.length());
                sector.page().flip(sector.number(), at, 1 + flips.nextInt(255));
                damages.add(new Damage(sector.path(), sector.offset(), sector.length()));
            }
        }
        return damages;
    }

    /** {@return bytes of the disk that files take, those deleted and still open included} */
    public long usedBytes() {
        return usedBytes;
    }

    /** {@return a number that changes when an incarnation ends} */
    int incarnation() {
        return incarnation;
    }

    private void endIncarnation() {
        incarnation++;
    }

    Disk.Type typeOf(String path) {
        return switch (find(path)) {
            case null -> Disk.Type.NOTHING;
            case DirectoryInode _ -> Disk.Type.DIRECTORY;
            case FileInode _ -> Disk.Type.FILE;
        };
    }

    List<String> list(String path) {
        return List.copyOf(directory("list", path).names().keySet());
    }

    /** {@return the file of that name, made if the mode says so and {@code full} does not forbid it} */
    FileInode open(String path, Disk.Mode mode, boolean full) {
        Inode found = find(path);
        if (found instanceof DirectoryInode) {
            throw failure(DiskFailure.Kind.WRONG_TYPE, "open", path);
        }
        boolean createNew = mode == Disk.Mode.CREATE_NEW || mode == Disk.Mode.CREATE_PRIVATE;
        boolean create = mode == Disk.Mode.CREATE || createNew;
        if (found instanceof FileInode file) {
            if (createNew) {
                throw failure(DiskFailure.Kind.ALREADY_EXISTS, "open", path);
            }
            return file;
        }
        Place place = place("open", path);
        if (!create) {
            throw failure(DiskFailure.Kind.NOT_FOUND, "open", path);
        }
        requireRoom(full, "open", path);
        FileInode file = new FileInode();
        journal().add(NameChange.created(file, place));
        return file;
    }

    void createDirectory(String path, boolean full) {
        if (find(path) != null) {
            throw failure(DiskFailure.Kind.ALREADY_EXISTS, "create directory", path);
        }
        Place place = place("create directory", path);
        requireRoom(full, "create directory", path);
        journal().add(NameChange.created(new DirectoryInode(), place));
    }

    void rename(String from, String to) {
        Inode subject = existing("rename", from);
        Place source = place("rename", from);
        Place target = place("rename to", to);
        Inode replaced = target.directory().get(target.name());
        if (subject == replaced) {
            return;
        }
        if (subject instanceof DirectoryInode && to.startsWith(from + "/")) {
            throw failure(DiskFailure.Kind.WRONG_TYPE, "rename into itself", to);
        }
        boolean bothDirectories = subject instanceof DirectoryInode && replaced instanceof DirectoryInode;
        boolean bothFiles = subject instanceof FileInode && replaced instanceof FileInode;
        if (replaced != null && !bothDirectories && !bothFiles) {
            throw failure(DiskFailure.Kind.WRONG_TYPE, "rename to", to);
        }
        if (replaced != null) {
            requireEmpty(replaced, "rename to", to);
        }
        journal().add(new NameChange(subject, source, target));
        if (replaced instanceof FileInode file) {
            unlink(file);
        }
    }

    void delete(String path) {
        Inode subject = existing("delete", path);
        requireEmpty(subject, "delete", path);
        journal().add(NameChange.deleted(subject, place("delete", path)));
        if (subject instanceof FileInode file) {
            unlink(file);
        }
    }

    private static void requireEmpty(Inode inode, String verb, String path) {
        if (inode instanceof DirectoryInode directory && !directory.names().isEmpty()) {
            throw failure(DiskFailure.Kind.DIRECTORY_NOT_EMPTY, verb, path);
        }
    }

    private static void requireRoom(boolean full, String verb, String path) {
        if (full) {
            throw failure(DiskFailure.Kind.NO_SPACE, verb, path);
        }
    }

    void syncDirectory(String path) {
        journal().sync(directory("sync directory", path));
    }

    void failSyncDirectory(String path, RandomStream random) {
        journal().failSync(directory("sync directory", path), random);
    }

    void opened(FileInode file) {
        file.openHandles++;
    }

    void closed(FileInode file) {
        file.openHandles--;
        release(file);
    }

    private void unlink(FileInode file) {
        file.linked = false;
        release(file);
    }

    private void release(FileInode file) {
        if (!file.linked && file.openHandles == 0) {
            usedBytes -= file.allocatedBytes();
        }
    }

    int write(FileInode file, long position, ByteBuffer source, long freeBytes) {
        long before = file.allocatedBytes();
        int written = file.write(position, source, freeBytes);
        usedBytes += file.allocatedBytes() - before;
        return written;
    }

    void truncate(FileInode file, long size) {
        long before = file.allocatedBytes();
        file.truncate(size);
        usedBytes += file.allocatedBytes() - before;
    }

    void failSync(FileInode file, RandomStream random) {
        long before = file.allocatedBytes();
        file.failSync(random);
        usedBytes += file.allocatedBytes() - before;
    }

    /**
     * Lets a write go to another place: its bytes overwrite synced data from the start of some sector on, as far as
     * that file goes; where they should be, the old bytes stay.
     *
     * @return what is spoiled, the place that was meant first
     */
    List<Damage> misdirect(FileInode file, String path, long position, ByteBuffer source, RandomStream random) {
        int length = source.remaining();
        long end = position + length;
        List<Damage> damages = new ArrayList<>();
        damages.add(new Damage(path, position, length));
        List<DataSectors.Sector> victims = DataSectors.choose(
                root(),
                1,
                random.nextLong(),
                sector -> sector.file() != file
                        || sector.offset() >= end
                        || sector.offset() + Page.SECTOR_BYTES <= position);
        file.extend(end);
        for (DataSectors.Sector victim : victims) {
            int overwritten = overwrite(victim, source);
            damages.add(new Damage(victim.path(), victim.offset(), overwritten));
        }
        source.position(source.limit());
        return damages;
    }

    /** Overwrites the sectors of one page, which are next to each other on the disk too. */
    private static int overwrite(DataSectors.Sector victim, ByteBuffer source) {
        int done = 0;
        for (int number = victim.number(); number < Page.SECTORS && source.hasRemaining(); number++) {
            DataSectors.Sector sector =
                    new DataSectors.Sector(victim.rank(), victim.path(), victim.file(), victim.page(), number);
            if (sector.length() <= 0 || !victim.page().holdsData(number)) {
                break;
            }
            int part = Math.min(sector.length(), source.remaining());
            victim.page().overwrite(number, source, part);
            done += part;
        }
        return done;
    }

    private DirectoryInode root() {
        DirectoryInode existing = root;
        if (existing == null) {
            existing = new DirectoryInode();
            root = existing;
        }
        return existing;
    }

    private NameJournal journal() {
        NameJournal existing = journal;
        if (existing == null) {
            existing = new NameJournal();
            journal = existing;
        }
        return existing;
    }

    private @Nullable Inode find(String path) {
        Disk.requireValid(path);
        Inode at = root();
        if (!path.isEmpty()) {
            for (String name : path.split("/", -1)) {
                at = at instanceof DirectoryInode directory ? directory.get(name) : null;
            }
        }
        return at;
    }

    private Inode existing(String verb, String path) {
        Inode found = find(path);
        if (found == null) {
            throw failure(DiskFailure.Kind.NOT_FOUND, verb, path);
        }
        return found;
    }

    private DirectoryInode directory(String verb, String path) {
        return switch (existing(verb, path)) {
            case DirectoryInode directory -> directory;
            case FileInode _ -> throw failure(DiskFailure.Kind.WRONG_TYPE, verb, path);
        };
    }

    private Place place(String verb, String path) {
        Disk.requireValid(path);
        if (path.isEmpty()) {
            throw new IllegalArgumentException(verb + " the machine's folder itself");
        }
        int slash = path.lastIndexOf('/');
        return new Place(directory(verb, path.substring(0, Math.max(0, slash))), path.substring(slash + 1));
    }

    private static DiskFailure failure(DiskFailure.Kind kind, String verb, String path) {
        return new DiskFailure(kind, verb + " '" + path + "'");
    }
}
