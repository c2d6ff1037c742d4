package net.pangea.holding;

import java.time.Duration;
import java.util.List;
import net.pangea.keys.OwnerId;
import net.pangea.machine.TimeText;

/**
 * How much a holder takes, from whom, and how long it keeps what nobody wants any more.
 *
 * @param accept whether owners have to be listed
 * @param owners the list, at most {@value #OWNERS_MAX}; the node's own owner need not be on it
 * @param ownerQuotaBytes what each accepted owner may take here, shards and reservations together
 * @param unknownCapBytes what all other owners may take together; 0 to take nothing from them
 * @param clockSlack by how much an expired ticket or lease is still taken, since clocks differ
 * @param expiryGrace how long an object outlives its lease
 * @param uploadGrace how long shards wait for their manifest
 * @param trashGrace how long what was deleted or collected could be brought back
 * @param collectPeriod how often the collector looks
 * @param scrubPeriod how often the scrubber reads on
 * @param scrubBytes how much it reads then
 * @param scrubEvery how much time lies at least between the beginnings of two passes over everything
 * @param compactPeriod how often space is given back
 */
public record HoldingSettings(
        Accept accept,
        List<OwnerId> owners,
        long ownerQuotaBytes,
        long unknownCapBytes,
        Duration clockSlack,
        Duration expiryGrace,
        Duration uploadGrace,
        Duration trashGrace,
        Duration collectPeriod,
        Duration scrubPeriod,
        long scrubBytes,
        Duration scrubEvery,
        Duration compactPeriod) {
    /** The list is looked through in memory and given with the configuration. */
    public static final int OWNERS_MAX = 65_536;

    /** Ten years: beyond it a duration is a mistake. */
    private static final Duration DURATION_MAX = Duration.ofDays(3_653);

    private static final long QUOTA_MAX_BYTES = 1L << 60;

    /** Whether owners have to be listed. */
    public enum Accept {
        /** Those on the list have a quota each; all others share one small cap. */
        LISTED,
        /** Every owner has a quota. */
        EVERYONE
    }

    /**
     * 100 GiB for each owner of an empty list, 256 MiB for all others; reads 64 MiB a minute, 90 GiB a day, nothing twice in
     * a day.
     */
    public static final HoldingSettings DEFAULT = new HoldingSettings(
            Accept.LISTED,
            List.of(),
            100L << 30,
            256L << 20,
            Duration.ofHours(1),
            Duration.ofDays(7),
            Duration.ofHours(24),
            Duration.ofDays(7),
            Duration.ofMinutes(10),
            Duration.ofMinutes(1),
            64L << 20,
            Duration.ofDays(1),
            Duration.ofMinutes(1));

    public HoldingSettings {
        owners = List.copyOf(owners);
        require(owners.size() <= OWNERS_MAX, "at most " + OWNERS_MAX + " owners are listed, not " + owners.size());
        size(ownerQuotaBytes, "quota of an owner");
        size(unknownCapBytes, "cap of unknown owners");
        duration(clockSlack, Duration.ZERO, "clock slack");
        duration(expiryGrace, Duration.ZERO, "grace of expired objects");
        duration(uploadGrace, Duration.ofMinutes(1), "grace of uploads");
        duration(trashGrace, Duration.ZERO, "grace of the trash");
        duration(collectPeriod, Duration.ofSeconds(1), "period of collection");
        duration(scrubPeriod, Duration.ofSeconds(1), "period of scrubbing");
        require(scrubBytes >= 1 && scrubBytes <= 1L << 40, "scrubbing reads 1 byte to 1 TiB at a time");
        duration(scrubEvery, Duration.ofSeconds(1), "time between two passes of scrubbing");
        duration(compactPeriod, Duration.ofSeconds(1), "period of compaction");
    }

    /** {@return settings with another list of owners} */
    public HoldingSettings accepting(Accept nowAccept, List<OwnerId> nowOwners) {
        return new HoldingSettings(
                nowAccept,
                nowOwners,
                ownerQuotaBytes,
                unknownCapBytes,
                clockSlack,
                expiryGrace,
                uploadGrace,
                trashGrace,
                collectPeriod,
                scrubPeriod,
                scrubBytes,
                scrubEvery,
                compactPeriod);
    }

    /** {@return settings with other limits} */
    public HoldingSettings limited(long nowOwnerQuotaBytes, long nowUnknownCapBytes) {
        return new HoldingSettings(
                accept,
                owners,
                nowOwnerQuotaBytes,
                nowUnknownCapBytes,
                clockSlack,
                expiryGrace,
                uploadGrace,
                trashGrace,
                collectPeriod,
                scrubPeriod,
                scrubBytes,
                scrubEvery,
                compactPeriod);
    }

    private static void size(long bytes, String what) {
        require(bytes >= 0 && bytes <= QUOTA_MAX_BYTES, "the " + what + " is 0 bytes to 1 EiB, not " + bytes);
    }

    private static void duration(Duration duration, Duration min, String what) {
        require(
                duration.compareTo(min) >= 0 && duration.compareTo(DURATION_MAX) <= 0,
                "the " + what + " is " + TimeText.of(min) + " to " + TimeText.of(DURATION_MAX) + ", not "
                        + TimeText.of(duration));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
