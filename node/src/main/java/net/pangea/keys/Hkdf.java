package net.pangea.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;

/** HKDF with SHA-256 (RFC 5869): keys of 32 bytes, each for one use. */
final class Hkdf {
    static final int KEY_BYTES = 32;

    private Hkdf() {}

    static byte[] derive(Bytes secret, Bytes salt, Bytes info) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret.toArray())
                            .addSalt(salt.toArray())
                            .thenExpand(info.toArray(), KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
        }
    }

    /** {@return the beginning of an info: what the key is for} */
    static ByteWriter label(String use) {
        return new ByteWriter().raw(Bytes.wrap(use.getBytes(StandardCharsets.US_ASCII)));
    }
}
