package net.pangea.store;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFailure.Kind;
import net.pangea.machine.DiskFile;
import net.pangea.machine.RandomStream;

/**
 * A disk in memory that keeps apart what is written and what is durable, and whose power can go before any of
 * its operations. For one thread.
 */
final class CrashingDisk implements Disk {

    /** The power went. */
    static final class PowerCut extends Error {
        private static final long serialVersionUID = 1L;
    }

    private static final class Inode {
        byte[] now = {};
        byte[] durable = {};
    }

    private final Map<String, Inode> files = new TreeMap<>();
    private final Map<String, Inode> durableFiles = new TreeMap<>();
    private final Map<String, Boolean> directories = new TreeMap<>(); // whether durable
    private long operationsLeft = Long.MAX_VALUE;
    private long operations;
    private long freeBytes = 1L << 40;
    private boolean locked;

    /** Cuts the power before the operation with this number, counted from now on. */
    void cutPowerAfter(long operationCount) {
        operationsLeft = operationCount;
        operations = 0;
    }

    long operations() {
        return operations;
    }

    void freeBytes(long bytes) {
        freeBytes = bytes;
    }

    /** Comes back after a power cut: of what was not durable, each part is there or not. */
    void restart(RandomStream random) {
        operationsLeft = Long.MAX_VALUE;
        locked = false;
        Map<String, Inode> found = new TreeMap<>(durableFiles);
        files.forEach((path, inode) -> {
            if (random.chance(500_000)) {
                found.put(path, inode);
            }
        });
        durableFiles.keySet().stream()
                .filter(path -> !files.containsKey(path) && random.chance(500_000))
                .toList()
                .forEach(found::remove);
        directories.values().removeIf(durable -> !durable && random.chance(500_000));
        directories.replaceAll((_, _) -> true);
        found.keySet().removeIf(path -> !parent(path).isEmpty() && !directories.containsKey(parent(path)));
        for (Inode inode : found.values()) {
            int length = random.chance(500_000) ? inode.now.length : inode.durable.length;
            byte[] torn = Arrays.copyOf(inode.now, length);
            System.arraycopy(inode.durable, 0, torn, 0, Math.min(length, inode.durable.length));
            inode.now = torn;
            inode.durable = torn.clone();
        }
        files.clear();
        files.putAll(found);
        durableFiles.clear();
        durableFiles.putAll(found);
    }

    /** The process that held the lock died. */
    void unlock() {
        locked = false;
    }

    /** Turns one bit of a file that ends like this. */
    void rot(String suffix, int offset) {
        byte[] bytes = inode(paths(suffix).getFirst()).now;
        bytes[Math.floorMod(offset, bytes.length)] ^= 1;
    }

    List<String> paths(String suffix) {
        return files.keySet().stream().filter(path -> path.endsWith(suffix)).toList();
    }

    @Override
    public DiskFile open(String path, Mode mode) {
        step();
        boolean there = files.containsKey(path);
        if (!there && mode != Mode.CREATE_NEW && mode != Mode.CREATE) {
            throw new DiskFailure(Kind.NOT_FOUND, path);
        }
        if (there && mode == Mode.CREATE_NEW) {
            throw new DiskFailure(Kind.ALREADY_EXISTS, path);
        }
        requireDirectory(parent(path));
        return new File(files.computeIfAbsent(path, _ -> new Inode()));
    }

    @Override
    public Type typeOf(String path) {
        step();
        return files.containsKey(path)
                ? Type.FILE
                : path.isEmpty() || directories.containsKey(path) ? Type.DIRECTORY : Type.NOTHING;
    }

    @Override
    public List<String> list(String directory) {
        step();
        requireDirectory(directory);
        List<String> names = new ArrayList<>();
        files.keySet().forEach(path -> addChild(names, directory, path));
        directories.keySet().forEach(path -> addChild(names, directory, path));
        return names.stream().sorted().toList();
    }

    @Override
    public void createDirectory(String path) {
        step();
        requireDirectory(parent(path));
        if (directories.putIfAbsent(path, false) != null) {
            throw new DiskFailure(Kind.ALREADY_EXISTS, path);
        }
    }

    @Override
    public void rename(String from, String to) {
        step();
        Inode inode = inode(from);
        files.remove(from);
        files.put(to, inode);
    }

    @Override
    public void delete(String path) {
        step();
        files.remove(path, inode(path));
    }

    @Override
    public void syncDirectory(String directory) {
        step();
        requireDirectory(directory);
        durableFiles.keySet().removeIf(path -> parent(path).equals(directory) && !files.containsKey(path));
        files.forEach((path, inode) -> {
            if (parent(path).equals(directory)) {
                durableFiles.put(path, inode);
            }
        });
        directories.replaceAll((path, durable) -> durable || parent(path).equals(directory));
    }

    @Override
    public long freeBytes() {
        return freeBytes;
    }

    @Override
    public Lock lock(String path) {
        step();
        if (locked) {
            throw new DiskFailure(Kind.LOCKED, path);
        }
        locked = true;
        return () -> locked = false;
    }

    private void step() {
        operations++;
        if (operationsLeft-- <= 0) {
            throw new PowerCut();
        }
    }

    private Inode inode(String path) {
        Inode inode = files.get(path);
        if (inode == null) {
            throw new DiskFailure(Kind.NOT_FOUND, path);
        }
        return inode;
    }

    private void requireDirectory(String path) {
        if (!path.isEmpty() && !directories.containsKey(path)) {
            throw new DiskFailure(Kind.NOT_FOUND, path);
        }
    }

    private static void addChild(List<String> names, String directory, String path) {
        if (parent(path).equals(directory)) {
            names.add(path.substring(path.lastIndexOf('/') + 1));
        }
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private final class File implements DiskFile {
        private final Inode inode;

        File(Inode inode) {
            this.inode = inode;
        }

        @Override
        public int read(long position, ByteBuffer target) {
            step();
            int count = Math.clamp(inode.now.length - position, 0, target.remaining());
            if (count > 0) {
                target.put(inode.now, (int) position, count);
            }
            return count;
        }

        @Override
        public void write(long position, ByteBuffer source) {
            step();
            int end = (int) position + source.remaining();
            byte[] written = Arrays.copyOf(inode.now, Math.max(inode.now.length, end));
            source.get(written, (int) position, source.remaining());
            inode.now = written;
        }

        @Override
        public void sync() {
            step();
            inode.durable = inode.now.clone();
        }

        @Override
        public void truncate(long size) {
            step();
            inode.now = Arrays.copyOf(inode.now, (int) Math.min(size, inode.now.length));
        }

        @Override
        public long size() {
            return inode.now.length;
        }

        @Override
        public void close() {}
    }
}
