package net.pangea.bytes;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An immutable sequence of bytes. Two are equal when they hold the same bytes. */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    /** {@return the bytes of {@code array}, copied} */
    public static Bytes copyOf(byte[] array) {
        return new Bytes(array.clone());
    }

    /** {@return the bytes of {@code array}, which the caller hands over and never changes again} */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array);
    }

    /** {@return the bytes that {@code hex} spells in lower-case hexadecimal digits} */
    public static Optional<Bytes> parseHex(String hex) {
        if (hex.length() % 2 != 0 || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return Optional.empty();
        }
        return Optional.of(new Bytes(HexFormat.of().parseHex(hex)));
    }

    public int size() {
        return array.length;
    }

    public byte at(int index) {
        return array[index];
    }

    /** {@return a copy} */
    public byte[] toArray() {
        return array.clone();
    }

    /** {@return a read-only view, from the first byte to the last} */
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(array).asReadOnlyBuffer();
    }

    /** {@return the bytes from {@code from} to before {@code to}, copied} */
    public Bytes slice(int from, int to) {
        if (to > array.length) {
            throw new IndexOutOfBoundsException("to " + to + " of " + array.length + " bytes");
        }
        return new Bytes(Arrays.copyOfRange(array, from, to));
    }

    /** {@return whether these bytes begin with {@code prefix}} */
    public boolean startsWith(Bytes prefix) {
        return array.length >= prefix.array.length
                && Arrays.equals(array, 0, prefix.array.length, prefix.array, 0, prefix.array.length);
    }

    /** {@return lower-case hexadecimal digits} */
    public String hex() {
        return HexFormat.of().formatHex(array);
    }

    /** The very array, for readers in this package. */
    byte[] array() {
        return array;
    }

    /** Compares as unsigned bytes; a prefix comes first. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(array, other.array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(array, bytes.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** {@return the size only: bytes may be long, or secret} */
    @Override
    public String toString() {
        return array.length + " bytes";
    }
}
