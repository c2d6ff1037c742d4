package net.pangea.sim.engine;

import org.jspecify.annotations.Nullable;

/**
 * The tasks that could run now, and the policy which of them does. Different policies explore different
 * interleavings of the same scenario; each is a function of the seed.
 */
interface ReadyQueue {

    /** A task was made. */
    default void created(SimTask task) {}

    void add(SimTask task);

    /** {@return the task to run next, taken out; null if there is none} */
    @Nullable
    SimTask poll();
}
