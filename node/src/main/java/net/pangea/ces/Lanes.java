package net.pangea.ces;

/**
 * The inner loop of {@link VectorKernel} for one width of vectors.
 *
 * <p>The implementations are the same lines, {@link Lanes512} explains them, with another species. They are not
 * one class with the species in a field because the compiler turns vectors into instructions only where the
 * species is a constant of the class; everywhere else each operation makes an object and is a thousand times
 * slower.
 */
sealed interface Lanes permits Lanes128, Lanes256, Lanes512 {

    /** {@return of how many bytes the size given to {@link #multiply} has to be a multiple} */
    int stepBytes();

    /**
     * Sets the bytes from {@code from} to {@code from + size} of a strip's outputs to the sum of products with its
     * inputs {@code first} to {@code last} (exclusive), added to what the outputs hold unless {@code first} is 0.
     */
    void multiply(Strip strip, int first, int last, int from, int size);
}
