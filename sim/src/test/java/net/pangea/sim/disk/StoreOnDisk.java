package net.pangea.sim.disk;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Capabilities;
import net.pangea.machine.Clock;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFile;
import net.pangea.machine.Event;
import net.pangea.machine.Events;
import net.pangea.machine.FaultPoints;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Tasks;
import net.pangea.store.EntryKey;
import net.pangea.store.EntryKind;
import net.pangea.store.LogStore;
import net.pangea.store.StoreRecovered;
import net.pangea.store.StoreSettings;

/** A store on a simulated disk, for one thread, and what can happen to the disk. */
final class StoreOnDisk {
    /** Log files so small that a few entries fill one. */
    static final StoreSettings SMALL = new StoreSettings("store", Long.MAX_VALUE, 8 << 10, 8 << 10);

    final TestDisk disk;
    final List<StoreRecovered> recovered = new ArrayList<>();
    private final long seed;
    private final StoreSettings settings;
    private int incarnation;
    private SimulatedDisk current;
    LogStore store;

    StoreOnDisk(long seed) {
        this(seed, SMALL, new TestDisk(seed));
    }

    StoreOnDisk(long seed, StoreSettings settings, TestDisk disk) {
        this.seed = seed;
        this.settings = settings;
        this.disk = disk;
        this.current = disk.start();
        this.store = open();
    }

    private LogStore open() {
        incarnation++;
        return LogStore.open(new DiskMachine(current, incarnation), settings);
    }

    /** Opens the store again on a disk that says it has room when it has none. */
    void lieAboutFreeBytes() {
        store.close();
        current = afterOrderlyEnd();
        incarnation++;
        store = LogStore.open(new DiskMachine(new Boastful(current), incarnation), settings);
    }

    SimulatedDisk raw() {
        return current;
    }

    StoreRecovered lastRecovery() {
        return recovered.getLast();
    }

    void reopen() {
        store.close();
        assertThat(current.openFiles()).isEmpty();
        assertThat(current.heldLocks()).isEmpty();
        current = afterOrderlyEnd();
        store = open();
    }

    private SimulatedDisk afterOrderlyEnd() {
        return disk.afterProcessCrash();
    }

    /** The power goes; the store is opened again. */
    void cutPower() {
        disk.crashAtPause = Long.MAX_VALUE;
        current = disk.afterPowerCut();
        store = open();
    }

    void killProcess() {
        disk.crashAtPause = Long.MAX_VALUE;
        current = disk.afterProcessCrash();
        store = open();
    }

    /** The process dies while the store is being opened, after so many waits for the disk. */
    void powerCutWhileOpening(long pauses) {
        disk.crashAtPause = Long.MAX_VALUE;
        current = disk.afterPowerCut();
        disk.crashAtPause = disk.pauses + pauses;
        try {
            store = open();
        } catch (TestDisk.Crashed e) {
            return;
        }
        disk.crashAtPause = Long.MAX_VALUE;
    }

    static EntryKey key(int number) {
        return key(EntryKind.SHARD, number);
    }

    static EntryKey key(EntryKind kind, int number) {
        return new EntryKey(kind, Bytes.wrap(new byte[] {(byte) (number >> 4), (byte) number, 7}));
    }

    /** {@return content that differs with its seed} */
    static Bytes content(int size, long contentSeed) {
        return Bytes.wrap(TestDisk.noise(size, contentSeed));
    }

    /** As much of a machine as a store uses. */
    private final class DiskMachine implements Machine {
        private final Disk its;
        private final int number;

        DiskMachine(Disk its, int number) {
            this.its = its;
            this.number = number;
        }

        @Override
        public String name() {
            return "one";
        }

        @Override
        public Disk disk() {
            return its;
        }

        @Override
        public Events events() {
            return (Event event) -> recovered.add((StoreRecovered) event);
        }

        @Override
        public FaultPoints faults() {
            return FaultPoints.NONE;
        }

        @Override
        public RandomStream random(String name) {
            return RandomStream.of(seed, "machine", number + name);
        }

        @Override
        public Clock clock() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Tasks tasks() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Network network() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Capabilities capabilities() {
            throw new UnsupportedOperationException();
        }

        @Override
        public SecureRandom secrets() {
            throw new UnsupportedOperationException();
        }
    }

    /** A disk whose free bytes are a lie. */
    private record Boastful(Disk real) implements Disk {
        @Override
        public DiskFile open(String path, Mode mode) {
            return real.open(path, mode);
        }

        @Override
        public Type typeOf(String path) {
            return real.typeOf(path);
        }

        @Override
        public List<String> list(String directory) {
            return real.list(directory);
        }

        @Override
        public void createDirectory(String path) {
            real.createDirectory(path);
        }

        @Override
        public void rename(String from, String to) {
            real.rename(from, to);
        }

        @Override
        public void delete(String path) {
            real.delete(path);
        }

        @Override
        public void syncDirectory(String directory) {
            real.syncDirectory(directory);
        }

        @Override
        public long freeBytes() {
            return 1L << 40;
        }

        @Override
        public Lock lock(String path) {
            return real.lock(path);
        }
    }
}
