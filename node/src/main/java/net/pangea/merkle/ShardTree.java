package net.pangea.merkle;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * The hash tree of one shard over its blocks of {@value #BLOCK_BYTES} bytes, the last one shorter.
 *
 * @param shardBytes size of the shard, at least 1
 * @param blocks the hash of each block
 */
public record ShardTree(int shardBytes, List<Sha256> blocks) {
    /** What an audit asks for at a time. 16 KiB. */
    public static final int BLOCK_BYTES = 16 << 10;

    public ShardTree {
        blocks = List.copyOf(blocks);
        if (shardBytes < 1 || blocks.size() != blocksOf(shardBytes)) {
            throw new IllegalArgumentException(blocks.size() + " blocks for a shard of " + shardBytes + " bytes");
        }
    }

    /** {@return the tree of a shard of at least one byte} */
    public static ShardTree of(Bytes shard) {
        List<Sha256> blocks = new ArrayList<>();
        for (int from = 0; from < shard.size(); from += BLOCK_BYTES) {
            blocks.add(MerkleTree.leaf(shard.slice(from, Math.min(shard.size(), from + BLOCK_BYTES))));
        }
        return new ShardTree(shard.size(), blocks);
    }

    /** {@return how many blocks a shard of this size has} */
    public static int blocksOf(int shardBytes) {
        return Math.ceilDiv(shardBytes, BLOCK_BYTES);
    }

    /** {@return what stands for the shard in its column} */
    public ColumnLeaf leaf() {
        return new ColumnLeaf(shardBytes, MerkleTree.root(blocks));
    }
}
