package net.pangea.sim.engine;

import java.util.concurrent.locks.LockSupport;

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
