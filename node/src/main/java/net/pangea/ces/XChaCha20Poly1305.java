package net.pangea.ces;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.pangea.ces.CesFailure.Kind;

/**
 * Authenticated encryption with a nonce long enough to be drawn at random: XChaCha20-Poly1305.
 *
 * <p>A pure function of its arguments: it draws nothing. The caller draws the nonce and never uses one twice
 * under a key. Source: draft-irtf-cfrg-xchacha-03 section 2.3; RFC 8439 section 2.8, which the platform has.
 */
public final class XChaCha20Poly1305 {
    public static final int KEY_BYTES = HChaCha20.KEY_BYTES;
    public static final int NONCE_BYTES = 24;
    public static final int TAG_BYTES = 16;

    private static final int INNER_NONCE_BYTES = 12;

    /**
     * Messages are sealed in steps of this size, so that after a few of them, rather than a thousand, the virtual
     * machine has compiled the cipher's inner methods to vector code: four times as fast.
     */
    private static final int STEP_BYTES = 4096;

    private static final SecureRandom NO_RANDOMNESS = new NoRandomness();

    private XChaCha20Poly1305() {}

    /** {@return the ciphertext of {@code plaintext}, then the tag, which covers {@code associatedData} too} */
    public static byte[] seal(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext) {
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, associatedData);
            byte[] sealed = new byte[plaintext.length + TAG_BYTES];
            int at = 0;
            while (plaintext.length - at > STEP_BYTES) {
                at += cipher.update(plaintext, at, STEP_BYTES, sealed, at);
            }
            int last = cipher.doFinal(plaintext, at, plaintext.length - at, sealed, at);
            if (at + last != sealed.length) {
                throw new IllegalStateException("sealed " + (at + last) + " bytes of " + sealed.length);
            }
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not seal", e);
        }
    }

    /**
     * {@return the plaintext of a ciphertext with its tag}
     *
     * @throws CesFailure NOT_AUTHENTIC if anything was altered, or is shorter than a tag
     */
    public static byte[] open(byte[] key, byte[] nonce, byte[] associatedData, byte[] sealed) {
        if (sealed.length < TAG_BYTES) {
            throw notAuthentic();
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, nonce, associatedData).doFinal(sealed);
        } catch (AEADBadTagException _) {
            throw notAuthentic();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ChaCha20-Poly1305 does not open", e);
        }
    }

    private static CesFailure notAuthentic() {
        return new CesFailure(
                Kind.NOT_AUTHENTIC,
                "not authentic: the key is not the one it was sealed with, or" + " bytes were altered");
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associatedData)
            throws GeneralSecurityException {
        checkLength("key", key, KEY_BYTES);
        checkLength("nonce", nonce, NONCE_BYTES);
        byte[] innerNonce = new byte[INNER_NONCE_BYTES]; // four zero bytes, then what HChaCha20 left of the nonce
        System.arraycopy(nonce, HChaCha20.INPUT_BYTES, innerNonce, 4, NONCE_BYTES - HChaCha20.INPUT_BYTES);
        byte[] subkey = HChaCha20.subkey(key, nonce);
        Cipher cipher = Cipher.getInstance("ChaCha20-Poly1305");
        cipher.init(mode, new SecretKeySpec(subkey, "ChaCha20"), new IvParameterSpec(innerNonce), NO_RANDOMNESS);
        Arrays.fill(subkey, (byte) 0);
        cipher.updateAAD(associatedData);
        return cipher;
    }

    private static void checkLength(String what, byte[] bytes, int expected) {
        if (bytes.length != expected) {
            throw new IllegalArgumentException("the " + what + " has " + bytes.length + " bytes, not " + expected);
        }
    }

    /** Takes the place of the platform's default generator, which a cipher would otherwise be handed. */
    private static final class NoRandomness extends SecureRandom {
        private static final long serialVersionUID = 1L;

        NoRandomness() {
            super(new Refusal(), null);
        }
    }

    private static final class Refusal extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {
            throw drawn();
        }

        @Override
        protected void engineNextBytes(byte[] bytes) {
            throw drawn();
        }

        @Override
        protected byte[] engineGenerateSeed(int numBytes) {
            throw drawn();
        }

        private static IllegalStateException drawn() {
            return new IllegalStateException("a cipher with a given nonce must not draw randomness");
        }
    }
}
