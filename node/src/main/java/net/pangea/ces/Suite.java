package net.pangea.ces;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.pangea.machine.Capabilities;

/**
 * How segments are encrypted: an authenticated cipher with keys of 32 bytes and tags of 16, and the code that
 * stands for it in stored objects.
 *
 * <p>All methods are pure functions: nothing here draws. The caller draws the nonces and never uses one twice
 * under a key. Every machine can open every suite; the choice at a put is one of speed. Any task may use it.
 *
 * <p>Sources: RFC 5116; draft-irtf-cfrg-xchacha-03 and RFC 8439; NIST SP 800-38D.
 */
public enum Suite {
    /** The cipher of the original network, and the faster one in software. */
    XCHACHA20_POLY1305(1, 24),

    /**
     * The faster one where the processor has AES. Its nonce is short: a random one is safe for some 2^32 messages
     * under one key, and here a key seals a single segment, again only when its put is resumed.
     */
    AES_256_GCM(2, 12);

    public static final int KEY_BYTES = 32;
    public static final int TAG_BYTES = Aead.TAG_BYTES;

    private static final byte[] NO_ASSOCIATED_DATA = {};

    /** Measured: with half as many, or with shorter ones, a first message of 1 MiB is at a third of the speed. */
    private static final int WARM_UP_MESSAGES = 20_000;

    private static final int WARM_UP_BYTES = 2_048;

    /** Blocks of ChaCha20 have 64 bytes, those of AES and Poly1305 have 16. */
    private static final int WARM_UP_LENGTHS = 64;

    private final int code;
    private final int nonceBytes;

    Suite(int code, int nonceBytes) {
        this.code = code;
        this.nonceBytes = nonceBytes;
    }

    /** {@return the faster suite on a machine that can do what it declares} */
    public static Suite fastestOn(Capabilities capabilities) {
        return capabilities.aes() ? AES_256_GCM : XCHACHA20_POLY1305;
    }

    /** {@return the suite that {@code code} stands for in stored objects} */
    public static Optional<Suite> ofCode(int code) {
        return switch (code) {
            case 1 -> Optional.of(XCHACHA20_POLY1305);
            case 2 -> Optional.of(AES_256_GCM);
            default -> Optional.empty();
        };
    }

    /** {@return what stands for this suite in stored objects, for ever} */
    public int code() {
        return code;
    }

    public int nonceBytes() {
        return nonceBytes;
    }

    /** {@return the ciphertext of {@code plaintext}, then the tag, which covers {@code associatedData} too} */
    public byte[] seal(byte[] key, byte[] nonce, byte[] associatedData, byte[] plaintext) {
        byte[] sealed = new byte[plaintext.length + TAG_BYTES];
        Aead.seal(cipher(Cipher.ENCRYPT_MODE, key, nonce, associatedData), plaintext, 0, plaintext.length, sealed, 0);
        return sealed;
    }

    /**
     * {@return the plaintext of a ciphertext with its tag}
     *
     * @throws CesFailure NOT_AUTHENTIC if anything was altered, or is shorter than a tag
     */
    public byte[] open(byte[] key, byte[] nonce, byte[] associatedData, byte[] sealed) {
        byte[] plaintext = new byte[Math.max(0, sealed.length - TAG_BYTES)];
        Aead.open(cipher(Cipher.DECRYPT_MODE, key, nonce, associatedData), sealed, 0, sealed.length, plaintext, 0);
        return plaintext;
    }

    /**
     * Opens {@value #WARM_UP_MESSAGES} small messages, so that the virtual machine compiles the cipher at once and
     * not after thousands of segments. Has no other effect.
     *
     * <p>Opening takes a message in one call, of which the virtual machine sees too few: measured, AES-256-GCM
     * opens messages of 1 MiB at 0.07 GB/s for hundreds of them, and at 5 GB/s from the first after this; XChaCha20
     * at 0.4 and 2. It takes half a second of processor time, once in the life of a process.
     *
     * <p>The messages end everywhere within a block. With one length, what was compiled was given up at the first message
     * that ended elsewhere, and the next thousands of segments were opened without it.
     */
    public void warmUp() {
        byte[] key = new byte[KEY_BYTES];
        byte[] nonce = new byte[nonceBytes];
        List<byte[]> sealed = new ArrayList<>();
        for (int cut = 0; cut < WARM_UP_LENGTHS; cut++) {
            sealed.add(seal(key, nonce, NO_ASSOCIATED_DATA, new byte[WARM_UP_BYTES - cut]));
        }
        for (int i = 0; i < WARM_UP_MESSAGES; i++) {
            int cut = i % WARM_UP_LENGTHS;
            byte[] opened = open(key, nonce, NO_ASSOCIATED_DATA, sealed.get(cut));
            if (opened.length != WARM_UP_BYTES - cut) {
                throw new IllegalStateException("opened " + opened.length + " bytes of " + (WARM_UP_BYTES - cut));
            }
        }
    }

    /**
     * Puts the ciphertext of {@code size} bytes at {@code from}, then its tag, into {@code target}, from {@code at} on;
     * without associated data. They may be at the very place already, with room for the tag behind them.
     */
    public void seal(byte[] key, byte[] nonce, byte[] source, int from, int size, byte[] target, int at) {
        Aead.seal(cipher(Cipher.ENCRYPT_MODE, key, nonce, NO_ASSOCIATED_DATA), source, from, size, target, at);
    }

    /**
     * Puts the plaintext of the {@code sealedBytes} at {@code from}, which include the tag, into {@code target}, from
     * {@code at} on; without associated data. They may be at the very place already.
     *
     * @throws CesFailure NOT_AUTHENTIC if anything was altered, or is shorter than a tag; the target then holds anything
     */
    public void open(byte[] key, byte[] nonce, byte[] source, int from, int sealedBytes, byte[] target, int at) {
        Aead.open(cipher(Cipher.DECRYPT_MODE, key, nonce, NO_ASSOCIATED_DATA), source, from, sealedBytes, target, at);
    }

    private Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associatedData) {
        Aead.requireLength("key", key, KEY_BYTES);
        Aead.requireLength("nonce", nonce, nonceBytes);
        try {
            Cipher cipher = switch (this) {
                case XCHACHA20_POLY1305 -> XChaCha20Poly1305.cipher(mode, key, nonce);
                case AES_256_GCM -> aesGcm(mode, key, nonce);
            };
            cipher.updateAAD(associatedData);
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks " + this, e);
        }
    }

    private static Cipher aesGcm(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(key, "AES"),
                new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce),
                NoRandomness.INSTANCE);
        return cipher;
    }
}
