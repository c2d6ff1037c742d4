package net.pangea.ces;

import java.util.Arrays;

/** Multiplies a matrix by rows with lookup tables, on any processor. */
final class PackedTables implements Kernel {
    static final PackedTables INSTANCE = new PackedTables();

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

    @Override
    public void multiply(GaloisMatrix matrix, Rows inputs, Rows outputs, int length) {
        for (int first = 0; first < outputs.count(); first += OUTPUTS_PER_LONG) {
            int last = Math.min(outputs.count(), first + OUTPUTS_PER_LONG);
            multiplyRows(matrix, first, last, inputs, outputs, length);
        }
    }

    private static void multiplyRows(GaloisMatrix matrix, int first, int last, Rows inputs, Rows outputs, int length) {
        long[][] tables = new long[inputs.count()][];
        for (int c = 0; c < tables.length; c++) {
            tables[c] = table(matrix, first, last, c);
        }
        long[] sums = new long[Math.min(BLOCK_BYTES, length)];
        for (int from = 0; from < length; from += BLOCK_BYTES) {
            int size = Math.min(BLOCK_BYTES, length - from);
            Arrays.fill(sums, 0);
            int c = 0;
            for (; c + INPUTS_PER_PASS <= tables.length; c += INPUTS_PER_PASS) {
                addFour(sums, from, size, tables, inputs, c);
            }
            for (; c < tables.length; c++) {
                addOne(sums, size, tables[c], inputs.array(c), inputs.start(c) + from);
            }
            for (int r = first; r < last; r++) {
                unpack(sums, (r - first) * Byte.SIZE, outputs.array(r), outputs.start(r) + from, size);
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

    private static void addFour(long[] sums, int from, int size, long[][] tables, Rows inputs, int c) {
        long[] t0 = tables[c];
        long[] t1 = tables[c + 1];
        long[] t2 = tables[c + 2];
        long[] t3 = tables[c + 3];
        byte[] i0 = inputs.array(c);
        int at0 = inputs.start(c) + from;
        byte[] i1 = inputs.array(c + 1);
        int at1 = inputs.start(c + 1) + from;
        byte[] i2 = inputs.array(c + 2);
        int at2 = inputs.start(c + 2) + from;
        byte[] i3 = inputs.array(c + 3);
        int at3 = inputs.start(c + 3) + from;
        for (int i = 0; i < size; i++) {
            sums[i] ^=
                    t0[i0[at0 + i] & 0xff] ^ t1[i1[at1 + i] & 0xff] ^ t2[i2[at2 + i] & 0xff] ^ t3[i3[at3 + i] & 0xff];
        }
    }

    private static void addOne(long[] sums, int size, long[] table, byte[] input, int at) {
        for (int i = 0; i < size; i++) {
            sums[i] ^= table[input[at + i] & 0xff];
        }
    }

    private static void unpack(long[] sums, int shift, byte[] output, int at, int size) {
        for (int i = 0; i < size; i++) {
            output[at + i] = (byte) (sums[i] >>> shift);
        }
    }
}
