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
import net.pangea.sim.engine.Simulation;
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
        Pauses.interruptibly(incarnation, host.number(), trueNanos(duration));
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        if (limit.isZero() || limit.isNegative()) {
            throw new DeadlineExceeded(limit, null);
        }
        Simulation simulation = incarnation.simulation();
        Stop stop = Stop.forCurrentThread();
        Deadline deadline = new Deadline(stop);
        simulation.after(trueNanos(limit), deadline);
        return stop.runWithin(limit, body, () -> simulation.cancel(deadline));
    }

    private long trueNanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return host.clock().trueDuration((duration.compareTo(FOR_EVER) > 0 ? FOR_EVER : duration).toNanos());
    }

    private final class Deadline extends SimEvent {
        private final Stop stop;

        Deadline(Stop stop) {
            this.stop = stop;
        }

        @Override
        protected Incarnation owner() {
            return incarnation;
        }

        @Override
        protected void fire() {
            stop.fire();
        }
    }
}
