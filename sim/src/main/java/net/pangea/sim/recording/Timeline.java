package net.pangea.sim.recording;

import java.util.ArrayList;
import java.util.List;
import net.pangea.sim.cluster.Effort;

/**
 * Slices of time without gaps. When a run outgrows them, two become one. Not thread-safe.
 */
final class Timeline {
    /** What users began may end after the run's end, and nobody knows before how late. */
    static final int SLICES_MAX = 240;

    /** As many as a plot shows well; more would leave too few operations in each for a percentile. */
    private static final int SLICES_WANTED = 120;

    private final List<SliceBuilder> slices = new ArrayList<>();
    private long width;
    private Effort told = Effort.NONE;
    private long toldNanos;

    /** @param lengthNanos of the run, as far as that is known before */
    Timeline(long lengthNanos, SliceBuilder.State state) {
        width = round(Math.max(1, lengthNanos / SLICES_WANTED));
        slices.add(new SliceBuilder(state));
    }

    /** {@return the smallest 1, 2 or 5 followed by zeros that is at least {@code nanos}} */
    private static long round(long nanos) {
        long power = 1;
        while (power * 10 <= nanos) {
            power *= 10;
        }
        for (long step : new long[] {1, 2, 5}) {
            if (step * power >= nanos) {
                return step * power;
            }
        }
        return 10 * power;
    }

    long width() {
        return width;
    }

    /** {@return whether that is in a later slice than anything before} */
    boolean isLater(long atNanos) {
        return atNanos / width >= slices.size();
    }

    /**
     * {@return the slice of a time that is not before the last}
     *
     * @param state what has held since the last
     */
    SliceBuilder at(long atNanos, SliceBuilder.State state) {
        while (atNanos / width >= SLICES_MAX) {
            coarsen();
        }
        while (isLater(atNanos)) {
            slices.add(new SliceBuilder(state));
        }
        return slices.getLast();
    }

    /** Spreads what was done since the last call over the time since then. */
    void effort(long atNanos, Effort now) {
        long span = Math.max(1, atNanos - toldNanos);
        long events = now.events() - told.events();
        long messages = now.messages() - told.messages();
        long eventsBefore = 0;
        long messagesBefore = 0;
        for (long i = toldNanos / width; i < slices.size(); i++) {
            long until = Math.min((i + 1) * width, atNanos);
            double share = i == slices.size() - 1 ? 1 : (double) (until - toldNanos) / span;
            long eventsUntil = (long) (events * share);
            long messagesUntil = (long) (messages * share);
            slices.get((int) i).effort(eventsUntil - eventsBefore, messagesUntil - messagesBefore);
            eventsBefore = eventsUntil;
            messagesBefore = messagesUntil;
        }
        told = now;
        toldNanos = atNanos;
    }

    /** Forgets what was done before time zero. */
    void begin(Effort before) {
        told = before;
    }

    private void coarsen() {
        List<SliceBuilder> halves = List.copyOf(slices);
        slices.clear();
        for (int i = 0; i < halves.size(); i += 2) {
            SliceBuilder slice = halves.get(i);
            if (i + 1 < halves.size()) {
                slice.merge(halves.get(i + 1));
            }
            slices.add(slice);
        }
        width = Math.multiplyExact(width, 2);
    }

    List<Slice> build() {
        return slices.stream().map(SliceBuilder::build).toList();
    }
}
