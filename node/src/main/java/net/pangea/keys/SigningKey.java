package net.pangea.keys;

import net.pangea.bytes.Bytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/**
 * An Ed25519 key pair (RFC 8032), made from a seed of 32 bytes. Signatures are deterministic. Any task may use it.
 */
public final class SigningKey {
    public static final int SEED_BYTES = 32;

    private final byte[] seed;
    private final byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
    private final OwnerId id;

    private SigningKey(byte[] seed) {
        this.seed = seed;
        Ed25519.generatePublicKey(seed, 0, key, 0);
        this.id = new OwnerId(Bytes.copyOf(key));
    }

    /** {@return the key pair of this seed, always the same} */
    public static SigningKey ofSeed(Bytes seed) {
        if (seed.size() != SEED_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.size());
        }
        return new SigningKey(seed.toArray());
    }

    /** {@return the public key} */
    public OwnerId id() {
        return id;
    }

    /** {@return the signature, {@link OwnerId#SIGNATURE_BYTES} bytes} */
    public Bytes sign(Bytes message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, key, 0, message.toArray(), 0, message.size(), signature, 0);
        return Bytes.wrap(signature);
    }

    /** {@return nothing of the secret} */
    @Override
    public String toString() {
        return "signing key of " + id;
    }
}
