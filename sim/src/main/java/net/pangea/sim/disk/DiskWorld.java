package net.pangea.sim.disk;

import java.util.function.LongSupplier;

/**
 * What a simulated disk needs of the simulation around it.
 *
 * @param nanoTime the virtual time in nanoseconds, the same for every machine
 * @param pause how virtual time passes
 * @param trace is told of everything that happens
 */
public record DiskWorld(LongSupplier nanoTime, Pause pause, DiskTrace trace) {}
