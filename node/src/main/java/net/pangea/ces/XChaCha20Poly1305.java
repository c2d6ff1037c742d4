package net.pangea.ces;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticated encryption with a nonce long enough to be drawn at random: XChaCha20-Poly1305.
 *
 * <p>It is ChaCha20-Poly1305 under a key and a nonce that HChaCha20 derives for each message. Source: draft-irtf-cfrg-xchacha-03 section 2.3; RFC 8439 section 2.8, which the platform has.
 */
final class XChaCha20Poly1305 {
    static final int KEY_BYTES = HChaCha20.KEY_BYTES;
    static final int NONCE_BYTES = 24;

    private static final int INNER_NONCE_BYTES = 12;

    private XChaCha20Poly1305() {}

    /** {@return the cipher for one message} */
    static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, subkey(key, nonce), new IvParameterSpec(innerNonce(nonce)), NoRandomness.INSTANCE);
        return cipher;
    }

    /** {@return the ChaCha20 key of one message} */
    static SecretKeySpec subkey(byte[] key, byte[] nonce) {
        byte[] subkey = HChaCha20.subkey(key, nonce);
        SecretKeySpec spec = new SecretKeySpec(subkey, "ChaCha20");
        Arrays.fill(subkey, (byte) 0);
        return spec;
    }

    /** {@return the ChaCha20 nonce of one message: four zero bytes, then what HChaCha20 left of the long nonce} */
    static byte[] innerNonce(byte[] nonce) {
        byte[] inner = new byte[INNER_NONCE_BYTES];
        System.arraycopy(nonce, HChaCha20.INPUT_BYTES, inner, 4, NONCE_BYTES - HChaCha20.INPUT_BYTES);
        return inner;
    }
}
