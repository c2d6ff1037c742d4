package net.pangea.kad;

import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * Finds keys in a given part of the key space. On the wire is what a position was hashed from, so one that begins with
 * given bits has to be searched for: for {@code n} bits about 2^n hashes.
 */
final class KeySearch {
    /** 2^16 hashes take some 20 ms. Among 20 x 2^16 peers a bucket this deep has its share of them. */
    static final int BITS_MAX = 16;

    private static final int MULTIHASH_SHA_256 = 0x12;

    private KeySearch() {}

    /**
     * {@return a key that shares exactly {@code common} bits with {@code key}} It has the form of a SHA-256 multihash, which
     * is the form of a peer id: some implementations look for nothing else.
     *
     * @param salt which one of them
     */
    static Bytes beside(Key key, int common, long salt) {
        if (common >= BITS_MAX) {
            throw new IllegalArgumentException("a search for " + common + " bits takes too long");
        }
        for (long counter = 0; ; counter++) {
            Bytes candidate = new ByteWriter()
                    .u8(MULTIHASH_SHA_256)
                    .u8(Sha256.SIZE_BYTES)
                    .u64(salt)
                    .u64(counter)
                    .u64(0)
                    .u64(0)
                    .toBytes();
            if (Key.of(candidate).commonPrefix(key) == common) {
                return candidate;
            }
        }
    }
}
