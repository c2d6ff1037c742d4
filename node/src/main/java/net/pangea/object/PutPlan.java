package net.pangea.object;

import java.util.List;
import java.util.Optional;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;
import net.pangea.manifest.ObjectLimits;

/**
 * How one put goes: from the beginning, or from where an earlier attempt ended.
 *
 * @param log where its progress is noted, if it may be resumed
 * @param resumed segments that the earlier attempt has stored
 * @param holders the names of their last holders, one for each column; none if nothing is resumed
 */
record PutPlan(
        PutRequest request,
        PutSettings settings,
        DataKey key,
        Sha256 placementKey,
        long begunMillis,
        Optional<ResumeLog> log,
        int resumed,
        List<String> holders) {
    /** Framing, and padding of short segments, in one shard. */
    private static final int SHARD_EXTRA_BYTES = 1_024;

    PutPlan {
        holders = List.copyOf(holders);
    }

    int segments() {
        return ObjectLimits.segmentsOf(request.sizeBytes(), settings.segmentBytes());
    }

    int sizeOfSegment(int index) {
        return ObjectLimits.sizeOfSegment(index, request.sizeBytes(), settings.segmentBytes());
    }

    /** {@return the most that one column may take: content that does not compress, an eighth more for padding} */
    long columnBytesMax() {
        long data = Math.ceilDiv(
                request.sizeBytes() + request.sizeBytes() / 8,
                settings.redundancy().dataShards());
        return data + (long) segments() * SHARD_EXTRA_BYTES;
    }
}
