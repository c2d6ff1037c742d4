package net.pangea.sim.engine;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pending events in exact (time, sequence) order.
 *
 * <p>A four-ary heap with its keys in flat arrays: a sift touches one cache line a level and no event. Events
 * therefore do not know their place, and a cancelled one cannot be taken out at once. It is counted, skipped
 * when met, and once there are more than {@value #SWEEP_AT_LEAST} of them and more than half as many as the
 * living, all of them leave in one pass. That pass is paid for by the cancellations since the last one, so a
 * cancellation costs amortised constant time and the heap is never more than half larger than what it must
 * hold, or by so few.
 */
final class EventHeap {
    private static final int ARITY_BITS = 2;
    private static final int SWEEP_AT_LEAST = 64;

    private long[] times = new long[64];
    private long[] sequences = new long[64];
    private @Nullable SimEvent[] events = new SimEvent[64];
    private int size;
    private int cancelled;
    private long nextSequence;

    void add(long time, SimEvent event) {
        if (size == events.length) {
            int capacity = size * 2;
            times = Arrays.copyOf(times, capacity);
            sequences = Arrays.copyOf(sequences, capacity);
            events = Arrays.copyOf(events, capacity);
        }
        siftUp(size++, time, nextSequence++, event);
    }

    /** Notes that an event in here was settled from outside. */
    void oneCancelled() {
        cancelled++;
        if (cancelled > SWEEP_AT_LEAST && cancelled > (size - cancelled) / 2) {
            removeIf(SimEvent::isSettled);
            cancelled = 0;
        }
    }

    /** Drops every event that {@code unwanted} says, in time proportional to the heap. */
    void removeIf(Predicate<SimEvent> unwanted) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            SimEvent event = at(i);
            if (!unwanted.test(event)) {
                put(kept++, times[i], sequences[i], event);
            } else if (!event.settle()) {
                cancelled--;
            }
        }
        Arrays.fill(events, kept, size, null);
        size = kept;
        for (int i = (size - 2) >> ARITY_BITS; i >= 0; i--) {
            siftDown(i, times[i], sequences[i], at(i));
        }
    }

    /** {@return whether nothing is pending; drops cancelled events from the top} */
    boolean isEmpty() {
        while (size > 0 && at(0).isSettled()) {
            cancelled--;
            removeTop();
        }
        return size == 0;
    }

    /** {@return the time of the next event; only after {@link #isEmpty} said no} */
    long nextTime() {
        return times[0];
    }

    /** Takes the next event; only after {@link #isEmpty} said no. */
    SimEvent take() {
        SimEvent event = at(0);
        removeTop();
        return event;
    }

    int size() {
        return size - Math.max(cancelled, 0);
    }

    /** {@return how many places are taken, by cancelled events too} */
    int capacityInUse() {
        return size;
    }

    private void removeTop() {
        size--;
        SimEvent last = at(size);
        long time = times[size];
        long sequence = sequences[size];
        events[size] = null;
        if (size > 0) {
            siftDown(0, time, sequence, last);
        }
    }

    private void siftUp(int from, long time, long sequence, SimEvent event) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) >> ARITY_BITS;
            if (isBefore(times[parent], sequences[parent], time, sequence)) {
                break;
            }
            put(i, times[parent], sequences[parent], at(parent));
            i = parent;
        }
        put(i, time, sequence, event);
    }

    private void siftDown(int from, long time, long sequence, SimEvent event) {
        int i = from;
        while (true) {
            int child = (i << ARITY_BITS) + 1;
            if (child >= size) {
                break;
            }
            int end = Math.min(child + (1 << ARITY_BITS), size);
            int least = child;
            for (int c = child + 1; c < end; c++) {
                if (isBefore(times[c], sequences[c], times[least], sequences[least])) {
                    least = c;
                }
            }
            if (isBefore(time, sequence, times[least], sequences[least])) {
                break;
            }
            put(i, times[least], sequences[least], at(least));
            i = least;
        }
        put(i, time, sequence, event);
    }

    private static boolean isBefore(long time, long sequence, long otherTime, long otherSequence) {
        return time < otherTime || (time == otherTime && sequence < otherSequence);
    }

    private void put(int i, long time, long sequence, SimEvent event) {
        times[i] = time;
        sequences[i] = sequence;
        events[i] = event;
    }

    private SimEvent at(int i) {
        SimEvent event = events[i];
        if (event == null) {
            throw new IllegalStateException("the heap has a hole at " + i + " of " + size);
        }
        return event;
    }
}
