package net.pangea.sim.experiment;

/**
 * The end of a delete.
 *
 * @param deleted whether the node acknowledged it
 * @param failure why not, else empty
 */
public record DeleteDone(Acknowledged object, String node, boolean deleted, String failure, long tookNanos) {}
