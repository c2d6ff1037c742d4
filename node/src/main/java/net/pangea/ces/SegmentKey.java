package net.pangea.ces;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;

/**
 * The key of one segment of one object under one suite.
 *
 * <pre>
 * HKDF-SHA256(input: data key (32), salt: placement key (32),
 *             info: "pangea segment" | suite (1) | index (4, big-endian) | 1 if it is the last, else 0 (1))
 * </pre>
 *
 * <p>Segments that are reordered, cut off, taken from another object or marked with another suite therefore do not
 * decrypt, although they carry no number themselves. Source: RFC 5869.
 */
public final class SegmentKey {
    private static final Bytes LABEL = Bytes.wrap("pangea segment".getBytes(StandardCharsets.US_ASCII));

    private SegmentKey() {}

    /**
     * {@return the 32 bytes that segment {@code index} is sealed with}
     *
     * @param last whether it is the object's last, so that a shortened object does not decrypt
     */
    public static byte[] derive(Bytes dataKey, Bytes placementKey, int index, boolean last, Suite suite) {
        requireKey("data key", dataKey);
        requireKey("placement key", placementKey);
        Bytes info = new ByteWriter()
                .raw(LABEL)
                .u8(suite.code())
                .u32(index)
                .u8(last ? 1 : 0)
                .toBytes();
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(dataKey.toArray())
                            .addSalt(placementKey.toArray())
                            .thenExpand(info.toArray(), Suite.KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
        }
    }

    private static void requireKey(String what, Bytes key) {
        if (key.size() != Suite.KEY_BYTES) {
            throw new IllegalArgumentException("the " + what + " has " + key.size() + " bytes, not 32");
        }
    }
}
