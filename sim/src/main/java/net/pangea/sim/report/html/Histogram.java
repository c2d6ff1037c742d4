package net.pangea.sim.report.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Values in bins of one width, a round one. */
final class Histogram {
    private static final int BINS_WANTED = 12;

    private Histogram() {}

    /** Values from {@code from} on and below {@code to}. */
    record Bin(double from, double to, long count) {}

    /** {@return the bins from the least value to the most; none if all are the same} */
    static List<Bin> of(List<Long> values) {
        if (values.isEmpty() || Collections.min(values).equals(Collections.max(values))) {
            return List.of();
        }
        long least = Collections.min(values);
        long most = Collections.max(values);
        double width = round((double) (most - least) / BINS_WANTED);
        double start = Math.floor(least / width) * width;
        long[] counts = new long[(int) ((most - start) / width) + 1];
        values.forEach(value -> counts[(int) ((value - start) / width)]++);
        List<Bin> bins = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            bins.add(new Bin(start + i * width, start + (i + 1) * width, counts[i]));
        }
        return bins;
    }

    /** {@return the smallest 1, 2 or 5 followed by zeros that is at least {@code width}: figures are whole numbers} */
    private static double round(double width) {
        double power = 1;
        while (power * 10 < width) {
            power *= 10;
        }
        for (double step : new double[] {1, 2, 5}) {
            if (step * power >= width) {
                return step * power;
            }
        }
        return 10 * power;
    }
}
