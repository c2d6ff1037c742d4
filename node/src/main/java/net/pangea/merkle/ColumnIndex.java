package net.pangea.merkle;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

/**
 * One column: the leaf of each segment's shard. Its root is what the manifest names.
 *
 * <pre>
 * for each segment: shard size (u32, big-endian) | root of the shard (32)
 * </pre>
 *
 * @param leaves one for each segment, at least one
 */
public record ColumnIndex(List<ColumnLeaf> leaves) {
    /** Size of one segment's entry. */
    public static final int LEAF_BYTES = Integer.BYTES + Sha256.SIZE_BYTES;

    public ColumnIndex {
        leaves = List.copyOf(leaves);
        if (leaves.isEmpty()) {
            throw new IllegalArgumentException("a column has at least one segment");
        }
    }

    public Sha256 root() {
        return MerkleTree.root(hashes());
    }

    /** {@return the path from a segment's leaf to the root} */
    public List<Sha256> path(int segment) {
        return MerkleTree.path(hashes(), segment);
    }

    private List<Sha256> hashes() {
        return leaves.stream().map(ColumnLeaf::hash).toList();
    }

    public Bytes encode() {
        ByteWriter out = new ByteWriter();
        leaves.forEach(leaf -> out.u32(leaf.shardBytes()).raw(leaf.root().bytes()));
        return out.toBytes();
    }

    /**
     * {@return the index of these exact bytes}
     *
     * @param shardBytesMax the largest shard there may be
     * @throws MalformedBytes if they are none
     */
    public static ColumnIndex decode(Bytes bytes, int shardBytesMax) {
        if (bytes.size() == 0 || bytes.size() % LEAF_BYTES != 0) {
            throw new MalformedBytes(bytes.size() + " bytes are no column index");
        }
        ByteReader in = new ByteReader(bytes);
        List<ColumnLeaf> leaves = new ArrayList<>();
        while (in.remaining() > 0) {
            int shardBytes = in.u32In(1, shardBytesMax, "shard size");
            leaves.add(new ColumnLeaf(shardBytes, in.sha256()));
        }
        return new ColumnIndex(leaves);
    }
}
