package net.pangea.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 hash (FIPS 180-4), which names the bytes it was computed from. Hashes are the keys of the largest maps, so they
 * are four numbers: compared without following references, in half the memory of an array in its wrapping.
 */
public final class Sha256 implements Comparable<Sha256> {
    /** Size of a hash. */
    public static final int SIZE_BYTES = 32;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Only copied: to look for a provider takes longer than to hash a name. */
    private static final MessageDigest UNUSED = unused();

    private final long first;
    private final long second;
    private final long third;
    private final long fourth;

    /** @param bytes 32 of them */
    public Sha256(Bytes bytes) {
        this(bytes.toArray());
    }

    private Sha256(byte[] bytes) {
        if (bytes.length != SIZE_BYTES) {
            throw new IllegalArgumentException("a SHA-256 hash has 32 bytes, not " + bytes.length);
        }
        first = (long) LONGS.get(bytes, 0);
        second = (long) LONGS.get(bytes, Long.BYTES);
        third = (long) LONGS.get(bytes, 2 * Long.BYTES);
        fourth = (long) LONGS.get(bytes, 3 * Long.BYTES);
    }

    /** {@return the hash of the concatenation of {@code parts}} */
    public static Sha256 of(Bytes... parts) {
        MessageDigest digest = digest();
        for (Bytes part : parts) {
            part.hashInto(digest);
        }
        return new Sha256(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the digests of the Java platform can be copied", e);
        }
    }

    private static MessageDigest unused() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** {@return the hash that 64 lower-case hexadecimal digits spell} */
    public static Optional<Sha256> parseHex(String hex) {
        return hex.length() == 2 * SIZE_BYTES ? Bytes.parseHex(hex).map(Sha256::new) : Optional.empty();
    }

    /** {@return its 32 bytes} */
    public Bytes bytes() {
        byte[] bytes = new byte[SIZE_BYTES];
        LONGS.set(bytes, 0, first);
        LONGS.set(bytes, Long.BYTES, second);
        LONGS.set(bytes, 2 * Long.BYTES, third);
        LONGS.set(bytes, 3 * Long.BYTES, fourth);
        return Bytes.wrap(bytes);
    }

    /** {@return 64 lower-case hexadecimal digits} */
    public String hex() {
        return bytes().hex();
    }

    /** {@return how many leading bits are the same in both; 256 if all are} */
    public int commonPrefixBits(Sha256 other) {
        if (first != other.first) {
            return Long.numberOfLeadingZeros(first ^ other.first);
        }
        if (second != other.second) {
            return Long.SIZE + Long.numberOfLeadingZeros(second ^ other.second);
        }
        if (third != other.third) {
            return 2 * Long.SIZE + Long.numberOfLeadingZeros(third ^ other.third);
        }
        return 3 * Long.SIZE + Long.numberOfLeadingZeros(fourth ^ other.fourth);
    }

    /** Compares how far two hashes are from this one: their exclusive or with it, as unsigned numbers. */
    public int compareDistances(Sha256 one, Sha256 other) {
        if (one.first != other.first) {
            return Long.compareUnsigned(one.first ^ first, other.first ^ first);
        }
        if (one.second != other.second) {
            return Long.compareUnsigned(one.second ^ second, other.second ^ second);
        }
        if (one.third != other.third) {
            return Long.compareUnsigned(one.third ^ third, other.third ^ third);
        }
        return Long.compareUnsigned(one.fourth ^ fourth, other.fourth ^ fourth);
    }

    /** {@return the first 64 bits} */
    public long head() {
        return first;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Sha256 hash
                        && first == hash.first
                        && second == hash.second
                        && third == hash.third
                        && fourth == hash.fourth);
    }

    /** Any part of a hash is as good as another. */
    @Override
    public int hashCode() {
        return (int) first;
    }

    /** Compares as unsigned bytes. */
    @Override
    public int compareTo(Sha256 other) {
        if (first != other.first) {
            return Long.compareUnsigned(first, other.first);
        }
        if (second != other.second) {
            return Long.compareUnsigned(second, other.second);
        }
        if (third != other.third) {
            return Long.compareUnsigned(third, other.third);
        }
        return Long.compareUnsigned(fourth, other.fourth);
    }

    @Override
    public String toString() {
        return hex();
    }
}
