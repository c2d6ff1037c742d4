package net.pangea.sim.engine;

import java.util.Locale;
import net.pangea.machine.RandomStream;

/** How the next of several ready tasks is chosen. */
public enum Policy {
    /** In the order in which they became ready. */
    FIFO,
    /** Uniformly, by the seed. */
    RANDOM,
    /** By random priorities that change at random points ({@link PctQueue}). */
    PCT;

    /** {@return the name in files and on the command line} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    ReadyQueue queue(long seed) {
        RandomStream random = RandomStream.of(seed, "ready-queue", word());
        return switch (this) {
            case FIFO -> new FifoQueue();
            case RANDOM -> new RandomQueue(random);
            case PCT -> new PctQueue(random);
        };
    }
}
