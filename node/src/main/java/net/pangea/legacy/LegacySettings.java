package net.pangea.legacy;

import java.time.Duration;

/**
 * How much is kept and done for peers of the original network.
 *
 * @param quotaBytes of all that is kept: shards and shares, without what the store needs to keep them
 * @param entries how many shards and shares; each takes some hundred bytes of memory beside its content on disk
 * @param peerQuotaBytes of what one peer has stored. Whoever likes can be many peers, so this keeps an honest one from
 *     taking it all; the quota is what protects the node
 * @param requests served at a time; each takes up to twice {@link LegacyRequest#MAX_DATA_BYTES} of memory
 * @param requestsPerPeer of these, from one peer
 * @param patience for a request to begin, again for the rest of it to arrive, and again for its answer to be taken
 */
public record LegacySettings(
        long quotaBytes, int entries, long peerQuotaBytes, int requests, int requestsPerPeer, Duration patience) {

    /** Little beside what a node keeps for its own network: an original node keeps all of it in memory. */
    public static final LegacySettings DEFAULT =
            new LegacySettings(64 << 20, 4_096, 16 << 20, 32, 8, Duration.ofSeconds(30));

    public LegacySettings {
        if (quotaBytes < 0 || peerQuotaBytes < 0 || entries < 0) {
            throw new IllegalArgumentException("quotas are not negative");
        }
        if (requests < 1 || requestsPerPeer < 1 || !patience.isPositive()) {
            throw new IllegalArgumentException("requests at a time and patience are positive");
        }
    }
}
