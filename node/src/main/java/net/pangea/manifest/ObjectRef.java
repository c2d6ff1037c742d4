package net.pangea.manifest;

import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;

/**
 * The capability to read one object: its name, where to look, and the key to it. Whoever has it can read the object, so
 * it is as secret as the object.
 *
 * @param id the hash of the manifest
 * @param placementKey in which order peers are likely to hold it
 * @param key opens the header and every segment
 */
public record ObjectRef(Sha256 id, Sha256 placementKey, DataKey key) {
    private static final String PREFIX = "pangea:";

    /** {@return the reference that {@code text} spells: {@code pangea:ID.PLACEMENT#KEY}, 64 hex digits each} */
    public static Optional<ObjectRef> parse(String text) {
        int dot = text.indexOf('.');
        int hash = text.indexOf('#');
        if (!text.startsWith(PREFIX) || dot < 0 || hash < dot) {
            return Optional.empty();
        }
        Optional<Sha256> id = Sha256.parseHex(text.substring(PREFIX.length(), dot));
        Optional<Sha256> placementKey = Sha256.parseHex(text.substring(dot + 1, hash));
        Optional<DataKey> key = Bytes.parseHex(text.substring(hash + 1))
                .filter(bytes -> bytes.size() == DataKey.SIZE_BYTES)
                .map(DataKey::new);
        return id.isPresent() && placementKey.isPresent() && key.isPresent()
                ? Optional.of(new ObjectRef(id.get(), placementKey.get(), key.get()))
                : Optional.empty();
    }

    /** {@return the text that {@link #parse} reads; it contains the key} */
    public String text() {
        return PREFIX + id.hex() + "." + placementKey.hex() + "#" + key.bytes().hex();
    }

    /** {@return the name without the key, for logs} */
    @Override
    public String toString() {
        return PREFIX + id.hex();
    }
}
