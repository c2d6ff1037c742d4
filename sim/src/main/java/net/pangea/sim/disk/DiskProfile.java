package net.pangea.sim.disk;

import java.util.function.ToLongFunction;
import net.pangea.machine.RandomStream;

/**
 * What kind of device a simulated disk is.
 *
 * @param latencyNanos drawn for each read, write and change of names
 * @param syncNanos drawn for each sync of a file or a directory
 * @param bandwidthBytesPerSecond of reads and writes together; the device does one thing at a time
 * @param capacityBytes what fits, counted in whole sectors of contents; names are free
 * @param readErrorPerMillion how many of a million reads fail
 * @param writeErrorPerMillion how many of a million writes fail, done in part or not at all
 * @param syncErrorPerMillion how many of a million syncs fail
 */
public record DiskProfile(
        ToLongFunction<RandomStream> latencyNanos,
        ToLongFunction<RandomStream> syncNanos,
        long bandwidthBytesPerSecond,
        long capacityBytes,
        int readErrorPerMillion,
        int writeErrorPerMillion,
        int syncErrorPerMillion) {

    private static final long GIB = 1L << 30;

    public DiskProfile {
        if (bandwidthBytesPerSecond <= 0) {
            throw new IllegalArgumentException("bandwidth must be positive: " + bandwidthBytesPerSecond);
        }
        if (capacityBytes < 0) {
            throw new IllegalArgumentException("capacity must not be negative: " + capacityBytes);
        }
        DiskFaults.requireChance(readErrorPerMillion);
        DiskFaults.requireChance(writeErrorPerMillion);
        DiskFaults.requireChance(syncErrorPerMillion);
    }

    /** {@return a healthy solid-state disk of 64 GiB as in a small computer} */
    public static DiskProfile solidState() {
        return new DiskProfile(
                random -> random.between(60_000, 120_000),
                random -> random.between(500_000, 2_000_000),
                400_000_000,
                64 * GIB,
                0,
                0,
                0);
    }

    /** {@return a healthy disk of {@code capacityBytes} that takes no time, for tests of logic} */
    public static DiskProfile instant(long capacityBytes) {
        return new DiskProfile(_ -> 0, _ -> 0, Long.MAX_VALUE, capacityBytes, 0, 0, 0);
    }
}
