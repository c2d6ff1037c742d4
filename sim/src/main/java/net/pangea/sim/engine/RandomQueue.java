package net.pangea.sim.engine;

import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.RandomStream;
import org.jspecify.annotations.Nullable;

/** Any of the ready tasks, uniformly. */
final class RandomQueue implements ReadyQueue {
    private final RandomStream random;
    private final List<SimTask> tasks = new ArrayList<>();

    RandomQueue(RandomStream random) {
        this.random = random;
    }

    @Override
    public void add(SimTask task) {
        tasks.add(task);
    }

    @Override
    public @Nullable SimTask poll() {
        int size = tasks.size();
        if (size == 0) {
            return null;
        }
        SimTask last = tasks.removeLast();
        int chosen = size == 1 ? 0 : random.nextInt(size);
        return chosen == size - 1 ? last : tasks.set(chosen, last);
    }
}
