package net.pangea.repair;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import net.pangea.bytes.Sha256;

/**
 * Columns of an object that are missing, and since when.
 *
 * @param margin see {@link Census#margin}
 * @param holders who holds anything of it
 * @param rebuild how long its repair takes
 * @param hour in which it was first seen, hours since 1970: a repair that takes hours keeps its order of ranks
 * @param since monotonic time at which each column was first seen missing, since when it was at every look
 * @param urgentSinceNanos since when the margin is at most {@link Duty#URGENT_MARGIN}; MAX_VALUE if it is not
 */
record Deficit(
        Sha256 object,
        int margin,
        List<String> holders,
        Duration rebuild,
        long hour,
        SortedMap<Integer, Long> since,
        long urgentSinceNanos) {

    /** What to repair first: the lowest margin, then the longest wait. */
    static final Comparator<Deficit> PRIORITY = Comparator.comparingInt(Deficit::margin)
            .thenComparingLong(deficit -> Collections.min(deficit.since.values()))
            .thenComparing(Deficit::object);

    Deficit {
        holders = List.copyOf(holders);
        since = Collections.unmodifiableSortedMap(new TreeMap<>(since));
    }

    boolean isUrgent() {
        return margin <= Duty.URGENT_MARGIN;
    }

    /** {@return the columns that this node is to rebuild now, sorted} */
    List<Integer> due(String self, long nowNanos, RepairSettings settings) {
        int rank = Duty.rank(object, hour, self, holders);
        if (isUrgent()) {
            Duration patience = Duty.urgentPatience(object, hour, self, rank, settings.jitter(), rebuild);
            return nowNanos - urgentSinceNanos >= patience.toNanos() ? List.copyOf(since.keySet()) : List.of();
        }
        long patienceNanos = Duty.patience(rank, settings.grace(), rebuild).toNanos();
        return since.entrySet().stream()
                .filter(column -> nowNanos - column.getValue() >= patienceNanos)
                .map(Map.Entry::getKey)
                .toList();
    }
}
