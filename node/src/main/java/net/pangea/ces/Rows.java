package net.pangea.ces;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Where some rows of bytes lie: each in an array, from a place in it on. Their one length is told beside them.
 *
 * <p>Only describes; whoever makes it keeps the arrays from being changed by others meanwhile.
 */
final class Rows {
    private final byte[][] arrays;
    private final int[] starts;

    private Rows(byte[][] arrays, int[] starts) {
        this.arrays = arrays;
        this.starts = starts;
    }

    /** {@return rows that are whole arrays} */
    static Rows of(byte[]... arrays) {
        return new Rows(arrays, new int[arrays.length]);
    }

    /** {@return rows of a stripe: its shards so numbered} */
    static Rows of(ShardBuffer stripe, List<Integer> shards) {
        byte[][] arrays = new byte[shards.size()][];
        int[] starts = new int[shards.size()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = stripe.bytes();
            starts[i] = stripe.at(shards.get(i));
        }
        return new Rows(arrays, starts);
    }

    /** {@return these rows, then {@code more} that are whole arrays} */
    Rows and(Collection<byte[]> more) {
        byte[][] all = Arrays.copyOf(arrays, arrays.length + more.size());
        int at = arrays.length;
        for (byte[] row : more) {
            all[at++] = row;
        }
        return new Rows(all, Arrays.copyOf(starts, all.length));
    }

    int count() {
        return arrays.length;
    }

    byte[] array(int row) {
        return arrays[row];
    }

    /** {@return the place in {@link #array} of the row's first byte} */
    int start(int row) {
        return starts[row];
    }
}
