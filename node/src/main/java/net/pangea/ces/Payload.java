package net.pangea.ces;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import net.pangea.ces.CesFailure.Kind;

/**
 * The bytes that are sharded: the length of what follows (u32, little endian), a nonce, a sealed frame.
 *
 * <p>Data shard i is the i-th of k equal slices; the last ones are filled up with zero bytes.
 */
final class Payload {
    private static final int PREFIX_BYTES = Integer.BYTES;
    private static final int HEADER_BYTES = PREFIX_BYTES + XChaCha20Poly1305.NONCE_BYTES;
    private static final int ENCRYPTED_BYTES_MIN = XChaCha20Poly1305.NONCE_BYTES + XChaCha20Poly1305.TAG_BYTES;

    private final byte[] nonce;
    private final byte[] sealed;

    /** The payload of a nonce of 24 bytes and a ciphertext with its tag. */
    Payload(byte[] nonce, byte[] sealed) {
        this.nonce = nonce;
        this.sealed = sealed;
    }

    byte[] nonce() {
        return nonce;
    }

    byte[] sealed() {
        return sealed;
    }

    List<byte[]> split(int dataShards) {
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(nonce.length + sealed.length)
                .put(nonce)
                .array();
        int shardSize = Math.ceilDiv(header.length + sealed.length, dataShards);
        List<byte[]> shards = new ArrayList<>();
        for (int i = 0; i < dataShards; i++) {
            byte[] shard = new byte[shardSize];
            long from = (long) i * shardSize;
            copy(header, from, shard);
            copy(sealed, from - header.length, shard);
            shards.add(shard);
        }
        return shards;
    }

    /** Puts {@code source} from {@code sourceFrom} on at the start of {@code target}, as far as they overlap. */
    private static void copy(byte[] source, long sourceFrom, byte[] target) {
        long from = Math.max(sourceFrom, 0);
        long to = Math.min(sourceFrom + target.length, source.length);
        if (from < to) {
            System.arraycopy(source, (int) from, target, (int) (from - sourceFrom), (int) (to - from));
        }
    }

    /**
     * {@return the payload that data shards of one length hold} What fills them up behind it is not looked at.
     *
     * @throws CesFailure TRUNCATED if they are shorter than the payload, TOO_LARGE if it is longer than
     *     {@code encryptedBytesMax}
     */
    static Payload join(List<byte[]> dataShards, long encryptedBytesMax) {
        long available = (long) dataShards.size() * dataShards.getFirst().length;
        if (available < PREFIX_BYTES) {
            throw truncated("the shards hold " + available + " bytes, less than a length");
        }
        int prefix = ByteBuffer.wrap(slice(dataShards, 0, PREFIX_BYTES))
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        long encryptedBytes = Integer.toUnsignedLong(prefix);
        if (encryptedBytes < ENCRYPTED_BYTES_MIN) {
            throw truncated(encryptedBytes + " encrypted bytes are less than a nonce and a tag");
        }
        if (encryptedBytes > available - PREFIX_BYTES) {
            throw truncated("the shards hold " + available + " bytes, too few for a length and " + encryptedBytes
                    + " encrypted bytes");
        }
        if (encryptedBytes > encryptedBytesMax) {
            throw new CesFailure(
                    Kind.TOO_LARGE, encryptedBytes + " encrypted bytes are more than " + encryptedBytesMax);
        }
        return new Payload(
                slice(dataShards, PREFIX_BYTES, HEADER_BYTES),
                slice(dataShards, HEADER_BYTES, PREFIX_BYTES + (int) encryptedBytes));
    }

    private static CesFailure truncated(String what) {
        return new CesFailure(Kind.TRUNCATED, what);
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
