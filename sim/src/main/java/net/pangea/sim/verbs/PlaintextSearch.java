package net.pangea.sim.verbs;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.function.Consumer;

/**
 * Looks for pieces of known contents in streams of bytes, wherever they begin: a hash of the last eight bytes leads to the
 * pieces that end with them. It costs one look into a table for each byte, and memory that does not grow with the contents.
 */
final class PlaintextSearch {
    /** So many bytes do not occur by chance. */
    private static final int PIECE_BYTES = 2 * Long.BYTES;

    /** Of each content: its beginning, its end, and two between, as shards may begin anywhere. */
    private static final int PIECES_EACH = 4;

    /** A row of spaces or zeros says nothing about whose it is. */
    private static final int DISTINCT_LEAST = 8;

    private static final int PIECES_MAX = 1 << 14;
    private static final int TABLE_BITS = 17;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    /** The number of a piece, counted from 1; 0 where there is none. */
    private final int[] table = new int[1 << TABLE_BITS];

    private final long[] firstHalves = new long[PIECES_MAX + 1];
    private final long[] lastHalves = new long[PIECES_MAX + 1];
    private int pieces;
    private int leftOut;

    /** Looks for pieces of {@code content} from now on; one that is shorter than a piece has none. */
    void lookFor(byte[] content) {
        if (content.length < PIECE_BYTES) {
            return;
        }
        long before = -1;
        for (int i = 0; i < PIECES_EACH; i++) {
            long at = (content.length - (long) PIECE_BYTES) * i / (PIECES_EACH - 1);
            if (at > before) {
                add(ByteBuffer.wrap(content, (int) at, PIECE_BYTES));
                before = at;
            }
        }
    }

    private void add(ByteBuffer piece) {
        BitSet distinct = new BitSet();
        for (int i = 0; i < PIECE_BYTES; i++) {
            distinct.set(piece.get(piece.position() + i) & 0xff);
        }
        if (distinct.cardinality() < DISTINCT_LEAST) {
            return;
        }
        if (pieces == PIECES_MAX) {
            leftOut++;
            return;
        }
        pieces++;
        firstHalves[pieces] = piece.getLong();
        lastHalves[pieces] = piece.getLong();
        int slot = slotOf(lastHalves[pieces]);
        while (table[slot] != 0) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = pieces;
    }

    private static int slotOf(long lastHalf) {
        return (int) ((lastHalf * GOLDEN_GAMMA) >>> (Long.SIZE - TABLE_BITS));
    }

    private boolean contains(long firstHalf, long lastHalf) {
        int slot = slotOf(lastHalf);
        while (table[slot] != 0) {
            if (lastHalves[table[slot]] == lastHalf && firstHalves[table[slot]] == firstHalf) {
                return true;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return false;
    }

    /** {@return how many pieces are looked for} */
    int pieces() {
        return pieces;
    }

    /** {@return how many are not, as there are too many} */
    int leftOut() {
        return leftOut;
    }

    /** {@return what searches one stream of bytes, given to it in parts of any length, and runs {@code found} for each piece} */
    Consumer<ByteBuffer> stream(Runnable found) {
        return new Stream(found);
    }

    private final class Stream implements Consumer<ByteBuffer> {
        private final Runnable found;
        private long firstHalf;
        private long lastHalf;
        private long seen;

        private Stream(Runnable found) {
            this.found = found;
        }

        @Override
        public void accept(ByteBuffer bytes) {
            for (int i = bytes.position(); i < bytes.limit(); i++) {
                firstHalf = (firstHalf << Byte.SIZE) | (lastHalf >>> (Long.SIZE - Byte.SIZE));
                lastHalf = (lastHalf << Byte.SIZE) | (bytes.get(i) & 0xff);
                seen++;
                if (seen >= PIECE_BYTES && contains(firstHalf, lastHalf)) {
                    found.run();
                }
            }
        }
    }
}
