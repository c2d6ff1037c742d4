package net.pangea.object;

import java.time.Duration;
import net.pangea.manifest.ObjectLimits;
import net.pangea.manifest.Redundancy;

/**
 * How a node stores what its clients put.
 *
 * @param segmentBytes an object is cut into segments of this size; it goes into the manifest
 * @param lease for how long an object is kept unless its lease is renewed
 * @param suite code of the cipher suite
 */
public record PutSettings(Redundancy redundancy, int segmentBytes, Duration lease, int suite) {
    /** A month: renewed at half, a machine may be away for two weeks. */
    public static final Duration DEFAULT_LEASE = Duration.ofDays(30);

    public PutSettings {
        if (segmentBytes < 1
                || segmentBytes > ObjectLimits.SEGMENT_BYTES
                || !lease.isPositive()
                || !SegmentCodec.knows(suite)) {
            throw new IllegalArgumentException(
                    "segments have 1 to " + ObjectLimits.SEGMENT_BYTES + " bytes, a lease some time, a suite is known");
        }
    }

    /** {@return segments of 4 MiB, kept for a month} */
    public static PutSettings of(Redundancy redundancy) {
        return new PutSettings(redundancy, ObjectLimits.SEGMENT_BYTES, DEFAULT_LEASE, SegmentCodec.USUAL_SUITE);
    }
}
