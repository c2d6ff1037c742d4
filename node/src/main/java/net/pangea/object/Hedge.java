package net.pangea.object;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/**
 * How long a get waits for a peer before it asks a spare as well. Pure.
 *
 * <p>A fixed wait is either too long where peers are fast or wasteful where they are slow; so it follows what the others
 * took (Dean and Barroso, "The Tail at Scale", CACM 2013).
 *
 * @param thisSegment what those took that have given a shard of this segment
 * @param thisGet what a shard of this get has taken in the middle, if any
 * @param typical what peers take in the middle, by earlier gets, if known
 */
record Hedge(List<Long> thisSegment, OptionalLong thisGet, OptionalLong typical) {
    /** Below this, differences between peers are those of schedulers. */
    private static final long SHORTEST_NANOS = Duration.ofMillis(5).toNanos();

    /**
     * {@return how long after a request its answer counts as late}
     *
     * @param needed how many shards the segment needs
     * @param longest if nothing else is known
     */
    Duration patience(int needed, Duration longest) {
        OptionalLong nanos = OptionalLong.empty();
        if (2 * thisSegment.size() >= needed && !thisSegment.isEmpty()) {
            // Where all share one slow link, answers come one after the other: the slowest so far says that.
            long median = median(thisSegment).orElseThrow();
            nanos = OptionalLong.of(Math.max(median + median / 2, Collections.max(thisSegment) / 4 * 5));
        } else if (thisGet.isPresent()) {
            nanos = OptionalLong.of(2 * thisGet.getAsLong());
        } else if (typical.isPresent()) {
            nanos = OptionalLong.of(3 * typical.getAsLong());
        }
        return nanos.isEmpty()
                ? longest
                : Duration.ofNanos(Math.min(longest.toNanos(), Math.max(SHORTEST_NANOS, nanos.getAsLong())));
    }

    /** {@return the lower one of the two in the middle} */
    static OptionalLong median(List<Long> values) {
        List<Long> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sorted.get((sorted.size() - 1) / 2));
    }
}
