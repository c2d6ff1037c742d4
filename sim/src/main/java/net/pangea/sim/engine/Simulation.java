package net.pangea.sim.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.machine.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * One run: one seed, one platform thread, virtual time.
 *
 * <p>The loop runs every ready task until it waits, then jumps to the next event in exact (time, sequence)
 * order. There are no ticks. All state of a simulation is touched by its loop thread only, by the loop
 * itself or by a task mounted on it; what the watching thread reads is in {@link Observed}.
 *
 * <p>Virtual time is nanoseconds since the start of the run.
 */
public final class Simulation implements Thread.UncaughtExceptionHandler {
    private final long seed;
    private final Limits limits;
    private final Trace trace;
    private final ReadyQueue ready;
    private final Scheduler scheduler = new Scheduler(this);
    private final EventQueue queue = new EventQueue();
    private final RandomStream harnessSecrets;
    private @Nullable LoopThread loop;
    private final List<Incarnation> incarnations = new ArrayList<>();

    private long now;
    private long events;
    private long steps;
    private long stepsAtThisInstant;
    private @Nullable SimTask current;
    private boolean stopped;

    // Written by the loop or by a foreign thread, read by the loop and the watcher.
    private final AtomicReference<@Nullable InvalidRun> failure = new AtomicReference<>();
    private final Observed observed = new Observed();

    /**
     * Begins a run.
     *
     * @param sink reads the trace; null for nobody
     * @throws UnfitJvm if this JVM cannot simulate
     */
    public Simulation(long seed, Policy policy, Limits limits, Trace.@Nullable Sink sink) {
        SelfTest.require();
        SeededProvider.install();
        this(seed, policy.queue(seed), limits, new Trace(sink));
    }

    /** Begins a run in a JVM that has not been tested. */
    Simulation(long seed, ReadyQueue ready, Limits limits, Trace trace) {
        this.seed = seed;
        this.limits = limits;
        this.trace = trace;
        this.ready = ready;
        this.harnessSecrets = RandomStream.of(seed, "default-secrets");
    }

    /** {@return the flags with which a JVM that simulates must be started} */
    public static List<String> jvmFlags() {
        return SelfTest.flags();
    }

    /** {@return the simulation that the calling thread belongs to, if it belongs to one} */
    public static @Nullable Simulation ofCaller() {
        return VirtualThreads.carrier() instanceof LoopThread thread ? thread.simulation() : null;
    }

    public long seed() {
        return seed;
    }

    /** {@return virtual nanoseconds since the start} */
    public long now() {
        return now;
    }

    public Trace trace() {
        return trace;
    }

    /** {@return how many events have fired} */
    public long events() {
        return events;
    }

    /** {@return the random stream of these names under this run's seed} */
    public RandomStream random(String... names) {
        return RandomStream.of(seed, names);
    }

    /** {@return the task that runs now} */
    public SimTask currentTask() {
        SimTask task = current;
        if (task == null) {
            throw new IllegalStateException("a blocking call outside of any task of the simulation");
        }
        return task;
    }

    @Nullable
    Incarnation currentIncarnation() {
        SimTask task = current;
        return task == null ? null : task.incarnation();
    }

    /** {@return the stream behind the platform's default generator for the task that runs now} */
    RandomStream defaultSecrets() {
        Incarnation incarnation = currentIncarnation();
        return incarnation == null ? harnessSecrets : incarnation.defaultSecrets();
    }

    Scheduler scheduler() {
        return scheduler;
    }

    ReadyQueue ready() {
        return ready;
    }

    /** {@return a new life for a machine} */
    public Incarnation incarnate(String machineName, int number) {
        Incarnation incarnation = new Incarnation(this, machineName, number);
        incarnations.add(incarnation);
        return incarnation;
    }

    /** Drops all that belongs to a crashed incarnation. */
    void forget(Incarnation crashed) {
        incarnations.remove(crashed);
        queue.removeIf(event -> event.isSettled() || event.owner() == crashed);
    }

    /** Lets {@code event} fire {@code nanos} from now; negative counts as zero. */
    public void after(long nanos, SimEvent event) {
        queue.add(now + Math.max(nanos, 0), event);
    }

    /** Lets {@code event} fire at a time not before now. */
    public void at(long time, SimEvent event) {
        queue.add(Math.max(time, now), event);
    }

    /** Takes back an event; nothing happens if it has fired already. */
    public void cancel(SimEvent event) {
        if (event.settle()) {
            queue.oneCancelled();
        }
    }

    /** Ends the run after the current step. */
    public void stop() {
        stopped = true;
    }

    /**
     * Ends the run as invalid; the first reason counts.
     *
     * @return what to throw, so that the offender does not go on
     */
    public InvalidRun fail(String message, @Nullable Throwable cause) {
        SimTask task = current;
        InvalidRun invalid = new InvalidRun(
                task == null || VirtualThreads.carrier() != loop ? message : message + "; in " + task.describe(),
                cause);
        failure.compareAndSet(null, invalid);
        return invalid;
    }

    /** Ends the run if a task's thread dies of an exception. Called by the JDK. */
    @Override
    public void uncaughtException(Thread thread, Throwable e) {
        InvalidRun _ = fail("task '" + thread.getName() + "' died", e);
    }

    /** Takes a thread that has become ready; called by the JDK on whatever thread made it so. */
    void submit(Runnable continuation) {
        if (!(continuation instanceof SimTask task)) {
            throw fail("a thread was started outside the seam: use Tasks", null);
        }
        if (VirtualThreads.carrier() != loop) {
            throw fail(
                    task.describe() + " was woken by the foreign thread '"
                            + Thread.currentThread().getName() + "'",
                    null);
        }
        ready.add(task);
    }

    /**
     * Runs until {@link #stop} is called, the virtual time is used up, or nothing can happen any more.
     *
     * @param setUp runs first, on the simulation's thread and outside any task: it builds the world
     * @param watcher is told how far the run is, about five times a second, on the calling thread
     * @return why it ended
     * @throws InvalidRun if the run broke the rules
     */
    public End run(Runnable setUp, Watcher watcher) throws InterruptedException {
        LoopThread loopThread = new LoopThread(this, () -> loop(setUp));
        loop = loopThread;
        loopThread.start();
        Watchdog watchdog = new Watchdog(limits.stepWall());
        while (!loopThread.join(Watchdog.POLL)) {
            watcher.progress(observed.now(), observed.events());
            SimTask task = observed.task();
            if (watchdog.isStuck(observed.progress()) && task != null) {
                throw new InvalidRun(
                        task.describe() + " has not waited for " + limits.stepWall() + "\n"
                                + Report.stack(task.thread()),
                        null);
            }
        }
        InvalidRun invalid = failure.get();
        if (invalid != null) {
            throw invalid;
        }
        return stopped ? End.STOPPED : queue.isEmpty() ? End.IDLE : End.TIME_IS_UP;
    }

    /**
     * Says that a step of the harness which takes long in real time gets on, so that it does not count as one that never waits.
     * Code under test has no business with it.
     */
    public void getsOn() {
        observed.sign();
    }

    /** Why a run ended. */
    public enum End {
        /** By {@link #stop}. */
        STOPPED,
        /** Every task waits and no event is pending: a deadlock, if anything was still wanted. */
        IDLE,
        TIME_IS_UP
    }

    /** Watches a run from outside. */
    @FunctionalInterface
    public interface Watcher {
        void progress(long virtualNanos, long events);
    }

    /** {@return every living task with its machine and stack, for the report of a deadlock} */
    public String describeTasks() {
        return Report.tasks(incarnations);
    }

    /** {@return how many tasks live} */
    public int taskCount() {
        return incarnations.stream().mapToInt(Incarnation::taskCount).sum();
    }

    private void loop(Runnable setUp) {
        long end = limits.virtualTime().toNanos();
        try {
            setUp.run();
            while (failure.get() == null && !stopped) {
                SimTask task = ready.poll();
                if (task != null) {
                    step(task);
                } else if (queue.isEmpty() || queue.nextTime() > end) {
                    return;
                } else {
                    fireNext();
                }
            }
        } catch (InvalidRun alreadyNoted) {
            // fail() keeps the first one; the watcher throws it
        } catch (Throwable e) {
            InvalidRun _ = fail("the simulator itself failed: " + e, e);
        }
    }

    private void fireNext() {
        if (events == limits.events()) {
            throw fail("it was given up after " + events + " events", null);
        }
        long time = queue.nextTime();
        if (time != now) {
            now = time;
            stepsAtThisInstant = 0;
        }
        observed.event(time, ++events);
        SimEvent event = queue.take();
        boolean _ = event.settle();
        event.fire();
    }

    private void step(SimTask task) {
        if (task.asks && !mayRun(task)) {
            return;
        }
        if (++stepsAtThisInstant > limits.stepsAtOneInstant()) {
            throw fail(
                    "time stands still: " + limits.stepsAtOneInstant() + " steps at " + now + " ns, the last one by "
                            + task.describe() + "\n" + describeTasks(),
                    null);
        }
        observed.step(task, ++steps);
        current = task;
        if (!task.begun) {
            task.incarnation().began(task);
        }
        task.run();
        current = null;
        observed.stepEnds();
        int state = VirtualThreads.state(task.thread());
        if (VirtualThreads.hasEnded(state)) {
            task.incarnation().ended(task);
        } else if (VirtualThreads.waitsForMonitor(state)) {
            throw fail(
                    task.describe() + " waits for a monitor (synchronized or Object.wait), which ends at some real"
                            + " time: use a ReentrantLock\n" + Report.stack(task.thread()),
                    null);
        }
    }

    /** {@return whether its machine lets a task run now; otherwise it comes back in time} */
    private boolean mayRun(SimTask task) {
        Incarnation incarnation = task.incarnation();
        if (!incarnation.admits(task)) {
            return false;
        }
        if (!task.delayPaid) {
            long delay = incarnation.drawResumptionDelay();
            if (delay > 0) {
                task.delayPaid = true;
                after(delay, new Resumption(task));
                return false;
            }
        }
        task.delayPaid = false;
        task.asks = incarnation.isHindered();
        return true;
    }

    /** The end of the delay that a slow processor puts before a resumption. */
    private final class Resumption extends SimEvent {
        private final SimTask task;

        Resumption(SimTask task) {
            this.task = task;
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
            ready.add(task);
        }
    }
}
