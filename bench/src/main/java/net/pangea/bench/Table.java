package net.pangea.bench;

import java.util.List;
import java.util.Locale;

/** The benchmark's results as text. */
final class Table {
    private static final double RATIO_TARGET = 0.75;

    private Table() {}

    static String run(Variant variant, int nodes, Sample sample) {
        return format(
                "%-10s %,8d nodes %,11.0f messages/s of the thread %,11.0f of the process %,8.0f B/node  %s",
                variant.word(),
                nodes,
                sample.messagesPerSecond(),
                sample.messagesPerProcessSecond(),
                (double) sample.heapBytes() / nodes,
                sample.hash());
    }

    static String speeds(List<Result> results) {
        StringBuilder text = new StringBuilder(format("%-34s", "thousand messages per CPU second"));
        results.forEach(result -> text.append(format("%,12d", result.nodes())));
        for (Variant variant : Variant.values()) {
            text.append(format("%n%-34s", variant.word()));
            for (Result result : results) {
                text.append(format("%,12.0f", result.median(variant, Sample::messagesPerSecond) / 1000));
            }
        }
        for (Peer peer : Peer.ALL) {
            text.append(format("%n%-34s", peer.name()));
            results.forEach(result -> text.append(format("%12s", peer.speed(result.nodes()))));
        }
        return text.toString();
    }

    static String targets(List<Result> results) {
        StringBuilder text = new StringBuilder();
        for (Result result : results) {
            text.append(format("%,d nodes%n", result.nodes()));
            text.append(ratio("product to reference", result, Variant.PRODUCT, Variant.REFERENCE));
            text.append(ratio("with deadlines to without", result, Variant.DEADLINES, Variant.PRODUCT));
            text.append(heap(result));
            text.append(format("  %-28s %,8.0f%n", "bytes a node, reference", perNode(result, Variant.REFERENCE)));
        }
        return text.toString();
    }

    private static String ratio(String what, Result result, Variant of, Variant to) {
        double ratio = result.ratio(of, to, Sample::messagesPerSecond);
        return format(
                "  %-28s %8.2f  at least %.2f: %s; of the processes %.2f%n",
                what,
                ratio,
                RATIO_TARGET,
                verdict(ratio >= RATIO_TARGET),
                result.ratio(of, to, Sample::messagesPerProcessSecond));
    }

    private static String heap(Result result) {
        double perNode = perNode(result, Variant.PRODUCT);
        String figure = format("  %-28s %,8.0f", "bytes a node, product", perNode);
        return switch (result.nodes()) {
            case 10_000 -> format("%s  at most 6,000: %s%n", figure, verdict(perNode <= 6_000));
            case 100_000 -> format("%s  at most 4,000: %s%n", figure, verdict(perNode <= 4_000));
            default -> format("%s%n", figure);
        };
    }

    private static double perNode(Result result, Variant variant) {
        return result.median(variant, Sample::heapBytes) / result.nodes();
    }

    private static String verdict(boolean holds) {
        return holds ? "PASS" : "short";
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation would be a dependency
    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
