package net.pangea.sim.disk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFile;
import net.pangea.machine.RandomStream;

/** A disk image with its faults, a time that passes by waiting, and the incarnations one after another. */
final class TestDisk implements Pause, DiskTrace {
    static final long CAPACITY_BYTES = 64L << 20;

    final DiskImage image = new DiskImage();
    final DiskFaults faults = new DiskFaults();
    final List<String> operations = new ArrayList<>();
    final List<Damage> damages = new ArrayList<>();
    final RandomStream cuts;
    long nowNanos;
    long pauses;
    long crashAtPause = Long.MAX_VALUE;

    private final long seed;
    private DiskProfile profile;

    /** The end of a task that waits when its machine crashes. */
    static final class Crashed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    TestDisk(long seed) {
        this(seed, DiskProfile.instant(CAPACITY_BYTES));
    }

    TestDisk(long seed, DiskProfile profile) {
        this.seed = seed;
        this.profile = profile;
        this.cuts = RandomStream.of(seed, "cuts");
    }

    /** From the next incarnation on. */
    void profile(DiskProfile other) {
        profile = other;
    }

    SimulatedDisk start() {
        String incarnation = "incarnation " + image.incarnation();
        return new SimulatedDisk(
                image,
                profile,
                faults,
                name -> RandomStream.of(seed, incarnation, name),
                new DiskWorld(() -> nowNanos, this, this));
    }

    SimulatedDisk afterPowerCut() {
        image.powerCut(cuts, faults.isTorn());
        return start();
    }

    SimulatedDisk afterProcessCrash() {
        image.processCrash();
        return start();
    }

    @Override
    public void forNanos(long nanos) {
        pauses++;
        if (pauses >= crashAtPause) {
            throw new Crashed();
        }
        nowNanos += nanos;
    }

    @Override
    public void operation(DiskOperation kind, String path, long offset, long length) {
        operations.add(kind + " " + path + " " + offset + "+" + length);
    }

    @Override
    public void damaged(Damage damage) {
        damages.add(damage);
    }

    /** {@return all bytes of a file} */
    static byte[] contents(Disk disk, String path) {
        try (DiskFile file = disk.open(path, Disk.Mode.READ)) {
            byte[] bytes = new byte[(int) file.size()];
            int count = file.read(0, ByteBuffer.wrap(bytes));
            return Arrays.copyOf(bytes, count);
        }
    }

    /** Makes a file with synced contents and a synced name. */
    static void store(Disk disk, String path, byte[] bytes) {
        writeAndSync(disk, path, bytes);
        disk.syncDirectory(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
    }

    /** Makes a file with synced contents under a name that is not synced. */
    static void writeAndSync(Disk disk, String path, byte[] bytes) {
        try (DiskFile file = disk.open(path, Disk.Mode.CREATE)) {
            file.write(0, ByteBuffer.wrap(bytes));
            file.sync();
        }
    }

    /** {@return {@code length} bytes that all say {@code value}} */
    static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** {@return {@code length} bytes that depend on {@code seed}} */
    static byte[] noise(int length, long seed) {
        byte[] bytes = new byte[length];
        RandomStream.of(seed, "noise").fill(bytes);
        return bytes;
    }
}
