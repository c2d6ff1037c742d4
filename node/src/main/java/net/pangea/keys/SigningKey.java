package net.pangea.keys;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import net.pangea.bytes.Bytes;

/**
 * An Ed25519 key pair (RFC 8032), made from a seed of 32 bytes. Signatures are deterministic. Any task may use it.
 */
public final class SigningKey {
    public static final int SEED_BYTES = 32;

    private final PrivateKey key;
    private final OwnerId id;

    private SigningKey(PrivateKey key, OwnerId id) {
        this.key = key;
        this.id = id;
    }

    /** {@return the key pair of this seed, always the same} */
    public static SigningKey ofSeed(Bytes seed) {
        if (seed.size() != SEED_BYTES) {
            throw new IllegalArgumentException("an Ed25519 seed has 32 bytes, not " + seed.size());
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            KeyPair pair = generator.generateKeyPair();
            Bytes encoded = Bytes.wrap(pair.getPublic().getEncoded());
            int prefix = OwnerId.X509_PREFIX.size();
            return new SigningKey(pair.getPrivate(), new OwnerId(encoded.slice(prefix, encoded.size())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
        }
    }

    /** {@return the public key} */
    public OwnerId id() {
        return id;
    }

    /** {@return the signature, {@link OwnerId#SIGNATURE_BYTES} bytes} */
    public Bytes sign(Bytes message) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message.asBuffer());
            return Bytes.wrap(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("signing has no reason to fail", e);
        }
    }

    /** {@return nothing of the secret} */
    @Override
    public String toString() {
        return "signing key of " + id;
    }

    /** Gives the seed to the one who draws a key: the platform has no other way to both keys of a seed. */
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final transient Bytes seed;

        Given(Bytes seed) {
            super(new NoRandomness(), null);
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed.toArray(), 0, bytes, 0, bytes.length);
        }
    }

    /** Keeps the constructor above from asking the platform for a generator. */
    private static final class NoRandomness extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            throw new IllegalStateException("a key of a seed draws nothing");
        }

        @Override
        protected byte[] engineGenerateSeed(int numBytes) {
            throw new IllegalStateException("a key of a seed draws nothing");
        }
    }
}
