package net.pangea.bench;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What runs workload W1. */
enum Variant {
    REFERENCE,
    PRODUCT,
    /** The product with a deadline of 5 s around each ping. */
    DEADLINES;

    private static final int FIRST_NODES = 1_000;

    /** Serial compacts wholly, without leaving a part of the garbage where it is, at each fourth collection. */
    private static final int COLLECTIONS = 4;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Variant> of(String word) {
        return Arrays.stream(values())
                .filter(variant -> variant.word().equals(word))
                .findFirst();
    }

    /**
     * Runs it in this JVM, which should be a new one. A smaller run goes first: the stacks of threads that begin in
     * interpreted code keep interpreted frames for the whole run, and how many do is chance.
     */
    Sample run(int nodes) throws InterruptedException {
        Sample _ = once(Math.min(nodes, FIRST_NODES));
        return once(nodes);
    }

    private Sample once(int nodes) throws InterruptedException {
        Meter meter = new Meter(nodes);
        long before = liveHeapBytes();
        return switch (this) {
            case REFERENCE -> reference(nodes, meter, before);
            case PRODUCT -> product(new ProductPing(nodes, false), meter, before);
            case DEADLINES -> product(new ProductPing(nodes, true), meter, before);
        };
    }

    private static Sample reference(int nodes, Meter meter, long before) throws InterruptedException {
        AtomicReference<BareCore> made = new AtomicReference<>();
        Thread loop = new Thread(
                () -> {
                    BareCore core = new BareCore(nodes);
                    made.set(core);
                    core.runUntil(meter.warmUpEvents());
                    var _ = meter.look(core.events(), core.messages());
                    core.runUntil(meter.lastEvents());
                    var _ = meter.look(core.events(), core.messages());
                },
                "bare-core");
        loop.start();
        loop.join();
        return meter.sample(liveHeapBytes() - before, made.get().hash());
    }

    private static Sample product(ProductPing product, Meter meter, long before) throws InterruptedException {
        product.run(meter);
        long after = liveHeapBytes();
        return meter.sample(after - before, product.hash());
    }

    static long liveHeapBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
