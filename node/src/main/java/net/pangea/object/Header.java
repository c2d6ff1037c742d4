package net.pangea.object;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Limits;

/**
 * What only readers of an object may know of it. It is sealed in the manifest, padded to one length, so that
 * holders learn nothing but sizes.
 *
 * @param name at most {@link Limits#MAX_NAME_BYTES} in UTF-8
 * @param sizeBytes exact size of the content
 */
record Header(String name, long sizeBytes) {
    private static final int PLAIN_BYTES = Long.BYTES + Short.BYTES + Limits.MAX_NAME_BYTES;
    private static final int TAG_BYTES = 16;
    static final int SEALED_BYTES = PLAIN_BYTES + TAG_BYTES;

    /** The key is used for this one message, so the nonce (RFC 8439, section 2.8) need not vary. */
    private static final byte[] NONCE = new byte[12];

    Bytes seal(DataKey key, Sha256 placementKey, SecureRandom secrets) {
        Bytes fields = new ByteWriter().u64(sizeBytes).text(name).toBytes();
        Bytes padding = Bytes.wrap(new byte[PLAIN_BYTES - fields.size()]);
        try {
            return Bytes.wrap(cipher(Cipher.ENCRYPT_MODE, key, placementKey, secrets)
                    .doFinal(new ByteWriter().raw(fields).raw(padding).toBytes().toArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing has no reason to fail", e);
        }
    }

    /** {@return the header that was sealed with this key, if it was} */
    static Optional<Header> open(Bytes sealed, DataKey key, Sha256 placementKey, SecureRandom secrets) {
        byte[] plain;
        try {
            plain = cipher(Cipher.DECRYPT_MODE, key, placementKey, secrets).doFinal(sealed.toArray());
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening has no other reason to fail", e);
        }
        try {
            ByteReader in = new ByteReader(Bytes.wrap(plain));
            long sizeBytes = in.u64In(0, Limits.MAX_OBJECT_BYTES, "object size");
            return Optional.of(new Header(in.text(Limits.MAX_NAME_BYTES, "name"), sizeBytes));
        } catch (MalformedBytes e) {
            return Optional.empty(); // authentic, and yet not written by this code
        }
    }

    private static Cipher cipher(int mode, DataKey key, Sha256 placementKey, SecureRandom secrets)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        SecretKeySpec headerKey = new SecretKeySpec(key.headerKey(placementKey), "ChaCha20");
        cipher.init(mode, headerKey, new IvParameterSpec(NONCE), secrets);
        return cipher;
    }

    static boolean isName(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= Limits.MAX_NAME_BYTES;
    }
}
