package net.pangea.sim.engine;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The scheduler that the JDK sees. A {@code ForkJoinPool} in name only, because the JDK hands a timed park
 * to its scheduler if that is one, and to a thread of its own in real time otherwise. It never starts a
 * worker.
 *
 * <p>One serves a whole simulation: what a thread hands over is its {@link SimTask}, which knows its incarnation. A
 * {@code ForkJoinPool} is larger than all else that an incarnation without work holds.
 */
final class Scheduler extends ForkJoinPool {
    private final Simulation simulation;

    Scheduler(Simulation simulation) {
        super(1, defaultForkJoinWorkerThreadFactory, null, false, 0, 1, 0, null, 1, TimeUnit.DAYS);
        this.simulation = simulation;
    }

    @Override
    public void execute(Runnable continuation) {
        simulation.submit(continuation);
    }

    @Override
    public <T> ForkJoinTask<T> externalSubmit(ForkJoinTask<T> task) {
        throw refused("an external submission");
    }

    @Override
    public <T> ForkJoinTask<T> lazySubmit(ForkJoinTask<T> task) {
        throw refused("a lazy submission");
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
        throw refused("a timed wait outside the seam (Thread.sleep, parkNanos, poll or await with a timeout):"
                + " use Clock.sleep or Clock.within");
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
        throw refused("a timed wait outside the seam");
    }

    @Override
    public <T> ForkJoinTask<T> submit(Callable<T> task) {
        throw refused("a submission to the scheduler");
    }

    @Override
    public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) {
        throw refused("a submission to the scheduler");
    }

    private InvalidRun refused(String construct) {
        return simulation.fail(construct, null);
    }
}
