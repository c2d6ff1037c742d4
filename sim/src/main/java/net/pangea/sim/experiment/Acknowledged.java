package net.pangea.sim.experiment;

/**
 * Something that a node has promised to keep.
 *
 * @param name what the scenario calls it, with {@code as}
 * @param file its own name
 * @param sha256 of the content, in hexadecimal
 */
public record Acknowledged(String name, String file, StorageClient.Handle handle, int sizeBytes, String sha256) {

    /** {@return how reports call it} */
    public String words() {
        return name + " " + file;
    }
}
