package net.pangea.sim.scenario;

/**
 * A file or folder of the user's own disk.
 *
 * @param text as it was written
 * @param path where it is, from the folder of the scenario's file
 */
public record InputPath(String text, String path) {}
