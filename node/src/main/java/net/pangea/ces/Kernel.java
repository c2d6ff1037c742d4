package net.pangea.ces;

/**
 * Multiplies a matrix over GF(2^8) by rows of bytes: all that Reed-Solomon coding does per byte.
 *
 * <p>The kernels differ in speed only: each gives the same bytes.
 */
sealed interface Kernel permits PackedTables, VectorKernel {

    /**
     * {@return the fastest kernel for a machine that declares vectors of {@code vectorBits}} Tables where it
     * declares none, or where this JVM has none.
     */
    static Kernel of(int vectorBits) {
        return Vectors.arePresent() && vectorBits >= Vectors.BITS_MIN
                ? new VectorKernel(vectorBits)
                : PackedTables.INSTANCE;
    }

    /**
     * Sets output r to the sum over c of matrix[r][c] times input c.
     *
     * @param length of every row, in bytes
     * @param outputs share no bytes with each other or with {@code inputs}
     */
    void multiply(GaloisMatrix matrix, Rows inputs, Rows outputs, int length);
}
