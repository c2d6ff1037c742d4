package net.pangea.object;

import java.util.Optional;
import net.pangea.bytes.Sha256;

/**
 * What is to be stored.
 *
 * @param mediaType empty if unknown
 * @param pinned whether its lease is to be renewed without being asked
 * @param token by which a put that was interrupted is known again
 */
public record PutRequest(String name, String mediaType, long sizeBytes, boolean pinned, Optional<Sha256> token) {

    /** {@return an object that is neither pinned nor put resumably} */
    public static PutRequest of(String name, long sizeBytes) {
        return new PutRequest(name, "", sizeBytes, false, Optional.empty());
    }
}
