package net.pangea.kad;

import java.nio.ByteBuffer;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * A part of the key space: all keys whose positions begin with the same bits. The keys of one that holds few more than
 * {@link RoutingTable#K} peers have most of their closest peers in common.
 *
 * @param head the bits, from the highest on; the others are 0
 * @param bits how many, from 0 for the whole space to {@value #BITS_MAX}
 */
public record Region(long head, int bits) {
    /** A network of a million peers has 16,384 regions: of fourteen bits. */
    public static final int BITS_MAX = 16;

    /** So many peers of a region are expected at least: then most of the k closest to its keys are inside. */
    private static final int PEERS_MIN = 2 * RoutingTable.K;

    /** So many keys of one region are expected at most: what is said of them to one peer are some hundred kilobytes. */
    private static final int KEYS_MAX = 2_048;

    public Region {
        if (bits < 0 || bits > BITS_MAX || (head & mask(bits)) != head) {
            throw new IllegalArgumentException("no region: " + bits + " bits of " + Long.toHexString(head));
        }
    }

    /** {@return the region that a key is in, of those of so many bits} */
    public static Region of(Key key, int bits) {
        return new Region(key.position().head() & mask(bits), bits);
    }

    /**
     * {@return how many bits the regions have in which a node goes through its keys}
     *
     * @param peers in the network
     * @param keys of the node
     */
    public static int bitsFor(long peers, long keys) {
        int bits = 0;
        while (bits < BITS_MAX && (peers >> (bits + 1) >= PEERS_MIN || keys >> bits > KEYS_MAX)) {
            bits++;
        }
        return bits;
    }

    /** {@return the region after this one, around the key space} */
    public Region next() {
        return bits == 0 ? this : new Region(head + (1L << (Long.SIZE - bits)), bits);
    }

    /** {@return the lowest key in it} */
    public Key first() {
        byte[] position = new byte[Sha256.SIZE_BYTES];
        ByteBuffer.wrap(position).putLong(head);
        return new Key(new Sha256(Bytes.wrap(position)));
    }

    public boolean contains(Key key) {
        return (key.position().head() & mask(bits)) == head;
    }

    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (Long.SIZE - bits);
    }
}
