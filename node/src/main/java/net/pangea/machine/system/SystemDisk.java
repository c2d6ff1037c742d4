package net.pangea.machine.system;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;

/**
 * A folder of the real disk.
 *
 * <p>What it makes only its owner may read. Names in the folder that are no names of the seam (another
 * program's) are not listed. A file that is locked must not be opened as well: on POSIX, closing any handle of a
 * file ends the process's lock on it.
 */
final class SystemDisk implements Disk, AutoCloseable {
    private final Path root;
    private final FileStore fileStore;
    private final IoThreads threads;
    private final boolean posix;
    private final Set<SystemDiskFile> files = ConcurrentHashMap.newKeySet();
    private final Set<Lock> locks = ConcurrentHashMap.newKeySet();
    private final Gathering gathering = new Gathering();

    private SystemDisk(Path root, FileStore fileStore, IoThreads threads) {
        this.root = root;
        this.fileStore = fileStore;
        this.threads = threads;
        this.posix = root.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * Opens the disk in {@code folder}, which is made if it is not there.
     *
     * @throws DiskFailure if it cannot be made or written
     */
    static SystemDisk open(String machine, Path folder) {
        Path absolute = folder.toAbsolutePath();
        IoThreads threads = new IoThreads(machine);
        boolean opened = false;
        try {
            Path root = threads.call("open folder", absolute.toString(), () -> makeRoot(absolute));
            if (!threads.call("open folder", absolute.toString(), () -> Files.isWritable(root))) {
                throw new DiskFailure(DiskFailure.Kind.NOT_PERMITTED, "write in folder " + absolute);
            }
            // To look for it takes reading the list of all that is mounted.
            FileStore fileStore = threads.call("open folder", absolute.toString(), () -> Files.getFileStore(root));
            opened = true;
            return new SystemDisk(root, fileStore, threads);
        } finally {
            if (!opened) {
                threads.close();
            }
        }
    }

    private static Path makeRoot(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
            try {
                Path _ = Files.createDirectories(folder, ownerOnly(posix, "rwx------"));
            } catch (FileAlreadyExistsException e) {
                throw new DiskFailure(DiskFailure.Kind.WRONG_TYPE, "open folder " + folder);
            }
        }
        return folder.toRealPath();
    }

    private static FileAttribute<?>[] ownerOnly(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public DiskFile open(String path, Mode mode) {
        Path file = resolve(path);
        return call("open", path, () -> {
            if (Files.isDirectory(file)) {
                throw new DiskFailure(DiskFailure.Kind.WRONG_TYPE, "open " + file);
            }
            FileChannel channel = mode == Mode.CREATE_PRIVATE ? openPrivate(file) : openChannel(file, options(mode));
            SystemDiskFile opened = new SystemDiskFile(
                    threads, channel, file.toString(), mode != Mode.READ, gathering, this::closeFile);
            files.add(opened);
            return opened;
        });
    }

    private static Set<OpenOption> options(Mode mode) {
        return switch (mode) {
            case READ -> Set.of(StandardOpenOption.READ);
            case WRITE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
            case CREATE -> Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            case CREATE_NEW, CREATE_PRIVATE ->
                Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        };
    }

    /** Some file systems take permissions and forget them: looks at what has come of them. */
    private FileChannel openPrivate(Path file) throws IOException {
        if (!posix) {
            throw notPrivate(file);
        }
        FileChannel channel = openChannel(file, options(Mode.CREATE_PRIVATE));
        boolean kept = false;
        try {
            kept = PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                    .endsWith("------");
            if (!kept) {
                throw notPrivate(file);
            }
            return channel;
        } finally {
            if (!kept) {
                channel.close();
                Files.delete(file);
            }
        }
    }

    private static DiskFailure notPrivate(Path file) {
        return new DiskFailure(
                DiskFailure.Kind.NOT_PERMITTED,
                "keep " + file + " from other users: this file system has no permissions of owners, choose a folder"
                        + " on another");
    }

    private FileChannel openChannel(Path file, Set<OpenOption> options) throws IOException {
        return FileChannel.open(file, options, ownerOnly(posix, "rw-------"));
    }

    private void closeFile(SystemDiskFile file) {
        if (files.remove(file)) {
            boolean _ = threads.call("close", file.path(), () -> {
                file.release();
                return true;
            });
        }
    }

    @Override
    public Type typeOf(String path) {
        Path file = resolve(path);
        return call("look at", path, () -> {
            if (Files.isDirectory(file)) {
                return Type.DIRECTORY;
            }
            return Files.exists(file) ? Type.FILE : Type.NOTHING;
        });
    }

    @Override
    public List<String> list(String directory) {
        Path folder = resolve(directory);
        return call("list", directory, () -> {
            List<String> names = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    String name = entry.getFileName().toString();
                    if (Disk.isValidName(name)) {
                        names.add(name);
                    }
                }
            }
            Collections.sort(names);
            return names;
        });
    }

    @Override
    public void createDirectory(String path) {
        Path folder = resolve(path);
        Path _ = call("create directory", path, () -> Files.createDirectory(folder, ownerOnly(posix, "rwx------")));
    }

    @Override
    public void rename(String from, String to) {
        Path source = resolve(from);
        Path target = resolve(to);
        Path _ = call("rename " + from + " to", to, () -> Files.move(source, target, StandardCopyOption.ATOMIC_MOVE));
    }

    @Override
    public void delete(String path) {
        Path file = resolve(path);
        boolean _ = call("delete", path, () -> {
            Files.delete(file);
            return true;
        });
    }

    @Override
    public void syncDirectory(String directory) {
        Path folder = resolve(directory);
        boolean _ = call("sync directory", directory, () -> {
            if (!Files.isDirectory(folder) && Files.exists(folder)) {
                throw new DiskFailure(DiskFailure.Kind.WRONG_TYPE, "sync directory " + folder);
            }
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
            return true;
        });
    }

    @Override
    public long freeBytes() {
        return call("ask for free space of", "", fileStore::getUsableSpace);
    }

    @Override
    public Lock lock(String path) {
        Path file = resolve(path);
        return call("lock", path, () -> {
            Set<OpenOption> options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE);
            HeldLocks.Held held = HeldLocks.take(file, () -> openChannel(file, options));
            Lock lock = new Lock() {
                @Override
                public void close() {
                    if (locks.remove(this)) {
                        boolean _ = call("unlock", path, () -> {
                            held.release();
                            return true;
                        });
                    }
                }
            };
            locks.add(lock);
            return lock;
        });
    }

    private Path resolve(String path) {
        Disk.requireValid(path);
        return root.resolve(path);
    }

    private <T> T call(String verb, String path, IoThreads.Call<T> call) {
        return threads.call(verb, root.resolve(path).toString(), call);
    }

    /** Closes what is still open, then ends the threads: from then on every call fails with CLOSED. */
    @Override
    public void close() {
        try {
            List.copyOf(files).forEach(DiskFile::close);
            List.copyOf(locks).forEach(Lock::close);
        } finally {
            threads.close();
        }
    }
}
