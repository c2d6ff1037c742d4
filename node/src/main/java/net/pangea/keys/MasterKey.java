package net.pangea.keys;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * The one secret of an owner. The signing key and the wrapping key are derived from it with HKDF-SHA256, so that it and
 * the address of one peer are enough to have everything back.
 *
 * @param bytes 32 bytes
 */
public record MasterKey(Bytes bytes) {
    public static final int SIZE_BYTES = 32;

    /** A wrapped data key: {@code nonce (12) | ciphertext (32) | tag (16)}, AES-256-GCM bound to the placement key. */
    public static final int WRAPPED_BYTES = MasterKey.NONCE_BYTES + DataKey.SIZE_BYTES + 16;

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    public MasterKey {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("a master key has 32 bytes, not " + bytes.size());
        }
    }

    public static MasterKey draw(SecureRandom secrets) {
        byte[] key = new byte[SIZE_BYTES];
        secrets.nextBytes(key);
        return new MasterKey(Bytes.wrap(key));
    }

    /** {@return the key that signs for this owner} */
    public SigningKey signingKey() {
        return SigningKey.ofSeed(Bytes.wrap(
                Hkdf.derive(bytes, Bytes.EMPTY, Hkdf.label("pangea owner").toBytes())));
    }

    /** {@return the data key, sealed so that only this master key opens it, and only for this object} */
    public Bytes wrap(DataKey key, Sha256 placementKey, SecureRandom secrets) {
        byte[] nonce = new byte[NONCE_BYTES];
        secrets.nextBytes(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, nonce, placementKey, secrets);
            return new ByteWriter()
                    .raw(Bytes.wrap(nonce))
                    .raw(Bytes.wrap(cipher.doFinal(key.bytes().toArray())))
                    .toBytes();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("sealing has no reason to fail", e);
        }
    }

    /** {@return the data key that this master key wrapped for this object, if it did} */
    public Optional<DataKey> unwrap(Bytes wrapped, Sha256 placementKey, SecureRandom secrets) {
        if (wrapped.size() != WRAPPED_BYTES) {
            return Optional.empty();
        }
        try {
            Cipher cipher =
                    cipher(Cipher.DECRYPT_MODE, wrapped.slice(0, NONCE_BYTES).toArray(), placementKey, secrets);
            byte[] key =
                    cipher.doFinal(wrapped.slice(NONCE_BYTES, wrapped.size()).toArray());
            return Optional.of(new DataKey(Bytes.wrap(key)));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("opening has no other reason to fail", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, Sha256 placementKey, SecureRandom secrets)
            throws GeneralSecurityException {
        byte[] key = Hkdf.derive(bytes, Bytes.EMPTY, Hkdf.label("pangea wrap").toBytes());
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce), secrets);
        cipher.updateAAD(placementKey.bytes().asBuffer());
        return cipher;
    }

    /** {@return nothing of the key} */
    @Override
    public String toString() {
        return "master key";
    }
}
