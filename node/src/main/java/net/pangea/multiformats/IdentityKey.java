package net.pangea.multiformats;

import net.pangea.bytes.Bytes;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A peer's own Ed25519 key pair (RFC 8032). Signatures are deterministic. Any task may use it. */
public final class IdentityKey {
    public static final int SEED_BYTES = Ed25519.SECRET_KEY_SIZE;

    private final byte[] seed;
    private final byte[] key = new byte[Ed25519.PUBLIC_KEY_SIZE];
    private final PublicKey publicKey;
    private final PeerId peerId;

    private IdentityKey(byte[] seed) {
        this.seed = seed;
        Ed25519.generatePublicKey(seed, 0, key, 0);
        this.publicKey = new PublicKey(PublicKey.Type.ED25519, Bytes.copyOf(key));
        this.peerId = PeerId.of(publicKey);
    }

    /** {@return the key pair of this seed, always the same} */
    public static IdentityKey ofSeed(Bytes seed) {
        if (seed.size() != SEED_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.size());
        }
        return new IdentityKey(seed.toArray());
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    public PeerId peerId() {
        return peerId;
    }

    public Bytes sign(Bytes message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, key, 0, message.toArray(), 0, message.size(), signature, 0);
        return Bytes.wrap(signature);
    }

    /** {@return nothing of the secret} */
    @Override
    public String toString() {
        return "identity key of " + peerId;
    }
}
