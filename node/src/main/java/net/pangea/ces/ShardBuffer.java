package net.pangea.ces;

import java.util.Arrays;

/**
 * The k + m shards of a Reed-Solomon code in one array, each the same number of bytes behind the one before.
 *
 * <pre>
 * array: shard 0 (shardSize) | gap | shard 1 (shardSize) | gap | ...     shard i begins at i * stride
 * </pre>
 *
 * <p>With no gap the data shards, put one after the other, are the sharded bytes themselves: nothing has to be
 * cut up before coding or joined after it. With a stride of an odd number of cache lines no two shards compete
 * for the same lines, which makes coding itself a few per cent faster.
 *
 * <p>Mutable, owned by one task at a time.
 */
public final class ShardBuffer {
    private static final int LINE_BYTES = 64;

    private final byte[] bytes;
    private final int shards;
    private final int shardSize;
    private final int stride;

    private ShardBuffer(int shards, int shardSize, int stride) {
        if (shards < 1 || shardSize < 1 || (long) shards * stride > Integer.MAX_VALUE - LINE_BYTES) {
            throw new IllegalArgumentException(
                    "no stripe of " + shards + " shards of " + shardSize + " bytes: it must fit one array");
        }
        this.shards = shards;
        this.shardSize = shardSize;
        this.stride = stride;
        bytes = new byte[shards * stride];
    }

    /**
     * {@return a stripe of zeros, its shards without a gap between them}
     *
     * @throws IllegalArgumentException if there is no shard, no byte in them, or more than one array holds
     */
    public static ShardBuffer joined(int shards, int shardSize) {
        return new ShardBuffer(shards, shardSize, shardSize);
    }

    /**
     * {@return a stripe of zeros, its stride the least odd number of cache lines that holds a shard}
     *
     * @throws IllegalArgumentException if there is no shard, no byte in them, or more than one array holds
     */
    public static ShardBuffer padded(int shards, int shardSize) {
        long lines = Math.ceilDiv((long) shardSize, LINE_BYTES) | 1;
        return new ShardBuffer(shards, shardSize, (int) Math.min(lines * LINE_BYTES, Integer.MAX_VALUE));
    }

    public int shards() {
        return shards;
    }

    /** {@return the bytes of one shard} */
    public int shardSize() {
        return shardSize;
    }

    /** {@return the array itself, not a copy} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return the place in {@link #bytes} where a shard begins} */
    public int at(int shard) {
        return shard * stride;
    }

    /** {@return a copy of a shard} */
    public byte[] shard(int shard) {
        return Arrays.copyOfRange(bytes, at(shard), at(shard) + shardSize);
    }
}
