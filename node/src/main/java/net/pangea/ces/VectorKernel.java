package net.pangea.ces;

/**
 * Multiplies a matrix by rows with vectors of the width the machine declares.
 *
 * @param vectorBits declared by the machine
 */
record VectorKernel(int vectorBits) implements Kernel {
    /*
     * Per byte and output there are two table lookups, one for each half of the byte: a vector instruction looks
     * up 16 to 64 of them at once. See Lanes512 for the order of the loops inside a block.
     *
     * The blocks keep the inputs in the first two cache levels while four outputs after four read them again, and
     * their number of inputs keeps the tables (16 x 4 x 128 bytes) in the first.
     */
    private static final int BLOCK_BYTES = 4096;
    private static final int INPUTS_PER_PASS = 16;

    /** Shorter rows are left to the tables, whose code is compiled at once and needs no module. */
    static final int LENGTH_MIN = BLOCK_BYTES;

    @Override
    public void multiply(GaloisMatrix matrix, Rows inputs, Rows outputs, int length) {
        if (length < LENGTH_MIN) {
            PackedTables.INSTANCE.multiply(matrix, inputs, outputs, length);
            return;
        }
        Lanes lanes = Vectors.lanes(vectorBits);
        Strip[] strips = new Strip[Math.ceilDiv(outputs.count(), Strip.OUTPUTS)];
        for (int i = 0; i < strips.length; i++) {
            strips[i] = new Strip(matrix, inputs, outputs, i * Strip.OUTPUTS);
        }
        int step = lanes.stepBytes();
        int whole = length - length % step;
        for (int from = 0; from < whole; from += BLOCK_BYTES) {
            multiply(lanes, strips, from, Math.min(BLOCK_BYTES, whole - from));
        }
        if (whole < length) {
            // The last step reaches back into what is done already and does it again, to the same bytes.
            multiply(lanes, strips, length - step, step);
        }
    }

    private static void multiply(Lanes lanes, Strip[] strips, int from, int size) {
        for (Strip strip : strips) {
            int inputs = strip.inputs.count();
            for (int first = 0; first < inputs; first += INPUTS_PER_PASS) {
                lanes.multiply(strip, first, Math.min(inputs, first + INPUTS_PER_PASS), from, size);
            }
        }
    }
}
