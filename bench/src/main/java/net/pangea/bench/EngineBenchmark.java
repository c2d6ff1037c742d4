package net.pangea.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Workload W1 on the reference and on the product, with and without deadlines, run in turns: other programs on the
 * computer then disturb all of them alike, and the ratio of neighbours says more than each figure does.
 */
final class EngineBenchmark {
    private EngineBenchmark() {}

    /** Runs all of it and prints what came out. */
    static void run(EngineOptions options) throws IOException, InterruptedException {
        System.out.println(Environment.describe());
        System.out.println();
        List<Result> results = new ArrayList<>();
        for (int nodes : options.nodes()) {
            Result result = measure(nodes, options.rounds());
            result.requireDeterminism();
            results.add(result);
        }
        System.out.println();
        System.out.println(Table.speeds(results));
        System.out.println();
        System.out.print(Table.targets(results));
    }

    private static Result measure(int nodes, int rounds) throws IOException, InterruptedException {
        List<Sample> reference = new ArrayList<>();
        List<Sample> product = new ArrayList<>();
        List<Sample> deadlines = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            reference.add(one(Variant.REFERENCE, nodes));
            product.add(one(Variant.PRODUCT, nodes));
            deadlines.add(one(Variant.DEADLINES, nodes));
        }
        return new Result(nodes, reference, product, deadlines);
    }

    private static Sample one(Variant variant, int nodes) throws IOException, InterruptedException {
        Sample sample = Child.run(variant, nodes);
        System.out.println(Table.run(variant, nodes, sample));
        return sample;
    }
}
