package net.pangea.sim.engine;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits of a task for a span of virtual time. */
public final class Pauses {
    private Pauses() {}

    /** Waits {@code trueNanos}; an interrupt ends the wait and leaves no event behind. */
    public static void interruptibly(Simulation simulation, int machine, long trueNanos) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        Wake wake = new Wake(simulation, simulation.currentTask(), machine);
        simulation.after(trueNanos, wake);
        while (!wake.fired) {
            LockSupport.park();
            if (Thread.interrupted()) {
                simulation.cancel(wake);
                throw new InterruptedException();
            }
        }
    }

    /** Waits {@code trueNanos} whatever happens; an interrupt that comes meanwhile stays set. */
    public static void uninterruptibly(Simulation simulation, int machine, long trueNanos) {
        Wake wake = new Wake(simulation, simulation.currentTask(), machine);
        simulation.after(trueNanos, wake);
        boolean interrupted = false;
        while (!wake.fired) {
            LockSupport.park();
            interrupted |= Thread.interrupted(); // a pending interrupt would end every park at once
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A wait whose end may come nearer while it lasts; one task waits at a time. It leaves the trace that {@link #interruptibly}
     * leaves, with the time at which it ended.
     */
    public static final class Adjustable {
        private final Simulation simulation;
        private final int machine;
        private @Nullable Wake pending;
        private long end;

        /** Makes one of which nobody waits yet. */
        public Adjustable(Simulation simulation, int machine) {
            this.simulation = simulation;
            this.machine = machine;
        }

        /** Waits {@code trueNanos}, or less if {@link #bringForward} says so; an interrupt ends the wait. */
        public void interruptibly(long trueNanos) throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            Wake wake = new Wake(simulation, simulation.currentTask(), machine);
            set(wake, trueNanos);
            while (!wake.fired) {
                LockSupport.park();
                Wake latest = pending;
                if (latest == null) {
                    throw new IllegalStateException("two tasks wait with one pause");
                }
                wake = latest;
                if (Thread.interrupted()) {
                    pending = null;
                    simulation.cancel(wake);
                    throw new InterruptedException();
                }
            }
            pending = null;
        }

        /** Ends the wait that lasts at the latest {@code trueNanos} from now; on the simulation's thread. */
        public void bringForward(long trueNanos) {
            Wake now = pending;
            if (now != null && !now.fired && simulation.now() + trueNanos < end) {
                simulation.cancel(now);
                set(new Wake(simulation, now.task, machine), trueNanos);
            }
        }

        private void set(Wake wake, long trueNanos) {
            pending = wake;
            end = simulation.now() + trueNanos;
            simulation.after(trueNanos, wake);
        }
    }

    private static final class Wake extends SimEvent {
        private final Simulation simulation;
        private final SimTask task;
        private final int machine;
        private boolean fired;

        Wake(Simulation simulation, SimTask task, int machine) {
            this.simulation = simulation;
            this.task = task;
            this.machine = machine;
        }

        @Override
        protected Incarnation owner() {
            return task.incarnation();
        }

        @Override
        protected SimTask wakes() {
            return task;
        }

        @Override
        protected void fire() {
            fired = true;
            simulation.trace().record(simulation.now(), Trace.Kind.WAKE, machine, 0, 0);
            LockSupport.unpark(task.thread());
        }
    }
}
