package net.pangea.keys;

import java.security.SecureRandom;
import net.pangea.bytes.Bytes;

/**
 * The secrets of one node: who it is among its peers, and for whom it stores.
 *
 * @param identitySeed makes the node's own Ed25519 key
 * @param master the owner's
 */
public record Keys(Bytes identitySeed, MasterKey master) {

    public Keys {
        if (identitySeed.size() != SigningKey.SEED_BYTES) {
            throw new IllegalArgumentException("an identity seed has 32 bytes, not " + identitySeed.size());
        }
    }

    public static Keys draw(SecureRandom secrets) {
        byte[] seed = new byte[SigningKey.SEED_BYTES];
        secrets.nextBytes(seed);
        return new Keys(Bytes.wrap(seed), MasterKey.draw(secrets));
    }

    public SigningKey identity() {
        return SigningKey.ofSeed(identitySeed);
    }

    /** {@return nothing of the keys} */
    @Override
    public String toString() {
        return "keys";
    }
}
