package net.pangea.bytes;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers, bytes and text one after the other; numbers are big-endian. Read by {@link ByteReader}. */
public final class ByteWriter {
    private static final int FIRST_CAPACITY_BYTES = 256;

    private byte[] array = new byte[FIRST_CAPACITY_BYTES];
    private int size;

    public ByteWriter u8(int value) {
        return number(value, 1);
    }

    public ByteWriter u16(int value) {
        return number(value, 2);
    }

    public ByteWriter u32(long value) {
        return number(value, 4);
    }

    public ByteWriter u64(long value) {
        return number(value, 8);
    }

    /** Writes bytes whose number the reader knows. */
    public ByteWriter raw(Bytes bytes) {
        reserve(bytes.size());
        bytes.copyTo(array, size);
        size += bytes.size();
        return this;
    }

    /** Writes what another writer has written so far. */
    public ByteWriter raw(ByteWriter other) {
        reserve(other.size);
        System.arraycopy(other.array, 0, array, size, other.size);
        size += other.size;
        return this;
    }

    /** {@return how many bytes were written so far} */
    public int size() {
        return size;
    }

    /** Writes a u32 length, then the bytes. */
    public ByteWriter sized(Bytes bytes) {
        return u32(bytes.size()).raw(bytes);
    }

    /**
     * Writes a u16 length, then the text in UTF-8.
     *
     * @throws IllegalArgumentException if it has more than 65,535 bytes
     */
    public ByteWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (utf8.length > 0xffff) {
            throw new IllegalArgumentException("text of " + utf8.length + " bytes");
        }
        return u16(utf8.length).raw(Bytes.wrap(utf8));
    }

    /** {@return what was written so far} */
    public Bytes toBytes() {
        return Bytes.wrap(Arrays.copyOf(array, size));
    }

    private ByteWriter number(long value, int bytes) {
        if (bytes < 8 && (value < 0 || value >>> (8 * bytes) != 0)) {
            throw new IllegalArgumentException(value + " does not fit in " + bytes + " bytes");
        }
        reserve(bytes);
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            array[size++] = (byte) (value >>> shift);
        }
        return this;
    }

    private void reserve(int more) {
        if (array.length - size < more) {
            array = Arrays.copyOf(
                    array, Math.max(Math.addExact(size, more), Math.min(2 * size, Integer.MAX_VALUE / 2)));
        }
    }
}
