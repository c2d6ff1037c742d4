package net.pangea.sim.scenario;

/** What the network promises to survive. */
public sealed interface Survival {

    /**
     * Faults never take more than {@code shards} shards of an acknowledged stripe; a failed guarantee is a bug.
     */
    record Budget(long shards) implements Survival {}

    /** Faults go as far as they go; guarantees become figures. */
    record Measure() implements Survival {}
}
