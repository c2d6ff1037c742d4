package net.pangea.ces;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;

/**
 * Opens one XChaCha20-Poly1305 message that does not fit memory, piece by piece. What it gives out is not
 * authentic until {@link #verify} has returned.
 */
final class StreamedOpening {
    /*
     * The platform's ChaCha20-Poly1305 keeps all of a message it opens until the tag is verified, and has no Poly1305
     * of its own to verify it with. So the ciphertext is decrypted with plain ChaCha20, whose blocks are counted from 1
     * (RFC 8439 section 2.8), and what comes of it sealed again under the same key and nonce, which the platform does
     * in a stream. That gives the same ciphertext, and the tag that belongs to it.
     */
    private final Cipher decryption;
    private final Cipher resealing;

    StreamedOpening(byte[] key, byte[] nonce) {
        Aead.requireLength("key", key, XChaCha20Poly1305.KEY_BYTES);
        Aead.requireLength("nonce", nonce, XChaCha20Poly1305.NONCE_BYTES);
        try {
            decryption = Cipher.getInstance("ChaCha20");
            decryption.init(
                    Cipher.DECRYPT_MODE,
                    XChaCha20Poly1305.subkey(key, nonce),
                    new ChaCha20ParameterSpec(XChaCha20Poly1305.innerNonce(nonce), 1),
                    NoRandomness.INSTANCE);
            resealing = XChaCha20Poly1305.cipher(Cipher.ENCRYPT_MODE, key, nonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks ChaCha20", e);
        }
    }

    /** Decrypts the next {@code size} bytes of {@code ciphertext} to the start of {@code plaintext}, then overwrites them. */
    void next(byte[] ciphertext, int size, byte[] plaintext) {
        try {
            for (int at = 0; at < size; at += Aead.STEP_BYTES) {
                int step = Math.min(Aead.STEP_BYTES, size - at);
                int decrypted = decryption.update(ciphertext, at, step, plaintext, at);
                int resealed = resealing.update(plaintext, at, step, ciphertext, at);
                if (decrypted != step || resealed != step) {
                    throw new IllegalStateException("of " + step + " bytes " + decrypted + " and " + resealed);
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20 does not decrypt", e);
        }
    }

    /**
     * Ends the message.
     *
     * @throws CesFailure NOT_AUTHENTIC if {@code tag} is not that of all the ciphertext given, under this key
     */
    void verify(byte[] tag) {
        try {
            byte[] end = resealing.doFinal();
            byte[] expected = Arrays.copyOfRange(end, end.length - Aead.TAG_BYTES, end.length);
            if (!MessageDigest.isEqual(expected, tag)) {
                throw Aead.notAuthentic();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not seal", e);
        }
    }
}
