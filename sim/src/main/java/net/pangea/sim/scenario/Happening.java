package net.pangea.sim.scenario;

/**
 * A workload or a fault at its time, as far as it is known before the run.
 *
 * @param id of the entry, with the number of the occurrence if there are several
 * @param what the verb with its keys; of a workload as written, of a fault with what was drawn for it
 */
public record Happening(long atNanos, String id, String what) {}
