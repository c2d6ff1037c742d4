package net.pangea.ces;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import net.pangea.ces.CesFailure.Kind;

/**
 * The bytes that are sharded: the length of what follows (u32, little endian), a nonce, a sealed frame.
 *
 * <p>Data shard i is the i-th of k equal slices; the last ones are filled up with zero bytes, which are not part of
 * the payload and are never looked at.
 */
final class Payload {
    static final int PREFIX_BYTES = Integer.BYTES;

    private Payload() {}

    /** {@return the shards of a frame, under a nonce drawn from {@code nonces}; those of parity are not set} */
    static ShardBuffer seal(Frame frame, Stripe numbers, Suite suite, byte[] key, SecureRandom nonces) {
        byte[] nonce = new byte[suite.nonceBytes()];
        nonces.nextBytes(nonce);
        int frameBytes = frame.paddedBytes();
        int encryptedBytes = nonce.length + frameBytes + Suite.TAG_BYTES;
        ShardBuffer stripe = ShardBuffer.joined(
                numbers.totalShards(), Math.ceilDiv(PREFIX_BYTES + encryptedBytes, numbers.dataShards()));
        byte[] payload = stripe.bytes();
        ByteBuffer.wrap(payload)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(encryptedBytes)
                .put(nonce);
        int at = PREFIX_BYTES + nonce.length;
        frame.writeTo(payload, at);
        suite.seal(key, nonce, payload, at, frameBytes, payload, at);
        return stripe;
    }

    /**
     * {@return the frame in the payload that joined data shards begin with} It is where it was sealed: opening writes
     * over the ciphertext.
     *
     * @throws CesFailure TRUNCATED if they are shorter than the payload, TOO_LARGE if it has more encrypted bytes
     *     than {@code encryptedBytesMax}, NOT_AUTHENTIC
     */
    static ByteBuffer open(byte[] payload, Suite suite, byte[] key, int encryptedBytesMax) {
        byte[] prefix = Arrays.copyOf(payload, PREFIX_BYTES);
        long encryptedBytes = encryptedBytes(prefix, payload.length, suite);
        if (encryptedBytes > encryptedBytesMax) {
            throw new CesFailure(
                    Kind.TOO_LARGE,
                    encryptedBytes + " encrypted bytes are more than the " + encryptedBytesMax + " decoded in memory");
        }
        int at = PREFIX_BYTES + suite.nonceBytes();
        byte[] nonce = Arrays.copyOfRange(payload, PREFIX_BYTES, at);
        int sealedBytes = (int) encryptedBytes - nonce.length;
        suite.open(key, nonce, payload, at, sealedBytes, payload, at);
        return ByteBuffer.wrap(payload, at, sealedBytes - Suite.TAG_BYTES);
    }

    /**
     * {@return the length in a payload's prefix}
     *
     * @param available how many bytes there are from the prefix on
     * @throws CesFailure TRUNCATED if there are fewer, or the length is shorter than a nonce and a tag
     */
    static long encryptedBytes(byte[] prefix, long available, Suite suite) {
        if (available < PREFIX_BYTES) {
            throw truncated("the shards hold " + available + " bytes, less than a length");
        }
        long encryptedBytes = Integer.toUnsignedLong(
                ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getInt());
        if (encryptedBytes < suite.nonceBytes() + Suite.TAG_BYTES) {
            throw truncated(encryptedBytes + " encrypted bytes are less than a nonce and a tag");
        }
        if (encryptedBytes > available - PREFIX_BYTES) {
            throw truncated("the shards hold " + available + " bytes, too few for a length and " + encryptedBytes
                    + " encrypted bytes");
        }
        return encryptedBytes;
    }

    private static CesFailure truncated(String what) {
        return new CesFailure(Kind.TRUNCATED, what + ": they are cut short or altered; try other shards");
    }
}
