package net.pangea.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The names of what a run measures, with their dimensions. */
public final class Figures {
    public static final String PUTS = "puts";
    public static final String PUTS_FAILED = "puts-failed";
    public static final String GETS = "gets";
    public static final String GETS_FAILED = "gets-failed";
    public static final String BYTES_STORED = "bytes-stored";
    public static final String BYTES_READ = "bytes-read";
    public static final String AVAILABILITY = "availability";
    public static final String FAULTS = "faults";
    public static final String DELETES = "deletes";
    public static final String DELETES_FAILED = "deletes-failed";
    public static final String RENEWALS = "renewals";
    public static final String RENEWALS_FAILED = "renewals-failed";
    public static final String REPAIRS = "repairs";
    public static final String LOOKUPS = "lookups";

    /** Of those that were asked for, the ones that named all of the closest nodes, soon enough. */
    public static final String LOOKUPS_RIGHT = "lookups-right";

    public static final String FINDS = "finds";

    /** Of the questions who holds a file, those whose answer named somebody who does. */
    public static final String FINDS_RIGHT = "finds-right";

    public static final String REPAIR_BYTES = "repair-bytes";

    /** What a machine sends over its link, with all headers, from its start to the end of the run: the mean of all machines. */
    public static final String NODE_BYTES_MEAN = "node-bytes-mean";

    /** What the machine sends over its link that sends most. */
    public static final String NODE_BYTES_MAX = "node-bytes-max";

    /** What operations take. */
    public static final List<String> LATENCIES = List.of("put-latency", "get-latency", "lookup-latency");

    /** The parts of a latency that can be asked for. */
    public static final List<String> PERCENTILES = List.of("p50", "p90", "p99", "p99.9", "max");

    private static final Map<String, Dimension> NAMES = names();

    private Figures() {}

    private static Map<String, Dimension> names() {
        Map<String, Dimension> names = new LinkedHashMap<>();
        for (String count : List.of(
                PUTS,
                PUTS_FAILED,
                GETS,
                GETS_FAILED,
                FAULTS,
                DELETES,
                DELETES_FAILED,
                RENEWALS,
                RENEWALS_FAILED,
                REPAIRS,
                LOOKUPS,
                FINDS)) {
            names.put(count, Dimension.COUNT);
        }
        names.put(BYTES_STORED, Dimension.SIZE);
        names.put(BYTES_READ, Dimension.SIZE);
        names.put(REPAIR_BYTES, Dimension.SIZE);
        names.put(NODE_BYTES_MEAN, Dimension.SIZE);
        names.put(NODE_BYTES_MAX, Dimension.SIZE);
        names.put(AVAILABILITY, Dimension.SHARE);
        names.put(LOOKUPS_RIGHT, Dimension.SHARE);
        names.put(FINDS_RIGHT, Dimension.SHARE);
        for (String latency : LATENCIES) {
            for (String percentile : PERCENTILES) {
                names.put(latency + "-" + percentile, Dimension.DURATION);
            }
        }
        return names;
    }

    /** {@return every name} */
    public static List<String> all() {
        return new ArrayList<>(NAMES.keySet());
    }

    /** {@return what {@code name} measures, if there is such a figure} */
    public static Optional<Dimension> dimension(String name) {
        return Optional.ofNullable(NAMES.get(name));
    }
}
