package net.pangea.sim.engine;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pending events in exact (time, sequence) order.
 *
 * <p>A four-ary heap of keys in one flat array: a sift touches one or two cache lines a level and no event. An entry
 * is two words, the time and a tag, which is the sequence number above the slot in which the event lies; since no
 * sequence number occurs twice, the tags are ordered as they are. An event is written to its slot once and does not
 * move, which the collector would have to hear of.
 *
 * <p>Events do not know their place, and a cancelled one cannot be taken out at once. It is counted, skipped when
 * met, and once there are more than {@value #SWEEP_AT_LEAST} of them and more than half as many as the living, all of
 * them leave in one pass. That pass is paid for by the cancellations since the last one, so a cancellation costs
 * amortised constant time.
 */
final class EventHeap {
    private static final int ARITY_BITS = 2;
    private static final int SWEEP_AT_LEAST = 64;

    /** 16 million events may be pending, and 10^12 be scheduled in a run, which takes days. */
    private static final int SLOT_BITS = 24;

    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

    private long[] keys = new long[2 * 64];
    private @Nullable SimEvent[] events = new SimEvent[64];
    // The slots that are free, a stack: it holds events.length - size of them.
    private int[] free = slots(0, 64);
    private int size;
    private int cancelled;
    private long nextSequence;

    private static int[] slots(int from, int to) {
        int[] slots = new int[to];
        for (int i = 0; i < to - from; i++) {
            slots[i] = to - 1 - i; // the lowest is taken first
        }
        return slots;
    }

    void add(long time, SimEvent event) {
        if (size == events.length) {
            grow();
        }
        int slot = free[events.length - size - 1];
        events[slot] = event;
        siftUp(size++, time, nextSequence++ << SLOT_BITS | slot);
    }

    private void grow() {
        if (size > SLOT_MASK / 2) {
            throw new IllegalStateException(size + " events are pending");
        }
        keys = Arrays.copyOf(keys, 4 * size);
        events = Arrays.copyOf(events, 2 * size);
        free = slots(size, 2 * size);
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
        int total = size;
        int kept = 0;
        for (int i = 0; i < total; i++) {
            SimEvent event = at(i);
            if (!unwanted.test(event)) {
                put(kept++, time(i), tag(i));
            } else {
                if (!event.settle()) {
                    cancelled--;
                }
                // Those freed go above the ones that were free already.
                release(i, events.length - total + (i - kept));
            }
        }
        size = kept;
        for (int i = (size - 2) >> ARITY_BITS; i >= 0; i--) {
            siftDown(i, time(i), tag(i));
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
        return keys[0];
    }

    /** Takes the next event; only after {@link #isEmpty} said no. */
    SimEvent take() {
        SimEvent event = at(0);
        removeTop();
        // Looks at the one behind it now, so that memory brings both at the same time.
        boolean _ = isEmpty();
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
        release(0, events.length - size);
        size--;
        if (size > 0) {
            siftDown(0, time(size), tag(size));
        }
    }

    /** Frees the slot of entry {@code i}. */
    private void release(int i, int place) {
        int slot = slot(i);
        events[slot] = null;
        free[place] = slot;
    }

    private void siftUp(int from, long time, long tag) {
        int i = from;
        while (i > 0) {
            int parent = (i - 1) >> ARITY_BITS;
            if (isBefore(time(parent), tag(parent), time, tag)) {
                break;
            }
            put(i, time(parent), tag(parent));
            i = parent;
        }
        put(i, time, tag);
    }

    private void siftDown(int from, long time, long tag) {
        int i = from;
        while (true) {
            int child = (i << ARITY_BITS) + 1;
            if (child >= size) {
                break;
            }
            int end = Math.min(child + (1 << ARITY_BITS), size);
            int least = child;
            for (int c = child + 1; c < end; c++) {
                if (isBefore(time(c), tag(c), time(least), tag(least))) {
                    least = c;
                }
            }
            if (isBefore(time, tag, time(least), tag(least))) {
                break;
            }
            put(i, time(least), tag(least));
            i = least;
        }
        put(i, time, tag);
    }

    private static boolean isBefore(long time, long tag, long otherTime, long otherTag) {
        return time < otherTime || (time == otherTime && tag < otherTag);
    }

    private long time(int i) {
        return keys[2 * i];
    }

    private long tag(int i) {
        return keys[2 * i + 1];
    }

    private int slot(int i) {
        return (int) tag(i) & SLOT_MASK;
    }

    private void put(int i, long time, long tag) {
        keys[2 * i] = time;
        keys[2 * i + 1] = tag;
    }

    private SimEvent at(int i) {
        SimEvent event = events[slot(i)];
        if (event == null) {
            throw new IllegalStateException("the heap has a hole at " + i + " of " + size);
        }
        return event;
    }
}
