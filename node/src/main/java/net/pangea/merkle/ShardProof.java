package net.pangea.merkle;

import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * Proves that a shard belongs to a column.
 *
 * @param segment which shard of the column
 * @param inColumn path from the shard's leaf to the column's root
 */
public record ShardProof(int segment, List<Sha256> inColumn) {
    public ShardProof {
        inColumn = List.copyOf(inColumn);
    }

    /**
     * {@return whether {@code shard} is that shard of the column with this root}
     *
     * @param segments how many shards the column has
     */
    public boolean verifies(Sha256 columnRoot, int segments, Bytes shard) {
        return shard.size() > 0
                && MerkleTree.verifies(columnRoot, ShardTree.of(shard).leaf().hash(), segment, segments, inColumn);
    }
}
