package net.pangea.bench;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import net.pangea.bytes.Bytes;
import net.pangea.object.ContentSource;

/** Content that does not compress, made as it is asked for (SplitMix64), and its hash. */
final class StreamContent implements ContentSource {
    private static final long PHI = 0x9e3779b97f4a7c15L;

    private final MessageDigest digest = sha256();
    private long state;

    @Override
    public Bytes next(int sizeBytes) {
        ByteBuffer next = ByteBuffer.allocate(Math.ceilDiv(sizeBytes, Long.BYTES) * Long.BYTES);
        while (next.hasRemaining()) {
            state += PHI;
            long z = state;
            z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            next.putLong(z ^ (z >>> 31));
        }
        digest.update(next.array(), 0, sizeBytes);
        return Bytes.wrap(next.array()).slice(0, sizeBytes);
    }

    /** {@return the SHA-256 of all that was given} Once only. */
    String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
