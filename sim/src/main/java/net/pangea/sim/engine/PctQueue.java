package net.pangea.sim.engine;

import java.util.Comparator;
import java.util.PriorityQueue;
import net.pangea.machine.RandomStream;
import org.jspecify.annotations.Nullable;

/**
 * Probabilistic concurrency testing: every task has a random priority and the highest ready one runs; at
 * random points the running task falls below all others. Finds bugs that need few ordering constraints with
 * known probability.
 *
 * <p>The paper draws d change points over the k steps of a short program. A run here has no known k, so the
 * points come with a mean distance of {@value #STEPS_BETWEEN_CHANGES} steps for as long as it lasts.
 *
 * <p>Source: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler with Probabilistic
 * Guarantees of Finding Bugs", ASPLOS 2010.
 */
final class PctQueue implements ReadyQueue {
    private static final int STEPS_BETWEEN_CHANGES = 1000;

    private final RandomStream random;
    private final PriorityQueue<SimTask> tasks =
            new PriorityQueue<>(Comparator.comparingLong((SimTask task) -> task.priority));
    private long lowest = Long.MAX_VALUE / 2;

    PctQueue(RandomStream random) {
        this.random = random;
    }

    @Override
    public void created(SimTask task) {
        task.priority = random.nextLong(Long.MAX_VALUE / 2);
    }

    @Override
    public void add(SimTask task) {
        tasks.add(task);
    }

    @Override
    public @Nullable SimTask poll() {
        SimTask task = tasks.poll();
        if (task != null && random.nextInt(STEPS_BETWEEN_CHANGES) == 0) {
            task.priority = ++lowest;
            tasks.add(task);
            task = tasks.poll();
        }
        return task;
    }
}
