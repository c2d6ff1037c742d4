package net.pangea.sim.scenario;

import java.util.List;
import java.util.stream.Stream;

/**
 * A latency to report.
 *
 * @param latency one of {@link Figures#LATENCIES}
 * @param percentiles some of {@link Figures#PERCENTILES}
 */
public record Measure(String latency, List<String> percentiles) {

    public Measure {
        percentiles = List.copyOf(percentiles);
    }

    /** {@return the names of its figures} */
    public Stream<String> figures() {
        return percentiles.stream().map(percentile -> latency + "-" + percentile);
    }
}
