package net.pangea.kad;

import java.util.Comparator;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.multiformats.PeerId;

/**
 * A place in the key space: the SHA-256 of a key's bytes, for a peer of its id's bytes (libp2p, kad-dht, "Distance").
 *
 * <p>The distance of two is their exclusive or, as a number. For each key there is one other at each distance, and if A is
 * close to B, B is close to A.
 */
public record Key(Sha256 position) implements Comparable<Key> {
    /** How many bits a position has. */
    public static final int BITS = 8 * Sha256.SIZE_BYTES;

    private static final int MANTISSA_BITS = 53;

    /** {@return where the key of these bytes is} */
    public static Key of(Bytes key) {
        return new Key(Sha256.of(key));
    }

    public static Key of(PeerId peer) {
        return of(peer.bytes());
    }

    /** {@return how many leading bits are the same; {@value #BITS} if all are} */
    public int commonPrefix(Key other) {
        return position.commonPrefixBits(other.position);
    }

    /** Compares how far two keys are from this one. */
    public int compareDistances(Key one, Key other) {
        return position.compareDistances(one.position, other.position);
    }

    /** {@return the order of keys by their distance from this one, closest first} */
    public Comparator<Key> byDistance() {
        return this::compareDistances;
    }

    /** {@return the distance as a fraction of the key space, rounded down to a multiple of 2^-53} */
    public double distance(Key other) {
        return fraction(position.head() ^ other.position.head());
    }

    /** {@return how far into the key space it is, from 0 to below 1} */
    double fraction() {
        return fraction(position.head());
    }

    private static double fraction(long head) {
        return (head >>> (Long.SIZE - MANTISSA_BITS)) * 0x1.0p-53;
    }

    @Override
    public int compareTo(Key other) {
        return position.compareTo(other.position);
    }

    @Override
    public String toString() {
        return position.hex();
    }
}
