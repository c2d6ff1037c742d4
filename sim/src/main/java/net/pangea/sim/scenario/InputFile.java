package net.pangea.sim.scenario;

/**
 * A file of the user's own that a scenario stores.
 *
 * @param name its path inside the folder, with slashes
 * @param content not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; copying each would double the memory
public record InputFile(String name, byte[] content) {}
