package net.pangea.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFile;
import net.pangea.machine.GroupCommit;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Task;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.LogStore;
import net.pangea.store.StoreSettings;

/** Ways in which many tasks write entries of 64 KiB, each durable before its writer goes on. */
enum DurableWriting {
    /** {@link LogStore}: those who wait share a sync. */
    GROUP_COMMIT("LogStore, group commit"),
    /** One file to which all append, and one sync for each write: what a log without group commit does. */
    SYNC_EACH("a log, one fsync per write"),
    /** One file to which all append, and a sync for all who wait: the most that group commit can gain on this disk. */
    SYNC_SHARED("a log, fsync shared, no more"),
    /** A file for each entry: written, synced, renamed, its directory synced; those who wait share that last sync. */
    FILE_EACH("a file per entry");

    static final int ENTRY_BYTES = 64 << 10;

    private final String title;

    DurableWriting(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** What one writer does with one entry. */
    private interface Keep {
        void keep(EntryKey key, Bytes content) throws InterruptedException;
    }

    /**
     * How fast it went.
     *
     * @param perSecond entries, by the wall clock
     * @param cpuMicros of this process for an entry
     */
    record Rate(double perSecond, double cpuMicros) {}

    /** {@return the rate at which so many tasks write {@code count} entries} */
    Rate run(Machine machine, String directory, int writers, int count) throws InterruptedException {
        Disk disk = machine.disk();
        return switch (this) {
            case GROUP_COMMIT -> {
                StoreSettings defaults = StoreSettings.DEFAULT;
                StoreSettings settings = new StoreSettings(
                        directory, defaults.capacityBytes(), defaults.logFileBytes(), defaults.spareBytes());
                try (LogStore store = LogStore.open(machine, settings)) {
                    yield time(machine, writers, count, store::keep);
                }
            }
            case SYNC_EACH -> {
                disk.createDirectory(directory);
                try (DiskFile file = disk.open(directory + "/log", Disk.Mode.CREATE_NEW)) {
                    ReentrantLock lock = new ReentrantLock();
                    long[] end = new long[1];
                    yield time(machine, writers, count, (_, content) -> {
                        lock.lock();
                        try {
                            file.write(end[0], content.asBuffer());
                            file.sync();
                            end[0] += content.size();
                        } finally {
                            lock.unlock();
                        }
                    });
                }
            }
            case SYNC_SHARED -> {
                disk.createDirectory(directory);
                try (DiskFile file = disk.open(directory + "/log", Disk.Mode.CREATE_NEW)) {
                    var synced = new GroupCommit(file::sync);
                    AtomicLong end = new AtomicLong();
                    yield time(machine, writers, count, (_, content) -> {
                        file.write(end.getAndAdd(content.size()), content.asBuffer());
                        synced.commit();
                    });
                }
            }
            case FILE_EACH -> {
                disk.createDirectory(directory);
                var names = new GroupCommit(() -> disk.syncDirectory(directory));
                yield time(machine, writers, count, (key, content) -> {
                    String name = directory + "/" + key.name().hex();
                    try (DiskFile file = disk.open(name + ".tmp", Disk.Mode.CREATE_NEW)) {
                        file.write(0, content.asBuffer());
                        file.sync();
                    }
                    disk.rename(name + ".tmp", name);
                    names.commit();
                });
            }
        };
    }

    private static Rate time(Machine machine, int writers, int count, Keep keep) throws InterruptedException {
        byte[] bytes = new byte[ENTRY_BYTES];
        RandomStream.of(7, "content").fill(bytes);
        Bytes content = Bytes.wrap(bytes);
        AtomicInteger next = new AtomicInteger();
        long cpuStart = cpuNanos();
        long start = machine.clock().nanoTime();
        try (var scope = machine.tasks().open("writers")) {
            List<Task<Boolean>> tasks = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                tasks.add(scope.start("writer " + writer, () -> {
                    for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                        keep.keep(key(i), content);
                    }
                    return true;
                }));
            }
            for (Task<Boolean> task : tasks) {
                boolean _ = task.join();
            }
        }
        long nanos = machine.clock().nanoTime() - start;
        return new Rate(count * 1e9 / nanos, (cpuNanos() - cpuStart) / 1e3 / count);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    /** {@return the key of the i-th entry, as long as that of a shard} */
    static EntryKey key(int i) {
        return new EntryKey(
                EntryKind.SHARD,
                Sha256.of(Bytes.wrap(
                                ByteBuffer.allocate(Integer.BYTES).putInt(i).array()))
                        .bytes());
    }
}
