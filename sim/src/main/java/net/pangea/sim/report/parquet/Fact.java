package net.pangea.sim.report.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.sim.recording.Recording;
import net.pangea.sim.recording.Slice;
import net.pangea.sim.report.Outcome;
import net.pangea.sim.report.Sweep;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Figures;

/**
 * A number that a run gave: a figure of all of it, or of a slice of its time.
 *
 * @param scenario the file
 * @param name of the figure, for instance {@code get-latency-p50}
 * @param span of the slice, in seconds since time zero; none for a figure of the whole run
 * @param unit {@code s}, {@code B}, {@code %}, or {@code 1} for what is counted
 */
public record Fact(
        String scenario, long seed, String verdict, String name, Optional<Span> span, double value, String unit) {
    private static final double NANOS = 1e9;
    private static final String COUNT = "1";
    private static final String BYTES = "B";
    private static final String SECONDS = "s";

    /** From when until when. */
    public record Span(double fromSeconds, double toSeconds) {}

    /** {@return the figures of all runs} */
    public static List<Fact> of(Sweep sweep) {
        List<Fact> facts = new ArrayList<>();
        sweep.runs().forEach(run -> addFigures(run, facts));
        return facts;
    }

    /** {@return the figures of a run, and then its series, slice by slice} */
    public static List<Fact> of(Outcome run, Recording recording) {
        List<Fact> facts = new ArrayList<>();
        addFigures(run, facts);
        double width = recording.sliceNanos() / NANOS;
        for (int i = 0; i < recording.slices().size(); i++) {
            Span span = new Span(i * width, (i + 1) * width);
            add(
                    recording.slices().get(i),
                    (name, value, unit) -> facts.add(new Fact(
                            run.file(), run.seed(), run.verdict().word(), name, Optional.of(span), value, unit)));
        }
        return facts;
    }

    private static void addFigures(Outcome run, List<Fact> facts) {
        Adder adder = (name, value, unit) ->
                facts.add(new Fact(run.file(), run.seed(), run.verdict().word(), name, Optional.empty(), value, unit));
        run.figures().forEach((name, value) -> {
            switch (Figures.dimension(name).orElse(Dimension.COUNT)) {
                case DURATION -> adder.add(name, value / NANOS, SECONDS);
                case SHARE -> adder.add(name, value / 1e4, "%");
                case SIZE -> adder.add(name, value, BYTES);
                case COUNT, RATE, DRIFT -> adder.add(name, value, COUNT);
            }
        });
        adder.add("virtual-time", run.virtualNanos() / NANOS, SECONDS);
        adder.add("wall-time", run.wallNanos() / NANOS, SECONDS);
        adder.add("events", run.events(), COUNT);
        adder.add("messages", run.messages(), COUNT);
    }

    @FunctionalInterface
    private interface Adder {
        void add(String name, double value, String unit);

        default void add(String name, long value, String unit) {
            add(name, (double) value, unit);
        }
    }

    private static void add(Slice slice, Adder adder) {
        adder.add("machines-up", slice.machinesUp(), COUNT);
        adder.add(Figures.GETS, slice.gets(), COUNT);
        adder.add(Figures.GETS_FAILED, slice.getsFailed(), COUNT);
        slice.getLatency().ifPresent(latency -> add("get-latency-", latency, adder));
        adder.add(Figures.PUTS, slice.puts(), COUNT);
        adder.add(Figures.PUTS_FAILED, slice.putsFailed(), COUNT);
        slice.putLatency().ifPresent(latency -> add("put-latency-", latency, adder));
        adder.add(Figures.BYTES_STORED, slice.bytesStored(), BYTES);
        adder.add(Figures.BYTES_READ, slice.bytesRead(), BYTES);
        adder.add(Figures.REPAIRS, slice.repairs(), COUNT);
        adder.add(Figures.REPAIR_BYTES, slice.repairBytes(), BYTES);
        adder.add("stripes", slice.stripes(), COUNT);
        adder.add("shards-alive", slice.shardsAlive(), COUNT);
        slice.margin().ifPresent(margin -> {
            adder.add("margin-least", margin.least(), COUNT);
            adder.add("margin-p5", margin.low(), COUNT);
            adder.add("margin-p50", margin.median(), COUNT);
        });
        slice.hops().ifPresent(hops -> {
            adder.add("hops-mean", hops.mean(), COUNT);
            adder.add("hops-max", hops.max(), COUNT);
        });
        adder.add("events", slice.events(), COUNT);
        adder.add("messages", slice.messages(), COUNT);
    }

    private static void add(String prefix, Slice.Latency latency, Adder adder) {
        adder.add(prefix + "p50", latency.p50Nanos() / NANOS, SECONDS);
        adder.add(prefix + "p90", latency.p90Nanos() / NANOS, SECONDS);
        adder.add(prefix + "p99", latency.p99Nanos() / NANOS, SECONDS);
        adder.add(prefix + "max", latency.maxNanos() / NANOS, SECONDS);
    }
}
