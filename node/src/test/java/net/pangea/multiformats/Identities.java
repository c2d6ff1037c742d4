package net.pangea.multiformats;

import net.pangea.bytes.Bytes;

/** Keys of peers for tests: always the same under a number. */
public final class Identities {
    private Identities() {}

    public static IdentityKey of(int number) {
        byte[] seed = new byte[IdentityKey.SEED_BYTES];
        seed[0] = (byte) number;
        seed[1] = (byte) (number >> Byte.SIZE);
        return IdentityKey.ofSeed(Bytes.wrap(seed));
    }
}
