package net.pangea.sim.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Spawner;
import net.pangea.machine.Stop;
import org.jspecify.annotations.Nullable;

/**
 * One life of a simulated machine, from a start to the crash or stop that ends it: the owner of its tasks.
 *
 * <p>A crash abandons the tasks. Nothing is interrupted and no {@code finally} runs: the threads are simply never
 * resumed, and since nothing else refers to them they are collected with their stacks.
 */
public final class Incarnation implements Spawner {

    private enum State {
        RUNNING,
        PAUSED,
        CRASHED
    }

    private final Simulation simulation;
    private final String machineName;
    private final int number;
    private State state = State.RUNNING;
    private @Nullable SimTask tasks;
    private int taskCount;
    private @Nullable Deque<SimTask> held;
    private final List<SimEvent> kept = new ArrayList<>();
    private @Nullable LongSupplier resumptionDelay;
    private @Nullable RandomStream defaultSecrets;

    Incarnation(Simulation simulation, String machineName, int number) {
        this.simulation = simulation;
        this.machineName = machineName;
        this.number = number;
    }

    public Simulation simulation() {
        return simulation;
    }

    public String machineName() {
        return machineName;
    }

    /** {@return 0 for the machine's first life, then one more each time} */
    public int number() {
        return number;
    }

    public boolean hasCrashed() {
        return state == State.CRASHED;
    }

    /** {@return whether its tasks are held} */
    public boolean isPaused() {
        return state == State.PAUSED;
    }

    /**
     * Keeps for the moment of {@link #resume} what code of this machine's process, if it is no task, would do now, in the order
     * in which it was kept; a crash drops it. Only while it is paused.
     */
    public void whenResumed(SimEvent event) {
        if (state != State.PAUSED) {
            throw new IllegalStateException(machineName + " is not paused");
        }
        kept.add(event);
    }

    /** {@return how many tasks have started and not ended} */
    public int taskCount() {
        return taskCount;
    }

    @Override
    public Thread unstarted(String name, Runnable body) {
        SimTask task = new SimTask(this);
        Thread thread = VirtualThreads.newThread(simulation.scheduler(), name, body, task);
        thread.setUncaughtExceptionHandler(simulation);
        simulation.ready().created(task);
        return thread;
    }

    @Override
    public void begins(Stop outermost) {
        simulation.currentTask().keep(outermost);
    }

    /** Drops every task and every event of this incarnation. Not for a task of its own to call. */
    public void crash() {
        if (simulation.currentIncarnation() == this) {
            throw new IllegalStateException(machineName + " cannot crash itself in the middle of a step");
        }
        state = State.CRASHED;
        tellTasks();
        tasks = null;
        taskCount = 0;
        held = null;
        kept.clear();
        simulation.forget(this);
    }

    /** Holds every task, as SIGSTOP does; the network and the disk go on. */
    public void pause() {
        if (state == State.RUNNING) {
            state = State.PAUSED;
            tellTasks();
        }
    }

    /** Lets the tasks go on, in the order in which they became ready. */
    public void resume() {
        if (state == State.PAUSED) {
            state = State.RUNNING;
            tellTasks();
            Deque<SimTask> waiting = held;
            held = null;
            if (waiting != null) {
                waiting.forEach(simulation.ready()::add);
            }
            kept.forEach(event -> simulation.after(0, event));
            kept.clear();
        }
    }

    /**
     * Puts a delay before every resumption of a task, as an overloaded processor does.
     *
     * @param nanos draws the delay; null ends it
     */
    public void slowDown(@Nullable LongSupplier nanos) {
        resumptionDelay = nanos;
        tellTasks();
    }

    /** {@return whether a resumption is more than that} */
    boolean isHindered() {
        return state != State.RUNNING || resumptionDelay != null;
    }

    private void tellTasks() {
        for (SimTask task = tasks; task != null; task = task.next) {
            task.asks = isHindered() || task.delayPaid;
        }
    }

    /** {@return the delay in nanoseconds before the next resumption} */
    long drawResumptionDelay() {
        LongSupplier delay = resumptionDelay;
        return delay == null ? 0 : delay.getAsLong();
    }

    /** {@return whether a ready task may run now; a paused machine keeps it, a crashed one drops it} */
    boolean admits(SimTask task) {
        return switch (state) {
            case RUNNING -> true;
            case CRASHED -> false;
            case PAUSED -> {
                Deque<SimTask> waiting = held;
                if (waiting == null) {
                    waiting = new ArrayDeque<>();
                    held = waiting;
                }
                waiting.add(task);
                yield false;
            }
        };
    }

    /** {@return the stream behind the platform's default generator in this incarnation} */
    RandomStream defaultSecrets() {
        RandomStream made = defaultSecrets;
        if (made == null) {
            made = simulation.random("default-secrets", machineName, Integer.toString(number));
            defaultSecrets = made;
        }
        return made;
    }

    /** {@return the tasks that live, the youngest first} */
    List<SimTask> tasks() {
        List<SimTask> all = new ArrayList<>();
        for (SimTask task = tasks; task != null; task = task.next) {
            all.add(task);
        }
        return all;
    }

    /** A task runs for the first time. */
    void began(SimTask task) {
        SimTask first = tasks;
        task.next = first;
        if (first != null) {
            first.previous = task;
        }
        tasks = task;
        taskCount++;
        task.begun = true;
    }

    /** A task has run for the last time. */
    void ended(SimTask task) {
        SimTask before = task.previous;
        SimTask after = task.next;
        if (before == null) {
            tasks = after;
        } else {
            before.next = after;
        }
        if (after != null) {
            after.previous = before;
        }
        taskCount--;
    }
}
