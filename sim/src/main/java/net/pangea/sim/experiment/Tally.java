package net.pangea.sim.experiment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.pangea.machine.Event;
import net.pangea.sim.scenario.Figures;

/** Counts what users did. Not thread-safe. */
final class Tally {
    private long putsFailed;
    private long getsFailed;
    private long deletes;
    private long deletesFailed;
    private long renewals;
    private long renewalsFailed;
    private long repairs;
    private long repairBytes;
    private long bytesStored;
    private long bytesRead;
    private long lookups;
    private long lookupsRight;
    private long finds;
    private long findsRight;
    private final List<Long> lookupNanos = new ArrayList<>();
    private final List<Long> putNanos = new ArrayList<>();
    private final List<Long> getNanos = new ArrayList<>();

    void put(PutDone put) {
        if (put.acknowledged().isEmpty()) {
            putsFailed++;
            return;
        }
        putNanos.add(put.tookNanos());
        bytesStored += put.acknowledged().get().sizeBytes();
    }

    void deleted(DeleteDone delete) {
        if (delete.deleted()) {
            deletes++;
        } else {
            deletesFailed++;
        }
    }

    void renewed(boolean done) {
        if (done) {
            renewals++;
        } else {
            renewalsFailed++;
        }
    }

    void lookedUp(boolean right, long tookNanos) {
        lookups++;
        lookupNanos.add(tookNanos);
        if (right) {
            lookupsRight++;
        }
    }

    void found(boolean found) {
        finds++;
        if (found) {
            findsRight++;
        }
    }

    void event(Event event) {
        if (event.name().equals("repair-completed")) {
            repairs++;
            repairBytes += Math.max(0, EventFields.of(event).number("bytes"));
        }
    }

    /** The last reads are the harness's own and are not counted. */
    void got(GetDone get) {
        if (get.last()) {
            return;
        }
        if (get.result() instanceof GetDone.Result.Same) {
            getNanos.add(get.tookNanos());
            bytesRead += get.object().sizeBytes();
        } else {
            getsFailed++;
        }
    }

    /**
     * {@return the figures that are always given, and those {@code wanted} that there is anything to say about}
     *
     * @param sentBytes of each machine; empty where nobody counts them
     */
    Map<String, Long> figures(Set<String> wanted, int faults, Collection<Long> sentBytes) {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put(Figures.PUTS, (long) putNanos.size());
        figures.put(Figures.PUTS_FAILED, putsFailed);
        figures.put(Figures.GETS, (long) getNanos.size());
        figures.put(Figures.GETS_FAILED, getsFailed);
        figures.put(Figures.BYTES_STORED, bytesStored);
        figures.put(Figures.BYTES_READ, bytesRead);
        figures.put(Figures.FAULTS, (long) faults);
        figures.put(Figures.REPAIRS, repairs);
        figures.put(Figures.REPAIR_BYTES, repairBytes);
        if (!sentBytes.isEmpty()) {
            long sum = sentBytes.stream().mapToLong(Long::longValue).sum();
            figures.put(Figures.NODE_BYTES_MEAN, sum / sentBytes.size());
            figures.put(Figures.NODE_BYTES_MAX, Collections.max(sentBytes));
        }
        if (deletes + deletesFailed > 0) {
            figures.put(Figures.DELETES, deletes);
            figures.put(Figures.DELETES_FAILED, deletesFailed);
        }
        if (renewals + renewalsFailed > 0) {
            figures.put(Figures.RENEWALS, renewals);
            figures.put(Figures.RENEWALS_FAILED, renewalsFailed);
        }
        long asked = getNanos.size() + getsFailed;
        if (asked > 0) {
            figures.put(Figures.AVAILABILITY, getNanos.size() * 1_000_000L / asked);
        }
        if (lookups > 0) {
            figures.put(Figures.LOOKUPS, lookups);
            figures.put(Figures.LOOKUPS_RIGHT, lookupsRight * 1_000_000L / lookups);
        }
        if (finds > 0) {
            figures.put(Figures.FINDS, finds);
            figures.put(Figures.FINDS_RIGHT, findsRight * 1_000_000L / finds);
        }
        percentiles("lookup-latency-", lookupNanos, wanted, figures);
        percentiles("put-latency-", putNanos, wanted, figures);
        percentiles("get-latency-", getNanos, wanted, figures);
        return figures;
    }

    private static void percentiles(String prefix, List<Long> nanos, Set<String> wanted, Map<String, Long> figures) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        for (String percentile : Figures.PERCENTILES) {
            if (wanted.contains(prefix + percentile) && !sorted.isEmpty()) {
                figures.put(prefix + percentile, sorted.get(rank(percentile, sorted.size())));
            }
        }
    }

    /** The nearest rank: the smallest value that so many percent do not exceed. */
    private static int rank(String percentile, int size) {
        if (percentile.equals("max")) {
            return size - 1;
        }
        return new BigDecimal(percentile.substring(1))
                        .multiply(BigDecimal.valueOf(size))
                        .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
                        .intValueExact()
                - 1;
    }
}
