package net.pangea.sim.experiment;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.Scope;
import net.pangea.machine.Stop;
import net.pangea.machine.Tasks;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time for tests that need no simulator: when every task waits, the earliest timer fires. Tasks that run at one
 * instant run in any order.
 */
final class FakeTime implements Clock, Tasks {

    private record Timer(long atNanos, long sequence, Runnable fire) implements Comparable<Timer> {
        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(atNanos, other.atNanos);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    private static final int LOOKS = 20;

    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final Set<Thread> threads = new LinkedHashSet<>();
    private long nowNanos;
    private long sequence;

    /** Runs {@code body} as a task and everything that it starts, to the end. */
    <T> T run(Body<T, RuntimeException> body) {
        List<T> value = new ArrayList<>();
        List<Throwable> failure = new ArrayList<>();
        Thread main = unstarted("main", () -> {
            try {
                value.add(body.run());
            } catch (InterruptedException | RuntimeException e) {
                failure.add(e);
            }
        });
        main.start();
        while (main.isAlive()) {
            if (everyoneWaits()) {
                fireNext();
            } else {
                Thread.onSpinWait();
            }
        }
        if (!failure.isEmpty()) {
            throw new AssertionError(failure.getFirst());
        }
        return value.getFirst();
    }

    /** Looks many times: between two looks one task may wake another and then wait itself. */
    private boolean everyoneWaits() {
        for (int look = 0; look < LOOKS; look++) {
            synchronized (this) {
                threads.removeIf(thread -> thread.getState() == Thread.State.TERMINATED);
                if (threads.isEmpty()
                        || !threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void fireNext() {
        Timer next;
        synchronized (this) {
            next = timers.poll();
            if (next == null) {
                throw new IllegalStateException("everyone waits for ever");
            }
            nowNanos = Math.max(nowNanos, next.atNanos);
        }
        next.fire.run();
    }

    private synchronized Timer timer(long delayNanos, Runnable fire) {
        Timer timer = new Timer(nowNanos + Math.max(0, delayNanos), sequence++, fire);
        timers.add(timer);
        return timer;
    }

    private synchronized void disarm(Timer timer) {
        boolean _ = timers.remove(timer);
    }

    private synchronized Thread unstarted(String name, Runnable body) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(body);
        threads.add(thread);
        return thread;
    }

    @Override
    public Scope open(String name) {
        return new Scope(name, this::unstarted);
    }

    @Override
    public synchronized Instant now() {
        return Instant.EPOCH.plusNanos(nowNanos);
    }

    @Override
    public synchronized long nanoTime() {
        return nowNanos;
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        Timer timer = timer(duration.toNanos(), over::countDown);
        try {
            over.await();
        } finally {
            disarm(timer);
        }
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
            throws X, InterruptedException {
        Stop stop = Stop.forCurrentThread();
        Timer timer = timer(limit.toNanos(), stop::fire);
        return stop.runWithin(limit, body, () -> disarm(timer));
    }
}
