package net.pangea.sim.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What the loop lets the watching thread see. Written at every event and every step, so without the fence of a
 * volatile write, which would cost more than all the rest of them: the watcher sees each value a moment later, and
 * the values of different moments.
 */
final class Observed {
    private static final VarHandle NOW;
    private static final VarHandle EVENTS;
    private static final VarHandle STEPS;
    private static final VarHandle TASK;
    private static final VarHandle SIGNS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            NOW = lookup.findVarHandle(Observed.class, "now", long.class);
            EVENTS = lookup.findVarHandle(Observed.class, "events", long.class);
            STEPS = lookup.findVarHandle(Observed.class, "steps", long.class);
            TASK = lookup.findVarHandle(Observed.class, "task", SimTask.class);
            SIGNS = lookup.findVarHandle(Observed.class, "signs", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile long now;
    private volatile long events;
    private volatile long steps;
    private volatile @Nullable SimTask task;
    private volatile long signs;

    void event(long newNow, long newEvents) {
        NOW.setRelease(this, newNow);
        EVENTS.setRelease(this, newEvents);
    }

    void step(SimTask newTask, long newSteps) {
        TASK.setRelease(this, newTask);
        STEPS.setRelease(this, newSteps);
    }

    /** The step that is being made gets on. */
    void sign() {
        SIGNS.setRelease(this, signs + 1);
    }

    void stepEnds() {
        TASK.setRelease(this, null);
    }

    long now() {
        return now;
    }

    long events() {
        return events;
    }

    /** {@return a number that moves with every step, and with every sign that a long one gives} */
    long progress() {
        return steps + signs;
    }

    @Nullable
    SimTask task() {
        return task;
    }
}
