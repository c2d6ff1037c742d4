package net.pangea.libp2p;

import java.time.Duration;
import java.util.LinkedHashMap;
import net.pangea.multiformats.PeerId;

/**
 * Remembers who could not be reached, and when it may be tried again: after five seconds, or one if it refused, which costs
 * nobody anything and says that its computer is there; and twice as long after each further failure, up to five minutes, or one.
 * Pure but for what it remembers; guarded by whoever owns it.
 */
final class BackOff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration FIRST_REFUSED = Duration.ofSeconds(1);
    private static final int DOUBLINGS_MAX = 6;

    /** Beyond it the oldest are forgotten, and then tried again. */
    private static final int PEERS_MAX = 4_096;

    private final LinkedHashMap<PeerId, Failed> failed = new LinkedHashMap<>();

    private record Failed(int times, long untilNanos) {}

    /** @param refused whether all of its addresses said at once that nobody listens there */
    void failed(PeerId peer, boolean refused, long nowNanos) {
        Failed before = failed.remove(peer);
        int times = before == null ? 0 : Math.min(before.times + 1, DOUBLINGS_MAX);
        failed.put(peer, new Failed(times, nowNanos + ((refused ? FIRST_REFUSED : FIRST).toNanos() << times)));
        if (failed.size() > PEERS_MAX) {
            var _ = failed.pollFirstEntry();
        }
    }

    void reached(PeerId peer) {
        var _ = failed.remove(peer);
    }

    /** {@return whether it has failed and was not reached since} */
    boolean hasFailed(PeerId peer) {
        return failed.containsKey(peer);
    }

    /** {@return how long it is not to be tried, zero or less if it may be} */
    Duration left(PeerId peer, long nowNanos) {
        Failed known = failed.get(peer);
        return known == null ? Duration.ZERO : Duration.ofNanos(known.untilNanos - nowNanos);
    }
}
