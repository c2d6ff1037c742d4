package net.pangea.keys;

import java.security.SecureRandom;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.SegmentKey;
import net.pangea.ces.Suite;

/**
 * The secret of one object. It encrypts nothing itself: the header and every segment have a key of their own, derived
 * with HKDF-SHA256 (RFC 5869) of it, salted with the placement key and bound to the place in the object and to the
 * cipher suite, so that segments that are reordered, cut off or taken from another object do not decrypt.
 */
public record DataKey(Bytes bytes) {
    public static final int SIZE_BYTES = Hkdf.KEY_BYTES;

    public DataKey {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("a data key has 32 bytes, not " + bytes.size());
        }
    }

    public static DataKey draw(SecureRandom secrets) {
        byte[] key = new byte[SIZE_BYTES];
        secrets.nextBytes(key);
        return new DataKey(Bytes.wrap(key));
    }

    /** {@return the key of the sealed header} */
    public byte[] headerKey(Sha256 placementKey, int suite) {
        return Hkdf.derive(
                bytes,
                placementKey.bytes(),
                Hkdf.label("pangea header").u8(suite).toBytes());
    }

    /**
     * {@return the key of one segment}
     *
     * @param last whether it is the object's last, so that a shortened object does not decrypt
     * @param suite whose key it is
     */
    public byte[] segmentKey(Sha256 placementKey, int index, boolean last, Suite suite) {
        return SegmentKey.derive(bytes, placementKey.bytes(), index, last, suite);
    }

    /** {@return nothing of the key} */
    @Override
    public String toString() {
        return "data key";
    }
}
