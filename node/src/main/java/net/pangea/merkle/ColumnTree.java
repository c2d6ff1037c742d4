package net.pangea.merkle;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * A column's hash tree with all its nodes, for whoever proves many shards of it: a path costs no hashing. Takes 100
 * bytes for each segment.
 *
 * <p>Level by level, pairs are hashed and a last one without a partner goes up as it is, which gives the tree of RFC
 * 6962 (there every left subtree is a full one).
 */
public final class ColumnTree {
    private final Bytes leaves;
    private final List<byte[]> levels;

    private ColumnTree(Bytes leaves, List<byte[]> levels) {
        this.leaves = leaves;
        this.levels = levels;
    }

    public static ColumnTree of(ColumnIndex column) {
        List<byte[]> levels = new ArrayList<>();
        byte[] level = new byte[column.leaves().size() * Sha256.SIZE_BYTES];
        for (int i = 0; i < column.leaves().size(); i++) {
            put(level, i, column.leaves().get(i).hash());
        }
        levels.add(level);
        while (sizeOf(level) > 1) {
            byte[] below = level;
            level = new byte[Math.ceilDiv(sizeOf(below), 2) * Sha256.SIZE_BYTES];
            for (int i = 0; i < sizeOf(level); i++) {
                Sha256 left = at(below, 2 * i);
                put(level, i, 2 * i + 1 < sizeOf(below) ? MerkleTree.node(left, at(below, 2 * i + 1)) : left);
            }
            levels.add(level);
        }
        return new ColumnTree(column.encode(), levels);
    }

    /** {@return how many shards the column has} */
    public int segments() {
        return sizeOf(levels.getFirst());
    }

    public Sha256 root() {
        return at(levels.getLast(), 0);
    }

    /** {@return the leaf of a segment's shard} */
    public ColumnLeaf leaf(int segment) {
        int from = segment * ColumnIndex.LEAF_BYTES;
        int shardBytes = leaves.asBuffer().getInt(from);
        return new ColumnLeaf(
                shardBytes, new Sha256(leaves.slice(from + Integer.BYTES, from + ColumnIndex.LEAF_BYTES)));
    }

    /** {@return the path from a segment's leaf to the root, as {@link ColumnIndex#path}} */
    public List<Sha256> path(int segment) {
        List<Sha256> path = new ArrayList<>();
        int at = segment;
        for (byte[] level : levels.subList(0, levels.size() - 1)) {
            int sibling = at ^ 1;
            if (sibling < sizeOf(level)) {
                path.add(at(level, sibling));
            }
            at >>= 1;
        }
        return path;
    }

    private static int sizeOf(byte[] level) {
        return level.length / Sha256.SIZE_BYTES;
    }

    private static Sha256 at(byte[] level, int index) {
        byte[] hash = new byte[Sha256.SIZE_BYTES];
        System.arraycopy(level, index * Sha256.SIZE_BYTES, hash, 0, Sha256.SIZE_BYTES);
        return new Sha256(Bytes.wrap(hash));
    }

    private static void put(byte[] level, int index, Sha256 hash) {
        hash.bytes().asBuffer().get(level, index * Sha256.SIZE_BYTES, Sha256.SIZE_BYTES);
    }
}
