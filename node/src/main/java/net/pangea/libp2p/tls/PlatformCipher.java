package net.pangea.libp2p.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;
import org.jspecify.annotations.Nullable;

/**
 * One direction's cipher, the platform's: it seals 16 KiB with AES-128-GCM in a twentieth of Bouncy Castle's time. It is kept
 * from record to record: looking up a new one for each made records of 256 bytes three times as slow.
 */
final class PlatformCipher implements TlsAEADCipherImpl {
    private static final int TAG_BYTES = 16;

    private final boolean seals;
    private final String algorithm;
    private final String keyAlgorithm;
    private final Function<byte[], AlgorithmParameterSpec> nonceOf;
    private final SecureRandom secrets;
    private @Nullable SecretKeySpec key;
    private @Nullable Cipher cipher;

    private PlatformCipher(
            boolean seals,
            String algorithm,
            String keyAlgorithm,
            Function<byte[], AlgorithmParameterSpec> nonceOf,
            SecureRandom secrets) {
        this.seals = seals;
        this.algorithm = algorithm;
        this.keyAlgorithm = keyAlgorithm;
        this.nonceOf = nonceOf;
        this.secrets = secrets;
    }

    /** @param secrets is asked for nothing, but a cipher without one reaches for the platform's */
    static PlatformCipher aes(boolean seals, SecureRandom secrets) {
        return new PlatformCipher(
                seals,
                "AES/GCM/NoPadding",
                "AES",
                nonce -> new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce),
                secrets);
    }

    static PlatformCipher chaCha20(boolean seals, SecureRandom secrets) {
        return new PlatformCipher(seals, "ChaCha20-Poly1305", "ChaCha20", IvParameterSpec::new, secrets);
    }

    @Override
    public void setKey(byte[] bytes, int at, int size) {
        key = new SecretKeySpec(bytes, at, size, keyAlgorithm);
    }

    @Override
    public void init(byte[] nonce, int tagBytes) throws IOException {
        try {
            if (cipher == null) {
                cipher = Cipher.getInstance(algorithm);
            }
            cipher.init(seals ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE, key, nonceOf.apply(nonce), secrets);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }

    @Override
    public int getOutputSize(int inputBytes) {
        return seals ? inputBytes + TAG_BYTES : inputBytes - TAG_BYTES;
    }

    @Override
    public int doFinal(byte[] data, byte[] input, int from, int size, byte[] output, int at) throws IOException {
        Cipher ready = cipher;
        if (ready == null) {
            throw new TlsFatalAlert(AlertDescription.internal_error);
        }
        try {
            ready.updateAAD(data);
            return ready.doFinal(input, from, size, output, at);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(seals ? AlertDescription.internal_error : AlertDescription.bad_record_mac, e);
        }
    }
}
