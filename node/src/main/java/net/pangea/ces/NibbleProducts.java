package net.pangea.ces;

/**
 * The products of every element of the field with every half of a byte, laid out so that a vector of up to 64
 * bytes is loaded with one table.
 *
 * <pre>
 * factor f: 64 bytes, byte i = f * (i mod 16) | 64 bytes, byte i = f * 16 * (i mod 16)
 * </pre>
 *
 * <p>Multiplication is linear, so that f * x is the sum of the products with the low and the high half of x.
 */
final class NibbleProducts {
    /** The bytes of one table, a vector's most lanes. */
    static final int TABLE_BYTES = 64;

    /** 32 KiB, of which coding uses 128 bytes for each element of its matrix. */
    static final byte[] BYTES = new byte[Galois.SIZE * 2 * TABLE_BYTES];

    static {
        for (int factor = 0; factor < Galois.SIZE; factor++) {
            int at = at(factor);
            for (int i = 0; i < TABLE_BYTES; i++) {
                BYTES[at + i] = (byte) Galois.multiply(factor, i & 0x0f);
                BYTES[at + TABLE_BYTES + i] = (byte) Galois.multiply(factor, (i & 0x0f) << 4);
            }
        }
    }

    private NibbleProducts() {}

    /** {@return where the two tables of a factor begin} */
    static int at(int factor) {
        return factor * 2 * TABLE_BYTES;
    }
}
