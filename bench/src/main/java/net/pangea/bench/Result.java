package net.pangea.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All runs at one number of nodes; the i-th of each variant were neighbours in time.
 *
 * @param deadlines of the product with a deadline around each ping
 */
record Result(int nodes, List<Sample> reference, List<Sample> product, List<Sample> deadlines) {

    Result {
        reference = List.copyOf(reference);
        product = List.copyOf(product);
        deadlines = List.copyOf(deadlines);
    }

    List<Sample> of(Variant variant) {
        return switch (variant) {
            case REFERENCE -> reference;
            case PRODUCT -> product;
            case DEADLINES -> deadlines;
        };
    }

    /** {@return the median of a figure over the runs of a variant} */
    double median(Variant variant, ToDoubleFunction<Sample> figure) {
        return Medians.of(of(variant).stream().mapToDouble(figure).toArray());
    }

    /** {@return the median of the ratios of neighbours} */
    double ratio(Variant of, Variant to, ToDoubleFunction<Sample> figure) {
        List<Sample> above = of(of);
        List<Sample> below = of(to);
        double[] ratios = new double[above.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = figure.applyAsDouble(above.get(i)) / figure.applyAsDouble(below.get(i));
        }
        return Medians.of(ratios);
    }

    /**
     * Makes sure that all runs of a variant were the same, deadlines or not.
     *
     * @throws IllegalStateException if a trace hash differs
     */
    void requireDeterminism() {
        requireOneHash("the reference", reference);
        requireOneHash("the product", product);
        requireOneHash("the product with deadlines", deadlines);
    }

    private void requireOneHash(String who, List<Sample> runs) {
        List<String> hashes = runs.stream().map(Sample::hash).distinct().toList();
        if (hashes.size() != 1) {
            throw new IllegalStateException(who + " with " + nodes + " nodes took different ways: " + hashes);
        }
    }
}
