package net.pangea.sim.world;

import java.time.Duration;
import java.time.Instant;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Stop;
import net.pangea.sim.engine.Incarnation;
import net.pangea.sim.engine.Pauses;
import net.pangea.sim.engine.SimEvent;
import org.jspecify.annotations.Nullable;

/** One incarnation's view of its host's clocks. */
final class SimulatedClock implements Clock {
    /** Longer waits than this never end within a run, and must not overflow: a hundred years. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final Host host;
    private final Incarnation incarnation;
    private final long startedAt;

    SimulatedClock(Host host, Incarnation incarnation) {
        this.host = host;
        this.incarnation = incarnation;
        this.startedAt = host.clock().monotonic(incarnation.simulation().now());
    }

    @Override
    public Instant now() {
        return host.clock().wall(incarnation.simulation().now());
    }

    @Override
    public long nanoTime() {
        return host.clock().monotonic(incarnation.simulation().now()) - startedAt;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        long nanos = bounded(duration);
        long end = monotonic() + nanos;
        do {
            Pauses.interruptibly(incarnation, host.number(), trueNanos(nanos));
            nanos = end - monotonic();
        } while (nanos > 0); // the clock has become slower meanwhile
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        if (limit.isZero() || limit.isNegative()) {
            throw new DeadlineExceeded(limit, null);
        }
        long nanos = bounded(limit);
        Stop stop = Stop.forCurrentThread();
        Deadline deadline = new Deadline(stop, monotonic() + nanos);
        incarnation.simulation().after(trueNanos(nanos), deadline);
        return stop.runWithin(limit, body, deadline::cancel);
    }

    private long monotonic() {
        return host.clock().monotonic(incarnation.simulation().now());
    }

    private static long bounded(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return (duration.compareTo(FOR_EVER) > 0 ? FOR_EVER : duration).toNanos();
    }

    private long trueNanos(long nanos) {
        return host.clock().trueDuration(nanos);
    }

    private final class Deadline extends SimEvent {
        private final Stop stop;
        private final long end;
        private @Nullable Deadline later;

        /** @param end by the monotonic clock */
        Deadline(Stop stop, long end) {
            this.stop = stop;
            this.end = end;
        }

        void cancel() {
            Deadline last = this;
            while (last.later != null) {
                last = last.later;
            }
            incarnation.simulation().cancel(last);
        }

        @Override
        protected Incarnation owner() {
            return incarnation;
        }

        @Override
        protected void fire() {
            long left = end - monotonic();
            if (left > 0) { // the clock has become slower meanwhile
                later = new Deadline(stop, end);
                incarnation.simulation().after(trueNanos(left), later);
            } else {
                stop.fire();
            }
        }
    }
}
