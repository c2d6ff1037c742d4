package net.pangea.machine.system;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Stop;
import org.jspecify.annotations.Nullable;

/**
 * The system's clocks. Deadlines are fired by one thread of this machine, whose work is an interrupt and thus
 * never blocks; a deadline that was not needed leaves the timer's queue at once.
 */
final class SystemClock implements Clock, AutoCloseable {
    private final ScheduledThreadPoolExecutor timer;

    SystemClock(String machine) {
        timer = new ScheduledThreadPoolExecutor(1, SystemMachine.threads(machine, "deadlines"));
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.isPositive() ? duration : Duration.ZERO); // zero yields, less would return at once
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        if (!limit.isPositive()) {
            throw new DeadlineExceeded(limit, null);
        }
        Stop stop = Stop.forCurrentThread();
        Future<?> deadline = timer.schedule(stop::fire, nanos(limit), TimeUnit.NANOSECONDS);
        return stop.runWithin(limit, body, () -> deadline.cancel(false));
    }

    /** A limit of centuries is as good as none; more nanoseconds than a long holds would overflow. */
    private static long nanos(Duration limit) {
        return TimeUnit.NANOSECONDS.convert(limit);
    }

    /** {@return how many deadlines are waiting to be fired} */
    int pendingCount() {
        return timer.getQueue().size();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
