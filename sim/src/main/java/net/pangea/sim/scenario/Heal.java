package net.pangea.sim.scenario;

/**
 * The end of all faults.
 *
 * @param atNanos when those that last are undone
 * @param withinNanos how long the network has to recover
 */
public record Heal(long atNanos, long withinNanos) {}
