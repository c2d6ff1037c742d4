package net.pangea.multiformats;

import java.util.Optional;

/** Bytes to digits and back: bit by bit where a digit is a number of bits, else as one large number. */
final class Radix {
    /** The radix of bytes. */
    static final int BYTE = 256;

    private Radix() {}

    /** {@return digits of so many bits, the last filled up with zero bits} */
    static byte[] toBits(byte[] bytes, int bits) {
        byte[] digits = new byte[(bytes.length * Byte.SIZE + bits - 1) / bits];
        int mask = (1 << bits) - 1;
        int at = 0;
        int held = 0;
        int rest = 0;
        for (byte next : bytes) {
            rest = (rest << Byte.SIZE) | (next & 0xff);
            held += Byte.SIZE;
            while (held >= bits) {
                held -= bits;
                digits[at++] = (byte) ((rest >>> held) & mask);
            }
        }
        if (held > 0) {
            digits[at] = (byte) ((rest << (bits - held)) & mask);
        }
        return digits;
    }

    /** {@return the bytes of digits of so many bits, if these are what {@link #toBits} makes of them} */
    static Optional<byte[]> ofBits(byte[] digits, int bits) {
        byte[] bytes = new byte[digits.length * bits / Byte.SIZE];
        int at = 0;
        int held = 0;
        int rest = 0;
        for (byte digit : digits) {
            rest = (rest << bits) | digit;
            held += bits;
            if (held >= Byte.SIZE) {
                held -= Byte.SIZE;
                bytes[at++] = (byte) (rest >>> held);
            }
        }
        boolean whole = held < bits && (rest & ((1 << held) - 1)) == 0;
        return whole ? Optional.of(bytes) : Optional.empty();
    }

    /**
     * {@return the digits in another radix of a number, highest first} As many leading zeros come out as went in, so that
     * bytes are what their digits say. It takes as many steps as both have digits, multiplied.
     *
     * @param from at most 256, as is {@code to}; the lesser of them is more than 32
     */
    static byte[] convert(byte[] digits, int from, int to) {
        int zeros = 0;
        while (zeros < digits.length && digits[zeros] == 0) {
            zeros++;
        }
        byte[] converted = new byte[to < from ? digits.length * Byte.SIZE / 5 + 1 : digits.length];
        int first = converted.length; // of the digits that are not zero so far
        for (int i = zeros; i < digits.length; i++) {
            int carry = digits[i] & 0xff;
            int at = converted.length;
            while (at > first || carry > 0) {
                at--;
                carry += (converted[at] & 0xff) * from;
                converted[at] = (byte) (carry % to);
                carry /= to;
            }
            first = at;
        }
        byte[] result = new byte[zeros + converted.length - first];
        System.arraycopy(converted, first, result, zeros, converted.length - first);
        return result;
    }
}
