package net.pangea.sim.recording;

import java.util.Optional;

/**
 * What happened in one slice of time. Counts are of what ended in it.
 *
 * @param machinesUp the fewest that ran at any moment of it
 * @param getLatency of those that gave what was put, if there were any
 * @param putLatency of those that were acknowledged, if there were any
 * @param stripes that were promised at the end of it
 * @param shardsAlive different shards of promised stripes on machines that ran, the fewest at any moment
 * @param margin of the promised stripes at the worst moment, if there were any
 * @param lookups by users, of keys of the DHT
 * @param hops of those that were answered
 * @param events of the engine, or of nodes where there is none
 */
public record Slice(
        long machinesUp,
        long gets,
        long getsFailed,
        Optional<Latency> getLatency,
        long puts,
        long putsFailed,
        Optional<Latency> putLatency,
        long bytesStored,
        long bytesRead,
        long repairs,
        long repairBytes,
        long stripes,
        long shardsAlive,
        Optional<Margin> margin,
        long lookups,
        long lookupsRight,
        Optional<Hops> hops,
        long events,
        long messages) {

    /** Percentiles of times in nanoseconds, by the nearest rank, correct to a hundredth. */
    public record Latency(long p50Nanos, long p90Nanos, long p99Nanos, long maxNanos) {}

    /**
     * How many more machines' shards stripes can lose before they are lost: living shards beyond those that are needed.
     *
     * @param least of the stripe that was the worst
     * @param low that of the worst twentieth of the stripes reached up to this
     * @param median that of the worse half did
     */
    public record Margin(long least, long low, long median) {}

    /** Requests that lookups took, one after the other. */
    public record Hops(double mean, long max) {}
}
