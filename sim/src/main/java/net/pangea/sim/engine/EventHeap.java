package net.pangea.sim.engine;

import java.util.Arrays;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Events by (time, sequence), from which the earliest is taken.
 *
 * <p>A four-ary heap of keys in one flat array: a sift touches one or two cache lines a level and no event. An entry
 * is two words, the time and a tag, which is the sequence number above the slot in which the event lies; since no
 * sequence number occurs twice, the tags are ordered as they are. An event is written to its slot once and does not
 * move, which the collector would have to hear of.
 */
final class EventHeap {
    private static final int ARITY_BITS = 2;

    /** 16 million events may be pending, and 10^12 be scheduled in a run, which takes days. */
    private static final int SLOT_BITS = 24;

    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

    private long[] keys = new long[2 * 64];
    private @Nullable SimEvent[] events = new SimEvent[64];
    // The slots that are free, a stack: it holds events.length - size of them.
    private int[] free = slots(0, 64);
    private int size;

    private static int[] slots(int from, int to) {
        int[] slots = new int[to];
        for (int i = 0; i < to - from; i++) {
            slots[i] = to - 1 - i; // the lowest is taken first
        }
        return slots;
    }

    void add(long time, long sequence, SimEvent event) {
        if (size == events.length) {
            grow();
        }
        int slot = free[events.length - size - 1];
        events[slot] = event;
        siftUp(size++, time, sequence << SLOT_BITS | slot);
    }

    private void grow() {
        if (size > SLOT_MASK / 2) {
            throw new IllegalStateException(size + " events are pending");
        }
        keys = Arrays.copyOf(keys, 4 * size);
        events = Arrays.copyOf(events, 2 * size);
        free = slots(size, 2 * size);
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
                // Those freed go above the ones that were free already.
                release(i, events.length - total + (i - kept));
            }
        }
        size = kept;
        for (int i = (size - 2) >> ARITY_BITS; i >= 0; i--) {
            siftDown(i, time(i), tag(i));
        }
    }

    int size() {
        return size;
    }

    /** {@return the time of the earliest event; only while there is one, as the next three} */
    long time() {
        return keys[0];
    }

    SimEvent first() {
        return at(0);
    }

    long sequence() {
        return keys[1] >>> SLOT_BITS;
    }

    /** Takes the earliest event. */
    SimEvent take() {
        SimEvent event = at(0);
        removeTop();
        return event;
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
