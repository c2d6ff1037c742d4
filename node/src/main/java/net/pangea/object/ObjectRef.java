package net.pangea.object;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * The capability to read one object: its name and the key to it. Whoever has it can read the object, so it is
 * as secret as the object.
 *
 * @param id the hash of the manifest
 * @param key opens the header and every segment
 */
public record ObjectRef(Sha256 id, DataKey key) {
    private static final String PREFIX = "pangea:";

    /** {@return the reference that {@code text} spells, {@code pangea:<64 hex digits>#<64 hex digits>}} */
    public static Optional<ObjectRef> parse(String text) {
        int hash = text.indexOf('#');
        if (!text.startsWith(PREFIX) || hash < 0) {
            return Optional.empty();
        }
        Optional<Sha256> id = Sha256.parseHex(text.substring(PREFIX.length(), hash));
        Optional<DataKey> key = Bytes.parseHex(text.substring(hash + 1))
                .filter(bytes -> bytes.size() == DataKey.SIZE_BYTES)
                .map(DataKey::new);
        return id.isPresent() && key.isPresent() ? Optional.of(new ObjectRef(id.get(), key.get())) : Optional.empty();
    }

    /** {@return the text that {@link #parse} reads; it contains the key} */
    public String text() {
        return PREFIX + id.hex() + "#" + key.bytes().hex();
    }

    /** {@return the name without the key, for logs} */
    @Override
    public String toString() {
        return PREFIX + id.hex();
    }
}
