package net.pangea.bytes;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A SHA-256 hash (FIPS 180-4), which names the bytes it was computed from. */
public record Sha256(Bytes bytes) implements Comparable<Sha256> {
    /** Size of a hash. */
    public static final int SIZE_BYTES = 32;

    public Sha256 {
        if (bytes.size() != SIZE_BYTES) {
            throw new IllegalArgumentException("a SHA-256 hash has 32 bytes, not " + bytes.size());
        }
    }

    /** {@return the hash of the concatenation of {@code parts}} */
    public static Sha256 of(Bytes... parts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        for (Bytes part : parts) {
            part.hashInto(digest);
        }
        return new Sha256(Bytes.wrap(digest.digest()));
    }

    /** {@return the hash that 64 lower-case hexadecimal digits spell} */
    public static Optional<Sha256> parseHex(String hex) {
        return hex.length() == 2 * SIZE_BYTES ? Bytes.parseHex(hex).map(Sha256::new) : Optional.empty();
    }

    /** {@return 64 lower-case hexadecimal digits} */
    public String hex() {
        return bytes.hex();
    }

    // Written out, since hashes are the keys of the largest maps: what the platform makes for a record takes longer.

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Sha256 hash && bytes.equals(hash.bytes));
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public int compareTo(Sha256 other) {
        return bytes.compareTo(other.bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
