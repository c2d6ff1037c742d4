package net.pangea.ces;

/**
 * Arithmetic in GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1 (0x11D), whose generator is 2.
 *
 * <p>Elements are ints in [0, 256). Addition and subtraction are both exclusive or.
 */
final class Galois {
    /** How many elements the field has. */
    static final int SIZE = 256;

    private static final int POLYNOMIAL = 0x11d;
    private static final int ORDER = SIZE - 1;

    // EXP is doubled, so that the sum of two logarithms needs no reduction.
    private static final int[] EXP = new int[2 * ORDER];
    private static final int[] LOG = new int[SIZE];

    static {
        int power = 1;
        for (int i = 0; i < ORDER; i++) {
            EXP[i] = power;
            EXP[i + ORDER] = power;
            LOG[power] = i;
            power <<= 1;
            if (power >= SIZE) {
                power ^= POLYNOMIAL;
            }
        }
    }

    private Galois() {}

    static int multiply(int a, int b) {
        return a == 0 || b == 0 ? 0 : EXP[LOG[a] + LOG[b]];
    }

    static int inverse(int a) {
        if (a == 0) {
            throw new ArithmeticException("0 has no inverse");
        }
        return EXP[ORDER - LOG[a]];
    }

    /** {@return {@code base} to the power of {@code exponent}, where 0 to the power of 0 is 1} */
    static int power(int base, int exponent) {
        if (exponent == 0) {
            return 1;
        }
        return base == 0 ? 0 : EXP[(int) ((long) LOG[base] * exponent % ORDER)];
    }
}
