package net.pangea.libp2p.noise;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.libp2p.security.SecurityFailure;

/**
 * What both sides of a handshake know so far (Noise section 5.2): a hash of all that was said, and a chain of keys that every
 * Diffie-Hellman secret is mixed into.
 */
final class SymmetricState {
    /** Has the length of a hash, so it is the first hash itself. */
    private static final String PROTOCOL = "Noise_XX_25519_ChaChaPoly_SHA256";

    private static final String HMAC = "HmacSHA256";
    private static final byte[] EMPTY = new byte[0];

    private final Ciphers ciphers;
    private final Mac mac = mac();
    private byte[] chainingKey = PROTOCOL.getBytes(StandardCharsets.US_ASCII);
    private Bytes hash = Bytes.copyOf(chainingKey);
    private Optional<CipherState> cipher = Optional.empty();

    SymmetricState(Bytes prologue, Ciphers ciphers) {
        this.ciphers = ciphers;
        mixHash(prologue);
    }

    /** A pair of ciphers: for what the initiator sends, and for what the responder sends. */
    record Split(CipherState initiator, CipherState responder) {}

    Bytes hash() {
        return hash;
    }

    void mixHash(Bytes data) {
        hash = Sha256.of(hash, data).bytes();
    }

    void mixKey(byte[] secret) {
        byte[][] keys = derive(secret);
        chainingKey = keys[0];
        cipher = Optional.of(new CipherState(keys[1], ciphers));
    }

    /** {@return {@code plaintext}, encrypted if there is a key already} */
    Bytes encryptAndHash(Bytes plaintext) {
        Bytes ciphertext = cipher.map(with -> {
                    byte[] target = new byte[plaintext.size() + CipherState.TAG_BYTES];
                    plaintext.copyTo(target, 0);
                    int _ = with.seal(hash.toArray(), target, 0, plaintext.size(), target, 0);
                    return Bytes.wrap(target);
                })
                .orElse(plaintext);
        mixHash(ciphertext);
        return ciphertext;
    }

    /** @throws SecurityFailure BAD_RECORD if it is not authentic */
    Bytes decryptAndHash(Bytes ciphertext) {
        Bytes plaintext = cipher.map(with -> {
                    byte[] target = ciphertext.toArray();
                    int size = with.open(hash.toArray(), target, 0, target.length, target, 0);
                    return Bytes.wrap(Arrays.copyOf(target, size));
                })
                .orElse(ciphertext);
        mixHash(ciphertext);
        return plaintext;
    }

    Split split() {
        byte[][] keys = derive(EMPTY);
        return new Split(new CipherState(keys[0], ciphers), new CipherState(keys[1], ciphers));
    }

    /** The function HKDF of section 4.3, with two outputs. */
    private byte[][] derive(byte[] secret) {
        byte[] between = hmac(chainingKey, secret);
        byte[] first = hmac(between, new byte[] {1});
        byte[] second = hmac(between, first, new byte[] {2});
        return new byte[][] {first, second};
    }

    private byte[] hmac(byte[] key, byte[]... data) {
        try {
            mac.init(new SecretKeySpec(key, HMAC));
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("any bytes but none are a key of HMAC", e);
        }
        for (byte[] part : data) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static Mac mac() {
        try {
            return Mac.getInstance(HMAC);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }
}
