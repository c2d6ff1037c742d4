package net.pangea.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Measures the processor time of a run between the end of its warm-up and its end. Processor time, because other
 * programs take the processor away but do not add to it.
 */
final class Meter {
    private static final long WARM_UP_EVENTS = 2_000_000;
    private static final long TIMED_EVENTS = 3_000_000;

    private final long warmUpEvents;
    private boolean isTiming;
    private long events;
    private long messages;
    private long threadNanos;
    private long processNanos;

    Meter(int nodes) {
        warmUpEvents = Math.max(WARM_UP_EVENTS, 4L * nodes);
    }

    long warmUpEvents() {
        return warmUpEvents;
    }

    long lastEvents() {
        return warmUpEvents + TIMED_EVENTS;
    }

    /** {@return whether the run is over} Called on the thread that simulates. */
    boolean look(long eventsSoFar, long messagesSoFar) {
        if (!isTiming) {
            if (eventsSoFar >= warmUpEvents) {
                isTiming = true;
                add(eventsSoFar, messagesSoFar, -1);
            }
            return false;
        }
        if (eventsSoFar < lastEvents()) {
            return false;
        }
        add(eventsSoFar, messagesSoFar, 1);
        return true;
    }

    private void add(long eventsSoFar, long messagesSoFar, int sign) {
        events += sign * eventsSoFar;
        messages += sign * messagesSoFar;
        threadNanos += sign * ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        processNanos += sign * processNanos();
    }

    private static long processNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    Sample sample(long heapBytes, String hash) {
        return new Sample(events, messages, threadNanos, processNanos, heapBytes, hash);
    }
}
