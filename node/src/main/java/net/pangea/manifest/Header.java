package net.pangea.manifest;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;

/**
 * What only readers of an object may know of it. Holders keep it sealed and learn nothing but that it is there: every
 * sealed header has the same size.
 *
 * <pre>
 * sealed: version 1 (1) | nonce (12) | AES-256-GCM of the plain bytes, with version and placement key as associated data
 * plain:  size (8) | SHA-256 of the content (32) | created, milliseconds since 1970 (8)
 *     | name (2 + n) | media type (2 + n) | zero bytes up to 1,536
 * </pre>
 *
 * @param name at most {@link ObjectLimits#MAX_NAME_BYTES} in UTF-8
 * @param mediaType empty if unknown
 * @param sizeBytes exact size of the content
 * @param content its SHA-256
 * @param createdMillis by the wall clock of the node that put it
 */
public record Header(String name, String mediaType, long sizeBytes, Sha256 content, long createdMillis) {
    private static final int VERSION = 1;
    private static final int PLAIN_BYTES = 1_536;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    /** Of every sealed header. */
    public static final int SEALED_BYTES = 1 + NONCE_BYTES + PLAIN_BYTES + TAG_BYTES;

    public Header {
        if (!isName(name)
                || mediaType.getBytes(StandardCharsets.UTF_8).length > ObjectLimits.MAX_MEDIA_TYPE_BYTES
                || sizeBytes < 0
                || sizeBytes > ObjectLimits.MAX_OBJECT_BYTES
                || createdMillis < 0) {
            throw new IllegalArgumentException("a header out of bounds");
        }
    }

    /** {@return whether an object may be called so} */
    public static boolean isName(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length <= ObjectLimits.MAX_NAME_BYTES;
    }

    public Bytes seal(DataKey key, Sha256 placementKey, SecureRandom secrets) {
        Bytes fields = new ByteWriter()
                .u64(sizeBytes)
                .raw(content.bytes())
                .u64(createdMillis)
                .text(name)
                .text(mediaType)
                .toBytes();
        Bytes padding = Bytes.wrap(new byte[PLAIN_BYTES - fields.size()]);
        byte[] nonce = new byte[NONCE_BYTES];
        secrets.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, key, placementKey, secrets)
                    .doFinal(new ByteWriter().raw(fields).raw(padding).toBytes().toArray());
            return new ByteWriter()
                    .u8(VERSION)
                    .raw(Bytes.wrap(nonce))
                    .raw(Bytes.wrap(sealed))
                    .toBytes();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing has no reason to fail", e);
        }
    }

    /** {@return the header that was sealed with this key for this object, if it was} */
    public static Optional<Header> open(Bytes sealed, DataKey key, Sha256 placementKey, SecureRandom secrets) {
        if (sealed.size() != SEALED_BYTES || sealed.at(0) != VERSION) {
            return Optional.empty();
        }
        byte[] nonce = sealed.slice(1, 1 + NONCE_BYTES).toArray();
        byte[] plain;
        try {
            plain = cipher(Cipher.DECRYPT_MODE, nonce, key, placementKey, secrets)
                    .doFinal(sealed.slice(1 + NONCE_BYTES, SEALED_BYTES).toArray());
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening has no other reason to fail", e);
        }
        try {
            ByteReader in = new ByteReader(Bytes.wrap(plain));
            long sizeBytes = in.u64In(0, ObjectLimits.MAX_OBJECT_BYTES, "object size");
            Sha256 content = in.sha256();
            long createdMillis = in.u64In(0, Long.MAX_VALUE, "time");
            String name = in.text(ObjectLimits.MAX_NAME_BYTES, "name");
            String mediaType = in.text(ObjectLimits.MAX_MEDIA_TYPE_BYTES, "media type");
            return Optional.of(new Header(name, mediaType, sizeBytes, content, createdMillis));
        } catch (MalformedBytes e) {
            return Optional.empty(); // authentic, and yet not written by this code
        }
    }

    private static Cipher cipher(int mode, byte[] nonce, DataKey key, Sha256 placementKey, SecureRandom secrets)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec headerKey = new SecretKeySpec(key.headerKey(placementKey, VERSION), "AES");
        cipher.init(mode, headerKey, new GCMParameterSpec(8 * TAG_BYTES, nonce), secrets);
        cipher.updateAAD(new byte[] {VERSION});
        cipher.updateAAD(placementKey.bytes().asBuffer());
        return cipher;
    }
}
