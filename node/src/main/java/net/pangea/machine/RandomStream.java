package net.pangea.machine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * A stream of pseudo-random numbers: SplitMix64 started from a hash of names.
 *
 * <p>Integers only, so that every processor draws the same; whoever needs a logarithm uses
 * {@link StrictMath}. Not for secrets. Not thread-safe: one owner.
 *
 * <p>Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014; bounded
 * draws after Lemire, "Fast Random Integer Generation in an Interval", TOMACS 2019.
 */
public final class RandomStream {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    // Cloned, never fed: looking an algorithm up leaves a thread-local map behind in every thread that does.
    private static final MessageDigest SHA_256 = newSha256();

    private long state;

    private RandomStream(long state) {
        this.state = state;
    }

    /**
     * {@return the stream that belongs to {@code names} under {@code seed}}
     *
     * @param names what the stream is for, from general to particular; their order matters, their borders
     *     too ({@code "ab","c"} differs from {@code "a","bc"})
     */
    public static RandomStream of(long seed, String... names) {
        MessageDigest sha256 = sha256();
        updateLong(sha256, seed);
        for (String name : names) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            updateLong(sha256, bytes.length);
            sha256.update(bytes);
        }
        byte[] digest = sha256.digest();
        long state = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            state = state << 8 | (digest[i] & 0xff);
        }
        return new RandomStream(state);
    }

    /**
     * {@return the stream that belongs to three numbers, for a draw that must depend on where and when it
     * happens and on nothing that was drawn before; costs no hash and no memory}
     */
    public static RandomStream at(long place, long time, long count) {
        return new RandomStream(mixed(mixed(mixed(place) + time) + count));
    }

    private static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the platform's SHA-256 cannot be cloned", e);
        }
    }

    private static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void updateLong(MessageDigest digest, long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            digest.update((byte) (value >>> shift));
        }
    }

    /** {@return 64 uniform bits} */
    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mixed(state);
    }

    private static long mixed(long word) {
        long z = word;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    /** {@return a uniform number in [0, bound)} */
    public long nextLong(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound must be positive: " + bound);
        }
        long draw = nextLong();
        long high = Math.unsignedMultiplyHigh(draw, bound);
        long low = draw * bound;
        if (Long.compareUnsigned(low, bound) < 0) {
            long threshold = Long.remainderUnsigned(-bound, bound);
            while (Long.compareUnsigned(low, threshold) < 0) {
                draw = nextLong();
                high = Math.unsignedMultiplyHigh(draw, bound);
                low = draw * bound;
            }
        }
        return high;
    }

    /** {@return a uniform number in [from, to], both included} */
    public long between(long from, long to) {
        if (from > to) {
            throw new IllegalArgumentException("empty range " + from + ".." + to);
        }
        long width = to - from + 1;
        return width == 0 ? nextLong() : from + nextLong(width);
    }

    /** {@return a uniform number in [0, bound)} */
    public int nextInt(int bound) {
        return (int) nextLong(bound);
    }

    /** {@return a uniform multiple of 2^-53 in [0, 1)} */
    public double nextUnit() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** {@return true with probability {@code perMillion} / 1,000,000} */
    public boolean chance(int perMillion) {
        return perMillion > 0 && nextLong(1_000_000) < perMillion;
    }

    /** Fills {@code bytes} with uniform bytes. */
    public void fill(byte[] bytes) {
        for (int i = 0; i < bytes.length; ) {
            long draw = nextLong();
            for (int j = 0; j < Long.BYTES && i < bytes.length; j++, i++) {
                bytes[i] = (byte) draw;
                draw >>>= 8;
            }
        }
    }

    /** {@return a uniformly chosen element} */
    public <T> T pick(List<T> elements) {
        return elements.get(nextInt(elements.size()));
    }

    /** Puts {@code elements} in a uniformly chosen order (Fisher and Yates). */
    public <T> void shuffle(List<T> elements) {
        for (int i = elements.size() - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            T element = elements.get(i);
            elements.set(i, elements.get(j));
            elements.set(j, element);
        }
    }
}
