package net.pangea.multiformats;

import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.MalformedBytes;

/**
 * Unsigned varints: seven bits a byte, the lowest first, the high bit set in all but the last; at most nine bytes, so at most
 * 63 bits, and no longer than needed (multiformats, unsigned-varint).
 */
public final class Varint {
    /** The longest encoding. */
    public static final int MAX_BYTES = 9;

    private static final int BITS = 7;

    private Varint() {}

    /** {@return how many bytes the encoding has} */
    public static int size(long value) {
        return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + BITS - 1) / BITS);
    }

    /** Writes a number that is not negative. */
    public static void write(ByteWriter out, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a varint is not negative: " + value);
        }
        long rest = value;
        while (rest >= 0x80) {
            out.u8((int) (rest & 0x7f) | 0x80);
            rest >>>= BITS;
        }
        out.u8((int) rest);
    }

    public static long read(ByteReader in) {
        long value = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            int next = in.u8();
            value |= (long) (next & 0x7f) << (BITS * i);
            if (next < 0x80) {
                if (next == 0 && i > 0) {
                    throw new MalformedBytes("a varint that is longer than needed");
                }
                return value;
            }
        }
        throw new MalformedBytes("a varint of more than " + MAX_BYTES + " bytes");
    }

    /** {@return a varint that is at most {@code max}} */
    public static int read(ByteReader in, int max, String what) {
        long value = read(in);
        if (value > max) {
            throw new MalformedBytes(what + " is " + value + ", at most " + max + " is allowed");
        }
        return (int) value;
    }
}
