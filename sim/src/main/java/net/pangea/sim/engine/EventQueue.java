package net.pangea.sim.engine;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pending events in exact (time, sequence) order. Where there are many, the next few stand sorted in a ring, the
 * front; all others are in a heap behind it.
 *
 * <p>Events do not know their place, and a cancelled one cannot be taken out at once. It is counted, skipped when
 * met, and once there are more than {@value #SWEEP_AT_LEAST} of them and more than half as many as the living, all of
 * them leave in one pass. That pass is paid for by the cancellations since the last one, so a cancellation costs
 * amortised constant time.
 */
final class EventQueue {
    /*
     * Why a front: among many machines, each event meets objects that no cache holds, one behind the other: event,
     * task, thread, continuation, stack. Each is a wait for memory, and the next cannot begin before it ends. The
     * front tells which events come next, so that the waits of different events can overlap: while one fires, the
     * loop reads from a later one the event, from an earlier one its task, from a still earlier one the thread, and
     * so on, one link each, so that no read waits for another of the same moment. A few instructions find what
     * they need in the cache, then, because it was asked for a few events ago.
     *
     * What is read decides nothing. An event may be cancelled meanwhile, and wake another task or none.
     */

    private static final int SWEEP_AT_LEAST = 64;

    /** As many events stand in the front, if it pays to have one; else none. */
    private static final int FRONT = 16;

    /** The front has as many places; those above {@link #FRONT} are for events that are added in its midst. */
    private static final int PLACES = 32;

    private static final int MASK = PLACES - 1;

    // Which event each link is read from, counted from the next one.
    private static final int READS_EVENT = 12;
    private static final int READS_TASK = 9;
    private static final int READS_THREAD = 6;
    private static final int READS_CONTINUATION = 4;
    private static final int READS_STACK = 2;
    private static final int READS_STACK_SIZE = 0;

    /** With fewer events in the heap, the machines are so few that the caches hold them, and a front only costs. */
    private static final int READS_AHEAD_FROM = 2048;

    private final EventHeap heap = new EventHeap();
    private final Next[] front = new Next[PLACES];
    private int first;
    private int count;
    private int cancelled;
    private long nextSequence;

    /** What was read ahead: kept, else the compiler would leave the reads out. */
    int seen;

    EventQueue() {
        for (int i = 0; i < PLACES; i++) {
            front[i] = new Next();
        }
    }

    /** An event of the front, and what is known of the task that it will wake. */
    private static final class Next {
        private long time;
        private long sequence;
        private @Nullable SimEvent event;
        private @Nullable SimTask task;
        private @Nullable Thread thread;
        private @Nullable Object continuation;
        private @Nullable Object stack;

        void set(long newTime, long newSequence, SimEvent newEvent) {
            time = newTime;
            sequence = newSequence;
            event = newEvent;
        }

        SimEvent event() {
            SimEvent present = event;
            if (present == null) {
                throw new IllegalStateException("the front has a hole");
            }
            return present;
        }

        SimEvent take() {
            SimEvent taken = event();
            event = null;
            if (task != null) { // else nothing was read ahead
                task = null;
                thread = null;
                continuation = null;
                stack = null;
            }
            return taken;
        }
    }

    void add(long time, SimEvent event) {
        long sequence = nextSequence++;
        // At equal times the older one goes first.
        if (count == 0 || time >= next(count - 1).time) {
            heap.add(time, sequence, event);
            return;
        }
        if (count == PLACES) {
            Next last = next(--count);
            heap.add(last.time, last.sequence, last.take());
        }
        int place = count++;
        Next added = next(place);
        while (place > 0 && time < next(place - 1).time) {
            front[(first + place) & MASK] = next(place - 1);
            place--;
        }
        front[(first + place) & MASK] = added;
        added.set(time, sequence, event);
    }

    /** Notes that an event in here was settled from outside. */
    void oneCancelled() {
        cancelled++;
        int pending = capacityInUse();
        if (cancelled > SWEEP_AT_LEAST && cancelled > (pending - cancelled) / 2) {
            removeIf(SimEvent::isSettled);
            cancelled = 0;
        }
    }

    /** Drops every event that {@code unwanted} says, in time proportional to all of them. */
    void removeIf(Predicate<SimEvent> unwanted) {
        heap.removeIf(event -> drops(event, unwanted));
        int kept = 0;
        for (int i = 0; i < count; i++) {
            Next candidate = next(i);
            if (drops(candidate.event(), unwanted)) {
                var _ = candidate.take();
            } else {
                front[(first + i) & MASK] = next(kept);
                front[(first + kept++) & MASK] = candidate;
            }
        }
        count = kept;
    }

    private boolean drops(SimEvent event, Predicate<SimEvent> unwanted) {
        boolean dropped = unwanted.test(event);
        if (dropped && !event.settle()) {
            cancelled--;
        }
        return dropped;
    }

    /** {@return whether nothing is pending; drops cancelled events that would be next} */
    boolean isEmpty() {
        fill();
        while (count > 0 && next(0).event().isSettled()) {
            cancelled--;
            var _ = removeFirst();
            fill();
        }
        return count == 0 && isHeapEmpty();
    }

    private boolean isHeapEmpty() {
        while (heap.size() > 0 && heap.first().isSettled()) {
            cancelled--;
            var _ = heap.take();
        }
        return heap.size() == 0;
    }

    /** {@return the time of the next event; only after {@link #isEmpty} said no} */
    long nextTime() {
        return count > 0 ? next(0).time : heap.time();
    }

    /** Takes the next event; only after {@link #isEmpty} said no. */
    SimEvent take() {
        if (count == 0) {
            SimEvent event = heap.take();
            // Looks at the one behind it now, so that memory brings both at the same time.
            boolean _ = isHeapEmpty();
            return event;
        }
        SimEvent event = removeFirst();
        fill();
        if (count >= FRONT) { // else the heap has just shrunk or grown
            readAhead();
        }
        return event;
    }

    private boolean readsAhead() {
        return heap.size() >= READS_AHEAD_FROM;
    }

    int size() {
        return capacityInUse() - Math.max(cancelled, 0);
    }

    /** {@return how many places are taken, by cancelled events too} */
    int capacityInUse() {
        return heap.size() + count;
    }

    private Next next(int place) {
        return front[(first + place) & MASK];
    }

    private SimEvent removeFirst() {
        SimEvent event = next(0).take();
        first++;
        count--;
        return event;
    }

    private void fill() {
        while (count < FRONT && readsAhead()) {
            long time = heap.time();
            long sequence = heap.sequence();
            next(count++).set(time, sequence, heap.take());
        }
    }

    private void readAhead() {
        int read = next(READS_EVENT).event().isSettled() ? 1 : 0;

        Next wakes = next(READS_TASK);
        wakes.task = wakes.event().wakes();

        Next resumes = next(READS_THREAD);
        resumes.thread = resumes.task == null ? null : resumes.task.thread();

        Next mounts = next(READS_CONTINUATION);
        if (mounts.thread != null) {
            read += VirtualThreads.state(mounts.thread);
            mounts.continuation = VirtualThreads.continuation(mounts.thread);
        }

        Next thaws = next(READS_STACK);
        thaws.stack = thaws.continuation == null ? null : VirtualThreads.stack(thaws.continuation);

        Object stack = next(READS_STACK_SIZE).stack;
        if (stack != null) {
            read += VirtualThreads.stackSize(stack);
        }
        seen = read;
    }
}
