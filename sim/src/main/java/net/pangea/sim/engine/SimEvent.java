package net.pangea.sim.engine;

import org.jspecify.annotations.Nullable;

/**
 * Something that happens at a point of virtual time. An event is scheduled once; whoever scheduled it may
 * cancel it until it fires.
 */
public abstract class SimEvent {
    private boolean settled;

    /** The event's effect, on the simulation's thread, outside any task. It must not block. */
    protected abstract void fire();

    /** The incarnation that this event dies with; null for one that outlives every machine. */
    protected @Nullable Incarnation owner() {
        return null;
    }

    /**
     * {@return the task that it would wake if it fired now; null if there is none, or that is not worth finding out}
     * A guess, asked for some events before it fires, so that memory can bring what the task needs meanwhile. It reads
     * few fields and changes nothing.
     */
    protected @Nullable SimTask wakes() {
        return null;
    }

    /** {@return whether it has fired or was cancelled} */
    final boolean isSettled() {
        return settled;
    }

    /** {@return whether this call settled it} */
    final boolean settle() {
        boolean first = !settled;
        settled = true;
        return first;
    }
}
