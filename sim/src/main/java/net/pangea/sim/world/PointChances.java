package net.pangea.sim.world;

/**
 * How likely fault points are to fire.
 *
 * @param armedPerMillion how many of a million points can fire at all in a run
 * @param firesPerMillion how often in a million times one of those does
 */
public record PointChances(int armedPerMillion, int firesPerMillion) {}
