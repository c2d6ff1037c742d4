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
 * @param self this node
 * @param rank its place among those who hold anything of it, see {@link Duty#rank}
 * @param rebuild how long its repair takes
 * @param hour in which it was first seen, hours since 1970: a repair that takes hours keeps its order of ranks
 * @param columns since when each column is missing
 * @param urgentSinceNanos since when the margin is at most {@link Duty#URGENT_MARGIN}; MAX_VALUE if it is not
 */
record Deficit(
        Sha256 object,
        int margin,
        String self,
        int rank,
        Duration rebuild,
        long hour,
        SortedMap<Integer, Missing> columns,
        long urgentSinceNanos) {

    /**
     * Since when a column is missing, by monotonic time.
     *
     * @param firstNanos since when every look has shown it missing, however rare looks were
     * @param sinceNanos the same, as far as looks were close together: what nobody watched proves nothing
     */
    record Missing(long firstNanos, long sinceNanos) {
        /** {@return when it will have been missing for so long} */
        long lastedAtNanos(long patienceNanos, long graceNanos) {
            long patient = firstNanos + patienceNanos;
            long watched = sinceNanos + graceNanos;
            return watched - patient > 0 ? watched : patient;
        }
    }

    /** What to repair first: the lowest margin, then the longest wait. */
    static final Comparator<Deficit> PRIORITY = Comparator.comparingInt(Deficit::margin)
            .thenComparingLong(deficit -> deficit.firstNanos())
            .thenComparing(Deficit::object);

    Deficit {
        columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
    }

    boolean isUrgent() {
        return margin <= Duty.URGENT_MARGIN;
    }

    private long firstNanos() {
        return columns.values().stream().mapToLong(Missing::firstNanos).min().orElse(Long.MAX_VALUE);
    }

    /**
     * {@return whether this node is to look at the object in every scan, which it is to do for one grace before it
     * repairs} Until the turn of its rank comes, it leaves that to those before it.
     */
    boolean isWatched(long nowNanos, RepairSettings settings) {
        long patienceNanos = patience(settings) - settings.grace().toNanos();
        return rank == 0
                || isUrgent()
                || columns.values().stream().anyMatch(column -> nowNanos - column.firstNanos() >= patienceNanos);
    }

    /** {@return when this node is to rebuild the first column, if nothing changes until then} */
    long dueAtNanos(RepairSettings settings) {
        if (isUrgent()) {
            return urgentlyDueAtNanos(settings);
        }
        long patienceNanos = patience(settings);
        long graceNanos = settings.grace().toNanos();
        long first = columns.firstEntry().getValue().lastedAtNanos(patienceNanos, graceNanos);
        for (Missing column : columns.values()) {
            long next = column.lastedAtNanos(patienceNanos, graceNanos);
            first = next - first < 0 ? next : first;
        }
        return first;
    }

    /** {@return the columns that this node is to rebuild now, sorted} */
    List<Integer> due(long nowNanos, RepairSettings settings) {
        if (isUrgent()) {
            return nowNanos - urgentlyDueAtNanos(settings) >= 0 ? List.copyOf(columns.keySet()) : List.of();
        }
        long patienceNanos = patience(settings);
        long graceNanos = settings.grace().toNanos();
        return columns.entrySet().stream()
                .filter(column -> nowNanos - column.getValue().lastedAtNanos(patienceNanos, graceNanos) >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private long urgentlyDueAtNanos(RepairSettings settings) {
        Duration patience = Duty.urgentPatience(object, hour, self, rank, settings.jitter(), rebuild);
        return urgentSinceNanos + patience.toNanos();
    }

    private long patience(RepairSettings settings) {
        return Duty.patience(rank, settings.grace(), rebuild).toNanos();
    }
}
