package net.pangea.ces;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import net.pangea.ces.CesFailure.Kind;

/** Runs a cipher that is ready to seal or to open one message: ciphertext, then a tag of 16 bytes (RFC 5116). */
final class Aead {
    static final int TAG_BYTES = 16;

    /**
     * Messages are sealed in steps of this size, so that after a few of them, rather than thousands, the virtual
     * machine has compiled the ciphers' inner methods to vector code: 4 times as fast for ChaCha20, 20 times and
     * more for AES.
     */
    static final int STEP_BYTES = 4096;

    private Aead() {}

    /**
     * Puts the ciphertext and the tag of {@code size} bytes of {@code source} into {@code target}, from {@code at} on,
     * which may be the very place they are at.
     */
    static void seal(Cipher cipher, byte[] source, int from, int size, byte[] target, int at) {
        try {
            int done = 0;
            while (size - done > STEP_BYTES) {
                done += cipher.update(source, from + done, STEP_BYTES, target, at + done);
            }
            done += cipher.doFinal(source, from + done, size - done, target, at + done);
            if (done != size + TAG_BYTES) {
                throw new IllegalStateException("sealed " + size + " bytes to " + done);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(cipher.getAlgorithm() + " does not seal", e);
        }
    }

    /**
     * Puts the plaintext of the sealed message at {@code from} into {@code target}, from {@code at} on, which may be the
     * very place the message is at.
     *
     * @throws CesFailure NOT_AUTHENTIC
     */
    static void open(Cipher cipher, byte[] source, int from, int sealedBytes, byte[] target, int at) {
        if (sealedBytes < TAG_BYTES) {
            throw notAuthentic();
        }
        try {
            int opened = cipher.doFinal(source, from, sealedBytes, target, at);
            if (opened != sealedBytes - TAG_BYTES) {
                throw new IllegalStateException("opened " + sealedBytes + " bytes to " + opened);
            }
        } catch (AEADBadTagException _) {
            throw notAuthentic();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(cipher.getAlgorithm() + " does not open", e);
        }
    }

    static CesFailure notAuthentic() {
        return new CesFailure(
                Kind.NOT_AUTHENTIC,
                "not authentic: the key or the cipher suite is not the one it was sealed with, or bytes were altered;"
                        + " check the key, then try other shards");
    }

    static void requireLength(String what, byte[] bytes, int expected) {
        if (bytes.length != expected) {
            throw new IllegalArgumentException("the " + what + " has " + bytes.length + " bytes, not " + expected);
        }
    }
}
