package net.pangea.sim.experiment;

import java.util.function.Supplier;

/**
 * Something that a node has promised to keep.
 *
 * @param owner the machine through which it was put, whose owner may delete it
 * @param name what the scenario calls it, with {@code as}
 * @param file its own name
 * @param sha256 of the content, in hexadecimal
 * @param content makes the content again: thousands of objects are not kept in memory
 */
public record Acknowledged(
        String owner,
        String name,
        String file,
        StorageClient.Handle handle,
        int sizeBytes,
        String sha256,
        Supplier<byte[]> content) {

    /** {@return how reports call it} */
    public String words() {
        return name + " " + file;
    }
}
