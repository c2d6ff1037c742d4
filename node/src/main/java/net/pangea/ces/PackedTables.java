package net.pangea.ces;

import java.util.Arrays;

/**
 * Multiplies a matrix by shards with lookup tables, on any processor.
 *
 * <p>A matrix by shards is all that Reed-Solomon coding does per byte; faster kernels take the place of this
 * class and must give the same bytes.
 */
final class PackedTables {
    /*
     * The usual table method looks up one product per input byte and output. Here one lookup gives the products
     * of an input byte for up to eight outputs at once: the table of input c maps the byte x to a long whose
     * byte r is matrix[r][c] * x. Sums of products are then exclusive ors of longs, unpacked once at the end.
     *
     * Four inputs go through per pass, so that the accumulators are read and written a quarter as often; their
     * tables (4 x 2 KiB), the accumulators (8 KiB) and the input blocks (4 x 1 KiB) fit a 32 KiB L1 cache.
     *
     * Multiplication by a constant is linear, so a table is built from the products of the eight powers of two
     * with one exclusive or per entry: a few microseconds for 8 + 4, little enough to keep no tables between
     * calls.
     */
    private static final int OUTPUTS_PER_LONG = Long.BYTES;
    private static final int INPUTS_PER_PASS = 4;
    private static final int BLOCK_BYTES = 1024;

    private PackedTables() {}

    /** Sets output r to the sum over c of matrix[r][c] times input c. All shards have one length. */
    static void multiply(GaloisMatrix matrix, byte[][] inputs, byte[][] outputs) {
        for (int first = 0; first < outputs.length; first += OUTPUTS_PER_LONG) {
            int last = Math.min(outputs.length, first + OUTPUTS_PER_LONG);
            multiplyRows(matrix, first, last, inputs, outputs);
        }
    }

    private static void multiplyRows(GaloisMatrix matrix, int first, int last, byte[][] inputs, byte[][] outputs) {
        long[][] tables = new long[inputs.length][];
        for (int c = 0; c < inputs.length; c++) {
            tables[c] = table(matrix, first, last, c);
        }
        int length = outputs[first].length;
        long[] sums = new long[Math.min(BLOCK_BYTES, length)];
        for (int from = 0; from < length; from += BLOCK_BYTES) {
            int size = Math.min(BLOCK_BYTES, length - from);
            Arrays.fill(sums, 0);
            int c = 0;
            for (; c + INPUTS_PER_PASS <= inputs.length; c += INPUTS_PER_PASS) {
                addFour(sums, from, size, tables, inputs, c);
            }
            for (; c < inputs.length; c++) {
                addOne(sums, from, size, tables[c], inputs[c]);
            }
            for (int r = first; r < last; r++) {
                unpack(sums, (r - first) * Byte.SIZE, outputs[r], from, size);
            }
        }
    }

    private static long[] table(GaloisMatrix matrix, int first, int last, int column) {
        long[] table = new long[Galois.SIZE];
        for (int bit = 1; bit < Galois.SIZE; bit <<= 1) {
            long products = 0;
            for (int r = first; r < last; r++) {
                products |= (long) Galois.multiply(matrix.at(r, column), bit) << ((r - first) * Byte.SIZE);
            }
            for (int low = 0; low < bit; low++) {
                table[bit | low] = products ^ table[low];
            }
        }
        return table;
    }

    private static void addFour(long[] sums, int from, int size, long[][] tables, byte[][] inputs, int c) {
        long[] t0 = tables[c];
        long[] t1 = tables[c + 1];
        long[] t2 = tables[c + 2];
        long[] t3 = tables[c + 3];
        byte[] i0 = inputs[c];
        byte[] i1 = inputs[c + 1];
        byte[] i2 = inputs[c + 2];
        byte[] i3 = inputs[c + 3];
        for (int i = 0; i < size; i++) {
            sums[i] ^= t0[i0[from + i] & 0xff]
                    ^ t1[i1[from + i] & 0xff]
                    ^ t2[i2[from + i] & 0xff]
                    ^ t3[i3[from + i] & 0xff];
        }
    }

    private static void addOne(long[] sums, int from, int size, long[] table, byte[] input) {
        for (int i = 0; i < size; i++) {
            sums[i] ^= table[input[from + i] & 0xff];
        }
    }

    private static void unpack(long[] sums, int shift, byte[] output, int from, int size) {
        for (int i = 0; i < size; i++) {
            output[from + i] = (byte) (sums[i] >>> shift);
        }
    }
}
