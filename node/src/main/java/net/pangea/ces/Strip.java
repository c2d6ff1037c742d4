package net.pangea.ces;

/**
 * Four rows of a matrix, the rows of bytes they are multiplied with, and the four outputs, laid out for
 * {@link Lanes}.
 *
 * <p>The arrays are read by the inner loops directly; nobody writes to them once this is made.
 */
final class Strip {
    /** How many outputs one pass over the inputs computes. */
    static final int OUTPUTS = 4;

    final Rows inputs;

    /** For input c at 4c + r the place in {@link NibbleProducts} of the factor of output r. */
    final int[] products;

    final byte[][] outputs = new byte[OUTPUTS][];
    final int[] starts = new int[OUTPUTS];

    /**
     * The outputs from {@code firstOutput} on. Where fewer than four are left the last one takes the free places
     * too: it is then computed several times, to the same bytes.
     */
    Strip(GaloisMatrix matrix, Rows inputs, Rows outputs, int firstOutput) {
        this.inputs = inputs;
        products = new int[OUTPUTS * inputs.count()];
        for (int r = 0; r < OUTPUTS; r++) {
            int output = Math.min(firstOutput + r, outputs.count() - 1);
            this.outputs[r] = outputs.array(output);
            starts[r] = outputs.start(output);
            for (int c = 0; c < inputs.count(); c++) {
                products[OUTPUTS * c + r] = NibbleProducts.at(matrix.at(output, c));
            }
        }
    }
}
