package net.pangea.sim.experiment;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import net.pangea.machine.Event;
import net.pangea.sim.cluster.Alarm;
import net.pangea.sim.scenario.Condition;
import net.pangea.sim.scenario.ConditionalFault;
import net.pangea.sim.scenario.Draws;
import net.pangea.sim.scenario.TimedFault;

/**
 * The faults that wait for a condition. Nodes' tasks tell what happens, the conductor's asks what has become due.
 *
 * <p>A fault fires a drawn part of a millisecond after its condition, never at the same time: so in the resolved run, which knows
 * the time from the start, it comes after what it waited for too, and meets no other event in the same nanosecond but by a chance
 * of one in millions.
 */
final class Triggers {
    private static final long REACTION_MAX_NANOS = 1_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final long seed;
    private final long endNanos;
    private final Alarm alarm;
    private final LongSupplier nanos;
    private final List<ConditionalFault> waiting;
    private final List<TimedFault> due = new ArrayList<>();

    /**
     * Begins to wait.
     *
     * @param endNanos when faults stop
     * @param alarm with which the conductor waits
     * @param nanos since the start
     */
    Triggers(long seed, List<ConditionalFault> waiting, long endNanos, Alarm alarm, LongSupplier nanos) {
        this.seed = seed;
        this.waiting = new ArrayList<>(waiting);
        this.endNanos = endNanos;
        this.alarm = alarm;
        this.nanos = nanos;
    }

    /** A node emitted an event. */
    void event(Event event) {
        lock.lock();
        try {
            Iterator<ConditionalFault> all = waiting.iterator();
            while (all.hasNext()) {
                ConditionalFault fault = all.next();
                boolean isTrue = switch (fault.when()) {
                    case Condition.Reached(String name) -> name.equals(event.name());
                };
                if (isTrue) {
                    long reaction = Draws.of(seed, "fault", fault.id(), "reaction").stream()
                            .between(1, REACTION_MAX_NANOS);
                    long delay = Math.addExact(fault.afterNanos(), reaction);
                    long at = Math.addExact(nanos.getAsLong(), delay);
                    if (at < endNanos) {
                        all.remove();
                        due.add(fault.at(at));
                        alarm.bringForward(delay);
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the faults whose time is known since it was asked last, in the order in which it became known} */
    List<TimedFault> takeDue() {
        lock.lock();
        try {
            List<TimedFault> taken = List.copyOf(due);
            due.clear();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the faults that wait still, in the order of the file} */
    List<ConditionalFault> waiting() {
        lock.lock();
        try {
            return List.copyOf(waiting);
        } finally {
            lock.unlock();
        }
    }
}
