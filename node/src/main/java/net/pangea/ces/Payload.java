package net.pangea.ces;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
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

    /** {@return the payload of a frame, under a nonce drawn from {@code nonces}} */
    static byte[] seal(byte[] frame, Suite suite, byte[] key, SecureRandom nonces) {
        byte[] nonce = new byte[suite.nonceBytes()];
        nonces.nextBytes(nonce);
        int encryptedBytes = nonce.length + frame.length + Suite.TAG_BYTES;
        byte[] payload = new byte[PREFIX_BYTES + encryptedBytes];
        ByteBuffer.wrap(payload)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(encryptedBytes)
                .put(nonce);
        suite.seal(key, nonce, frame, payload, PREFIX_BYTES + nonce.length);
        return payload;
    }

    /**
     * {@return the frame in the payload that data shards of one length hold}
     *
     * @throws CesFailure TRUNCATED if they are shorter than the payload, TOO_LARGE if it has more encrypted bytes
     *     than {@code encryptedBytesMax}, NOT_AUTHENTIC
     */
    static byte[] open(List<byte[]> dataShards, Suite suite, byte[] key, int encryptedBytesMax) {
        long available = (long) dataShards.size() * dataShards.getFirst().length;
        byte[] prefix = slice(dataShards, 0, (int) Math.min(available, PREFIX_BYTES));
        long encryptedBytes = encryptedBytes(prefix, available, suite);
        if (encryptedBytes > encryptedBytesMax) {
            throw new CesFailure(
                    Kind.TOO_LARGE,
                    encryptedBytes + " encrypted bytes are more than the " + encryptedBytesMax + " decoded in memory");
        }
        byte[] encrypted = slice(dataShards, PREFIX_BYTES, PREFIX_BYTES + (int) encryptedBytes);
        byte[] nonce = Arrays.copyOf(encrypted, suite.nonceBytes());
        return suite.open(key, nonce, encrypted, nonce.length, encrypted.length - nonce.length);
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

    /** {@return the bytes from {@code from} to {@code to} of the shards one after the other} */
    private static byte[] slice(List<byte[]> shards, int from, int to) {
        byte[] slice = new byte[to - from];
        int shardSize = shards.getFirst().length;
        for (int at = from; at < to; ) {
            int inShard = at % shardSize;
            int size = Math.min(shardSize - inShard, to - at);
            System.arraycopy(shards.get(at / shardSize), inShard, slice, at - from, size);
            at += size;
        }
        return slice;
    }
}
