package net.pangea.merkle;

import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * Proves that a block belongs to a shard of a column: what the holder answers to an audit.
 *
 * @param segment which shard of the column
 * @param block which block of the shard
 * @param shardBytes size of the shard
 * @param inShard path from the block to the shard's root
 * @param shardRoot that root
 * @param inColumn path from the shard's leaf to the column's root
 */
public record BlockProof(
        int segment, int block, int shardBytes, List<Sha256> inShard, Sha256 shardRoot, List<Sha256> inColumn) {
    public BlockProof {
        inShard = List.copyOf(inShard);
        inColumn = List.copyOf(inColumn);
    }

    /** {@return the proof for a block of a shard that is part of this column} */
    public static BlockProof of(ColumnIndex column, int segment, ShardTree shard, int block) {
        ColumnLeaf leaf = shard.leaf();
        return new BlockProof(
                segment,
                block,
                shard.shardBytes(),
                MerkleTree.path(shard.blocks(), block),
                leaf.root(),
                column.path(segment));
    }

    /**
     * {@return whether {@code bytes} are that block of the column with this root}
     *
     * @param segments how many shards the column has
     */
    public boolean verifies(Sha256 columnRoot, int segments, Bytes bytes) {
        return shardBytes >= 1
                && bytes.size() == sizeBytes()
                && MerkleTree.verifies(
                        shardRoot, MerkleTree.leaf(bytes), block, ShardTree.blocksOf(shardBytes), inShard)
                && MerkleTree.verifies(
                        columnRoot, new ColumnLeaf(shardBytes, shardRoot).hash(), segment, segments, inColumn);
    }

    private long sizeBytes() {
        return Math.min(ShardTree.BLOCK_BYTES, shardBytes - (long) block * ShardTree.BLOCK_BYTES);
    }
}
