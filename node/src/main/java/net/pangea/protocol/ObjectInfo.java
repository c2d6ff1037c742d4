package net.pangea.protocol;

import net.pangea.bytes.Sha256;
import net.pangea.keys.OwnerId;

/**
 * What is known of an object: what its manifest and header say, and how it is now.
 *
 * @param columnsFound columns of which every segment is claimed by peers that answered
 * @param margin how many of these may still be lost: {@code columnsFound - dataShards}, negative if the object cannot
 *     be read now
 * @param peersAnswered peers that said what they hold
 * @param peersAsked peers that were asked
 * @param leaseSequence of the newest lease seen
 * @param expiresMillis until when it is kept
 */
public record ObjectInfo(
        Sha256 object,
        String name,
        String mediaType,
        long sizeBytes,
        Sha256 content,
        long createdMillis,
        OwnerId owner,
        int suite,
        int dataShards,
        int parityShards,
        int segmentBytes,
        int segments,
        int columnsFound,
        int margin,
        int peersAnswered,
        int peersAsked,
        long leaseSequence,
        long expiresMillis,
        boolean deleted) {}
