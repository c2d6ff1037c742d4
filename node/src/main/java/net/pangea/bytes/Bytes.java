package net.pangea.bytes;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.Checksum;

/** An immutable sequence of bytes. Two are equal when they hold the same bytes. */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;
    private final int start;
    private final int size;

    private Bytes(byte[] array) {
        this(array, 0, array.length);
    }

    private Bytes(byte[] array, int start, int size) {
        this.array = array;
        this.start = start;
        this.size = size;
    }

    /** {@return the bytes of {@code array}, copied} */
    public static Bytes copyOf(byte[] array) {
        return new Bytes(array.clone());
    }

    /** {@return the bytes of {@code array}, which the caller hands over and never changes again} */
    public static Bytes wrap(byte[] array) {
        return new Bytes(array);
    }

    /**
     * {@return {@code size} bytes of {@code array} from {@code start} on, which the caller hands over and never changes
     * again} They keep all of the array in memory.
     */
    public static Bytes wrap(byte[] array, int start, int size) {
        Objects.checkFromIndexSize(start, size, array.length);
        return new Bytes(array, start, size);
    }

    /** {@return the bytes that {@code hex} spells in lower-case hexadecimal digits} */
    public static Optional<Bytes> parseHex(String hex) {
        if (hex.length() % 2 != 0 || !hex.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
            return Optional.empty();
        }
        return Optional.of(new Bytes(HexFormat.of().parseHex(hex)));
    }

    public int size() {
        return size;
    }

    public byte at(int index) {
        return array[start + Objects.checkIndex(index, size)];
    }

    /** {@return a copy} */
    public byte[] toArray() {
        return Arrays.copyOfRange(array, start, start + size);
    }

    /** Copies all bytes into {@code target}, from {@code at} on. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(array, start, target, at, size);
    }

    /** {@return a read-only view, from the first byte to the last} */
    public ByteBuffer asBuffer() {
        ByteBuffer buffer = ByteBuffer.wrap(array, start, size);
        return (size == array.length ? buffer : buffer.slice()).asReadOnlyBuffer();
    }

    /** {@return the bytes from {@code from} to before {@code to}, copied} */
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        return new Bytes(Arrays.copyOfRange(array, start + from, start + to));
    }

    /** {@return whether these bytes begin with {@code prefix}} */
    public boolean startsWith(Bytes prefix) {
        return size >= prefix.size
                && Arrays.equals(
                        array, start, start + prefix.size, prefix.array, prefix.start, prefix.start + prefix.size);
    }

    /** {@return lower-case hexadecimal digits} */
    public String hex() {
        return HexFormat.of().formatHex(array, start, start + size);
    }

    /** Adds the bytes from {@code from} to before {@code to} to what is summed up, without a copy. */
    public void checksumInto(Checksum checksum, int from, int to) {
        Objects.checkFromToIndex(from, to, size);
        checksum.update(array, start + from, to - from);
    }

    /** Adds all bytes to what is hashed. */
    void hashInto(MessageDigest digest) {
        digest.update(array, start, size);
    }

    /** Compares as unsigned bytes; a prefix comes first. */
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(array, start, start + size, other.array, other.start, other.start + other.size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes
                && Arrays.equals(array, start, start + size, bytes.array, bytes.start, bytes.start + bytes.size);
    }

    @Override
    public int hashCode() {
        if (size == array.length) {
            return Arrays.hashCode(array);
        }
        int hash = 1;
        for (int i = start; i < start + size; i++) {
            hash = 31 * hash + array[i];
        }
        return hash;
    }

    /** {@return the size only: bytes may be long, or secret} */
    @Override
    public String toString() {
        return size + " bytes";
    }
}
