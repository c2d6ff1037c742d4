package net.pangea.sim.engine;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** First ready, first run. */
final class FifoQueue implements ReadyQueue {
    private final ArrayDeque<SimTask> tasks = new ArrayDeque<>();

    @Override
    public void add(SimTask task) {
        tasks.add(task);
    }

    @Override
    public @Nullable SimTask poll() {
        return tasks.poll();
    }
}
