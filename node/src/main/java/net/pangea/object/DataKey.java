package net.pangea.object;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.ces.SegmentKey;
import net.pangea.ces.Suite;

/**
 * The secret of one object. It encrypts nothing itself: the header and every segment have a key of their own,
 * HKDF-SHA256 (RFC 5869) of it, salted with the placement key and bound to the place in the object, so that segments
 * that are reordered, cut off or taken from another object do not decrypt.
 */
public record DataKey(Bytes bytes) {
    static final int SIZE_BYTES = 32;

    /** What header and segments are encrypted with. */
    static final Suite SUITE = Suite.XCHACHA20_POLY1305;

    public DataKey {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("a data key has 32 bytes, not " + bytes.size());
        }
    }

    static DataKey draw(SecureRandom secrets) {
        byte[] key = new byte[SIZE_BYTES];
        secrets.nextBytes(key);
        return new DataKey(Bytes.wrap(key));
    }

    byte[] headerKey(Sha256 placementKey) {
        return derive(placementKey, label("pangea header").toBytes());
    }

    /**
     * {@return the key of one segment}
     *
     * @param last whether it is the object's last, so that a shortened object does not decrypt
     */
    byte[] segmentKey(Sha256 placementKey, int index, boolean last) {
        return SegmentKey.derive(bytes, placementKey.bytes(), index, last, SUITE);
    }

    private static ByteWriter label(String use) {
        return new ByteWriter()
                .raw(Bytes.wrap(use.getBytes(StandardCharsets.US_ASCII)))
                .u8(SUITE.code());
    }

    private byte[] derive(Sha256 placementKey, Bytes info) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(bytes.toArray())
                            .addSalt(placementKey.bytes().toArray())
                            .thenExpand(info.toArray(), SIZE_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
        }
    }

    /** {@return nothing of the key} */
    @Override
    public String toString() {
        return "data key";
    }
}
