package net.pangea.sim.report;

import java.util.Collection;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How a figure lies over several runs.
 *
 * @param runs that have it
 * @param mean of them
 * @param within half of the interval around the mean that holds the true one in 95 of 100 sweeps (Student's t; the runs
 *     of different seeds are independent); 0 for a single run
 * @param median the lower one where there are two
 */
public record Spread(int runs, double mean, double within, long least, long median, long most) {
    private static final double OUTSIDE = 0.05;

    /** {@return that of at least one value} */
    static Spread of(Collection<Long> values) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        int n = sorted.length;
        double mean = 0;
        for (long value : sorted) {
            mean += (double) value / n;
        }
        double squares = 0;
        for (long value : sorted) {
            squares += (value - mean) * (value - mean);
        }
        double within = n == 1
                ? 0
                : TDistribution.of(n - 1).inverseSurvivalProbability(OUTSIDE / 2) * Math.sqrt(squares / (n - 1) / n);
        return new Spread(n, mean, within, sorted[0], sorted[(n - 1) / 2], sorted[n - 1]);
    }
}
