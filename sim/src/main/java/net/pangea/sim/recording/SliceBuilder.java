package net.pangea.sim.recording;

import java.util.Optional;
import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/** A slice while things happen in it. */
final class SliceBuilder {
    /** Two digits: a hundredth is finer than a plot shows, and a histogram stays within some kilobytes. */
    private static final int DIGITS = 2;

    private static final long MICROSECOND = 1_000;

    private State worst;
    private State last;
    private long gets;
    private long getsFailed;
    private @Nullable IntCountsHistogram getMicros;
    private long puts;
    private long putsFailed;
    private @Nullable IntCountsHistogram putMicros;
    private long bytesStored;
    private long bytesRead;
    private long repairs;
    private long repairBytes;
    private long lookups;
    private long lookupsRight;
    private long answered;
    private long hops;
    private long hopsMax;
    private long events;
    private long messages;

    /**
     * What holds at a moment.
     *
     * @param machinesUp how many run
     * @param stripes how many are promised
     * @param shardsAlive how many shards of those are on machines that run
     */
    record State(long machinesUp, long stripes, long shardsAlive, Optional<Slice.Margin> margin) {

        /** {@return the worse of both in each respect, but for the stripes, which are those of {@code later}} */
        State worse(State later) {
            return new State(
                    Math.min(machinesUp, later.machinesUp),
                    later.stripes,
                    // What is stored anew adds shards, and is no recovery of what was lost before.
                    stripes == later.stripes ? Math.min(shardsAlive, later.shardsAlive) : later.shardsAlive,
                    margin.isEmpty() || later.margin.isEmpty()
                            ? margin.or(later::margin)
                            : Optional.of(worse(margin.get(), later.margin.get())));
        }

        private static Slice.Margin worse(Slice.Margin one, Slice.Margin other) {
            return new Slice.Margin(
                    Math.min(one.least(), other.least()),
                    Math.min(one.low(), other.low()),
                    Math.min(one.median(), other.median()));
        }
    }

    SliceBuilder(State state) {
        worst = state;
        last = state;
    }

    void state(State state) {
        worst = worst.worse(state);
        last = state;
    }

    void got(boolean same, long bytes, long tookNanos) {
        if (same) {
            gets++;
            bytesRead += bytes;
            getMicros = recorded(getMicros, tookNanos);
        } else {
            getsFailed++;
        }
    }

    void put(long bytes, long tookNanos) {
        puts++;
        bytesStored += bytes;
        putMicros = recorded(putMicros, tookNanos);
    }

    void putFailed() {
        putsFailed++;
    }

    void repaired(long bytes) {
        repairs++;
        repairBytes += bytes;
    }

    void lookedUp(boolean right) {
        lookups++;
        lookupsRight += right ? 1 : 0;
    }

    void hops(int taken) {
        answered++;
        hops += taken;
        hopsMax = Math.max(hopsMax, taken);
    }

    void effort(long moreEvents, long moreMessages) {
        events += moreEvents;
        messages += moreMessages;
    }

    /** Takes over what happened in the slice that follows. */
    void merge(SliceBuilder later) {
        worst = worst.worse(later.worst);
        last = later.last;
        gets += later.gets;
        getsFailed += later.getsFailed;
        getMicros = merged(getMicros, later.getMicros);
        puts += later.puts;
        putsFailed += later.putsFailed;
        putMicros = merged(putMicros, later.putMicros);
        bytesStored += later.bytesStored;
        bytesRead += later.bytesRead;
        repairs += later.repairs;
        repairBytes += later.repairBytes;
        lookups += later.lookups;
        lookupsRight += later.lookupsRight;
        answered += later.answered;
        hops += later.hops;
        hopsMax = Math.max(hopsMax, later.hopsMax);
        events += later.events;
        messages += later.messages;
    }

    private static IntCountsHistogram recorded(@Nullable IntCountsHistogram histogram, long nanos) {
        IntCountsHistogram to = histogram == null ? empty() : histogram;
        to.recordValue(Math.max(0, nanos) / MICROSECOND);
        return to;
    }

    private static IntCountsHistogram empty() {
        IntCountsHistogram histogram = new IntCountsHistogram(DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    private static @Nullable IntCountsHistogram merged(
            @Nullable IntCountsHistogram one, @Nullable IntCountsHistogram later) {
        if (one != null && later != null) {
            one.add(later);
        }
        return one == null ? later : one;
    }

    Slice build() {
        return new Slice(
                worst.machinesUp,
                gets,
                getsFailed,
                latency(getMicros),
                puts,
                putsFailed,
                latency(putMicros),
                bytesStored,
                bytesRead,
                repairs,
                repairBytes,
                last.stripes,
                worst.shardsAlive,
                worst.margin,
                lookups,
                lookupsRight,
                answered == 0 ? Optional.empty() : Optional.of(new Slice.Hops((double) hops / answered, hopsMax)),
                events,
                messages);
    }

    private static Optional<Slice.Latency> latency(@Nullable IntCountsHistogram micros) {
        return micros == null
                ? Optional.empty()
                : Optional.of(new Slice.Latency(
                        micros.getValueAtPercentile(50) * MICROSECOND,
                        micros.getValueAtPercentile(90) * MICROSECOND,
                        micros.getValueAtPercentile(99) * MICROSECOND,
                        micros.getMaxValue() * MICROSECOND));
    }
}
