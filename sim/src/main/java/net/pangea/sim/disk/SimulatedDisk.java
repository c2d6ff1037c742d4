package net.pangea.sim.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFailure;
import net.pangea.machine.DiskFile;
import net.pangea.machine.RandomStream;

/**
 * One incarnation's view of a {@link DiskImage}, with the times and faults of a device.
 *
 * <p>Every call that changes something waits before and after its effect, so that a crash can fall on either side; one
 * that only looks waits before, since it leaves nothing that a crash could find. A write of more than a page of memory
 * is done in two parts with a wait between them. The device does one thing at a time, in the
 * order of the calls; sizes, types and free space are known without it. When the incarnation has ended, by
 * whatever the image suffered, every call fails with CLOSED.
 */
public final class SimulatedDisk implements Disk {
    private final DiskImage image;
    private final DiskProfile profile;
    private final DiskFaults faults;
    private final DiskWorld world;
    private final int incarnation;
    private final List<SimulatedFile> openFiles = new ArrayList<>(0);
    private final List<HeldLock> heldLocks = new ArrayList<>(0);
    private final DiskChances chances;
    private long busyUntilNanos;

    /**
     * Begins an incarnation; the one before on the same image must have ended.
     *
     * @param streams gives the stream of a name, the same for the same name; the names begin with {@code disk.}
     */
    public SimulatedDisk(
            DiskImage image,
            DiskProfile profile,
            DiskFaults faults,
            Function<String, RandomStream> streams,
            DiskWorld world) {
        this.image = image;
        this.profile = profile;
        this.faults = faults;
        this.world = world;
        this.incarnation = image.incarnation();
        this.chances = new DiskChances(profile, faults, streams);
    }

    /** {@return the paths of the open files, in the order of opening, under the names they were opened by} */
    public List<String> openFiles() {
        return openFiles.stream().map(SimulatedFile::path).toList();
    }

    /** {@return the paths of the locks that are held, in the order of taking} */
    public List<String> heldLocks() {
        return heldLocks.stream().map(HeldLock::path).toList();
    }

    @Override
    public DiskFile open(String path, Mode mode) {
        Disk.requireValid(path);
        return perform(chances.latencyNanos(), () -> {
            FileInode inode = image.open(path, mode, isFull());
            image.opened(inode);
            SimulatedFile file = new SimulatedFile(this, inode, path, mode != Mode.READ);
            openFiles.add(file);
            tell(DiskOperation.OPEN, path, 0, 0);
            return file;
        });
    }

    @Override
    public Type typeOf(String path) {
        Disk.requireValid(path);
        return lookAtOnce(() -> {
            tell(DiskOperation.TYPE, path, 0, 0);
            return image.typeOf(path);
        });
    }

    @Override
    public List<String> list(String directory) {
        Disk.requireValid(directory);
        return look(chances.latencyNanos(), () -> {
            List<String> names = image.list(directory);
            tell(DiskOperation.LIST, directory, 0, names.size());
            return names;
        });
    }

    @Override
    public void createDirectory(String path) {
        Disk.requireValid(path);
        perform(chances.latencyNanos(), () -> {
            image.createDirectory(path, isFull());
            tell(DiskOperation.CREATE_DIRECTORY, path, 0, 0);
        });
    }

    @Override
    public void rename(String from, String to) {
        Disk.requireValid(from);
        Disk.requireValid(to);
        perform(chances.latencyNanos(), () -> {
            image.rename(from, to);
            tell(DiskOperation.RENAME, to, 0, 0);
            tell(DiskOperation.RENAMED_FROM, from, 0, 0);
        });
    }

    @Override
    public void delete(String path) {
        Disk.requireValid(path);
        perform(chances.latencyNanos(), () -> {
            image.delete(path);
            tell(DiskOperation.DELETE, path, 0, 0);
        });
    }

    @Override
    public void syncDirectory(String directory) {
        Disk.requireValid(directory);
        perform(chances.syncNanos(), () -> {
            switch (chances.syncOutcome()) {
                case DONE -> {
                    image.syncDirectory(directory);
                    tell(DiskOperation.SYNC_DIRECTORY, directory, 0, 0);
                }
                case LOST -> {
                    int _ = image.list(directory).size(); // still fails if it is no directory
                    tell(DiskOperation.SYNC_LOST, directory, 0, 0);
                }
                case FAILED -> {
                    image.failSyncDirectory(directory, chances.damage());
                    throw ioError("sync directory", directory, 0, 0);
                }
            }
        });
    }

    @Override
    public long freeBytes() {
        return lookAtOnce(() -> {
            long free = room();
            tell(DiskOperation.FREE_BYTES, "", 0, free);
            return free;
        });
    }

    @Override
    public Lock lock(String path) {
        Disk.requireValid(path);
        return perform(chances.latencyNanos(), () -> {
            FileInode inode = image.open(path, Mode.CREATE, isFull());
            if (inode.locked) {
                throw new DiskFailure(DiskFailure.Kind.LOCKED, "lock '" + path + "'");
            }
            inode.locked = true;
            HeldLock lock = new HeldLock(path, inode);
            heldLocks.add(lock);
            tell(DiskOperation.LOCK, path, 0, 0);
            return lock;
        });
    }

    private final class HeldLock implements Lock {
        private final String path;
        private final FileInode inode;

        HeldLock(String path, FileInode inode) {
            this.path = path;
            this.inode = inode;
        }

        String path() {
            return path;
        }

        @Override
        public void close() {
            if (isAlive() && heldLocks.remove(this)) {
                performAtOnce(() -> {
                    inode.locked = false;
                    tell(DiskOperation.UNLOCK, path, 0, 0);
                });
            }
        }
    }

    DiskImage image() {
        return image;
    }

    DiskChances chances() {
        return chances;
    }

    /** {@return how many bytes new sectors may take} */
    long room() {
        return isFull() ? 0 : profile.capacityBytes() - image.usedBytes();
    }

    private boolean isFull() {
        return faults.isFull() || image.usedBytes() >= profile.capacityBytes();
    }

    void forget(SimulatedFile file, FileInode inode) {
        if (openFiles.remove(file)) {
            performAtOnce(() -> {
                image.closed(inode);
                tell(DiskOperation.CLOSE, file.path(), 0, 0);
            });
        }
    }

    void tell(DiskOperation kind, String path, long offset, long length) {
        world.trace().operation(kind, path, offset, length);
    }

    void tell(Damage damage) {
        world.trace().damaged(damage);
    }

    DiskFailure ioError(String verb, String path, long offset, long length) {
        tell(DiskOperation.IO_ERROR, path, offset, length);
        return new DiskFailure(DiskFailure.Kind.IO_ERROR, verb + " '" + path + "'");
    }

    /** Does what needs no device, with a scheduling point on either side. */
    <T> T performAtOnce(Supplier<T> effect) {
        requireAlive();
        return between(0, effect);
    }

    void performAtOnce(Runnable effect) {
        boolean _ = performAtOnce(asSupplier(effect));
    }

    /** Does what takes the device {@code nanos}: half of the wait before the effect, half after. */
    <T> T perform(long nanos, Supplier<T> effect) {
        requireAlive();
        return between(reserve(nanos), effect);
    }

    void perform(long nanos, Runnable effect) {
        boolean _ = perform(nanos, asSupplier(effect));
    }

    /** Does what takes the device {@code nanos} and changes nothing. */
    <T> T look(long nanos, Supplier<T> effect) {
        requireAlive();
        pause(reserve(nanos));
        return effect.get();
    }

    /** Does what needs no device and changes nothing. */
    <T> T lookAtOnce(Supplier<T> effect) {
        requireAlive();
        pause(0);
        return effect.get();
    }

    private static Supplier<Boolean> asSupplier(Runnable effect) {
        return () -> {
            effect.run();
            return true;
        };
    }

    private <T> T between(long waitNanos, Supplier<T> effect) {
        pause(waitNanos / 2);
        try {
            return effect.get();
        } finally {
            world.pause().forNanos(waitNanos - waitNanos / 2);
        }
    }

    /** {@return how long a task must wait that gives the device {@code nanos} of work now} */
    private long reserve(long nanos) {
        long now = world.nanoTime().getAsLong();
        busyUntilNanos = Math.max(now, busyUntilNanos) + nanos;
        return busyUntilNanos - now;
    }

    /** Waits; what follows belongs to a living incarnation. */
    void pause(long nanos) {
        world.pause().forNanos(nanos);
        requireAlive();
    }

    boolean isAlive() {
        return incarnation == image.incarnation();
    }

    private void requireAlive() {
        if (!isAlive()) {
            throw new DiskFailure(DiskFailure.Kind.CLOSED, "a disk of an incarnation that has ended");
        }
    }
}
