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

    private final HostClock hardware;
    private final int machine;
    private final Incarnation incarnation;
    private final Simulation simulation;
    private final long startedAt;

    SimulatedClock(Host host, Incarnation incarnation) {
        this.hardware = host.clock();
        this.machine = host.number();
        this.incarnation = incarnation;
        this.simulation = incarnation.simulation();
        this.startedAt = hardware.monotonic(simulation.now());
    }

    @Override
    public Instant now() {
        return hardware.wall(simulation.now());
    }

    @Override
    public long nanoTime() {
        return hardware.monotonic(simulation.now()) - startedAt;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        long nanos = bounded(duration);
        long end = monotonic() + nanos;
        do {
            Pauses.interruptibly(simulation, machine, trueNanos(nanos));
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
        Stop stop = simulation.currentTask().innerStop();
        Deadline deadline = new Deadline(stop, monotonic() + nanos);
        simulation.after(trueNanos(nanos), deadline);
        return stop.runWithin(limit, body, deadline);
    }

    private long monotonic() {
        return hardware.monotonic(simulation.now());
    }

    private static long bounded(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        // Two calls, so that the JIT need not make the caller's duration an object.
        return duration.compareTo(FOR_EVER) > 0 ? FOR_EVER.toNanos() : duration.toNanos();
    }

    private long trueNanos(long nanos) {
        return hardware.trueDuration(nanos);
    }

    private final class Deadline extends SimEvent implements Runnable {
        private final Stop stop;
        private final long end;
        private @Nullable Deadline later;

        /** @param end by the monotonic clock */
        Deadline(Stop stop, long end) {
            this.stop = stop;
            this.end = end;
        }

        /** Takes it back. */
        @Override
        public void run() {
            Deadline last = this;
            while (last.later != null) {
                last = last.later;
            }
            simulation.cancel(last);
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
                simulation.after(trueNanos(left), later);
            } else {
                stop.fire();
            }
        }
    }
}
