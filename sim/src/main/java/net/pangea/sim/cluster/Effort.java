package net.pangea.sim.cluster;

/**
 * How much a run has done so far.
 *
 * @param events that the engine has handled, or that nodes have emitted where there is no engine
 * @param messages packets or chunks that machines have sent; 0 where nobody counts them
 */
public record Effort(long events, long messages) {
    /** Nobody counts. */
    public static final Effort NONE = new Effort(0, 0);
}
