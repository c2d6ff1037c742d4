package net.pangea.merkle;

import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Sha256;

/**
 * What stands for one shard in the tree of its column.
 *
 * @param shardBytes size of the shard
 * @param root of its {@link ShardTree}
 */
public record ColumnLeaf(int shardBytes, Sha256 root) {
    /** {@return the hash of {@code shard size (u32, big-endian) | root} as a leaf} */
    public Sha256 hash() {
        return MerkleTree.leaf(
                new ByteWriter().u32(shardBytes).raw(root.bytes()).toBytes());
    }
}
