package net.pangea.sim.disk;

/**
 * Bytes of a file that a fault of the disk has spoiled: the simulation's ground truth, which no node sees.
 *
 * @param path the file's path when it happened
 * @param offset the first spoiled byte; somewhere in the range at least one bit differs from what was written
 * @param length how many bytes
 */
public record Damage(String path, long offset, long length) {}
