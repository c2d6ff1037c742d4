package net.pangea.repair;

import java.time.Duration;
import net.pangea.machine.TimeText;

/**
 * How eagerly a node repairs.
 *
 * @param enabled whether it looks and repairs at all
 * @param scan between two looks at what is held here, give or take a quarter. A peer that comes back for at least one
 *     and a quarter of it between two absences is seen, so that absences shorter than the grace cost nothing
 * @param grace how long a column must be seen missing, without a break, before the first in rank rebuilds it
 * @param jitter how far urgent repairs (margin 1 or less) of the ranks are spread, in place of the grace
 * @param bytesPerSecond for shards and audits, fetched and stored together
 * @param auditBlocksPerDay blocks that this node asks of each peer for proof; see {@link AuditPlan#detection}
 * @param objectsPerScan how many of the objects held here one scan looks at; the next goes on from there
 * @param isolation for how long a node that lost half of its peers at once waits for their return before it takes the
 *     rest for the whole network
 */
public record RepairSettings(
        boolean enabled,
        Duration scan,
        Duration grace,
        Duration jitter,
        long bytesPerSecond,
        int auditBlocksPerDay,
        int objectsPerScan,
        Duration isolation) {

    private static final Duration LONGEST = Duration.ofDays(365);

    /**
     * A scan every three minutes of 4,096 objects; a quarter of an hour of grace, longer than a restart or an update takes; 8
     * MiB/s, half of a 100 Mbit/s line with room to spare; 300 blocks a day, with which one auditor alone finds a peer
     * that lost a hundredth of its blocks with 95 % within a day; a day of isolation.
     */
    public static final RepairSettings DEFAULT = new RepairSettings(
            true,
            Duration.ofMinutes(3),
            Duration.ofMinutes(15),
            Duration.ofSeconds(30),
            8 << 20,
            300,
            4_096,
            Duration.ofDays(1));

    public RepairSettings {
        requireTime(scan, "scan");
        requireTime(grace, "grace");
        requireTime(jitter, "jitter");
        requireTime(isolation, "isolation");
        if (scan.multipliedBy(3).compareTo(grace) > 0) {
            throw new IllegalArgumentException("repair.scan is at most a third of repair.grace (" + TimeText.of(grace)
                    + "), not " + TimeText.of(scan)
                    + ": an absence is only known to last if it is looked at several times");
        }
        if (bytesPerSecond < 1 << 10) {
            throw new IllegalArgumentException("repair.bytesPerSecond is at least 1,024, not " + bytesPerSecond);
        }
        if (auditBlocksPerDay < 1 || auditBlocksPerDay > 1_000_000) {
            throw new IllegalArgumentException("repair.auditBlocksPerDay is 1 to 1,000,000, not " + auditBlocksPerDay);
        }
        if (objectsPerScan < 1 || objectsPerScan > 1_000_000) {
            throw new IllegalArgumentException("repair.objectsPerScan is 1 to 1,000,000, not " + objectsPerScan);
        }
    }

    public RepairSettings withEnabled(boolean newEnabled) {
        return new RepairSettings(
                newEnabled, scan, grace, jitter, bytesPerSecond, auditBlocksPerDay, objectsPerScan, isolation);
    }

    public RepairSettings withScan(Duration newScan) {
        return new RepairSettings(
                enabled, newScan, grace, jitter, bytesPerSecond, auditBlocksPerDay, objectsPerScan, isolation);
    }

    /** {@return the same with another grace, and with a fifth of it as the time between scans, as by default} */
    public RepairSettings withGrace(Duration newGrace) {
        return new RepairSettings(
                enabled,
                newGrace.dividedBy(5),
                newGrace,
                jitter,
                bytesPerSecond,
                auditBlocksPerDay,
                objectsPerScan,
                isolation);
    }

    public RepairSettings withBytesPerSecond(long newBytesPerSecond) {
        return new RepairSettings(
                enabled, scan, grace, jitter, newBytesPerSecond, auditBlocksPerDay, objectsPerScan, isolation);
    }

    private static void requireTime(Duration time, String name) {
        if (!time.isPositive() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "repair." + name + " is positive and at most a year, not " + TimeText.of(time));
        }
    }
}
