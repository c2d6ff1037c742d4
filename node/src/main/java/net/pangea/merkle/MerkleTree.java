package net.pangea.merkle;

import java.util.ArrayList;
import java.util.List;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;

/**
 * The hash tree of Certificate Transparency (RFC 6962, section 2.1): a leaf is SHA-256(0 ‖ data), a node
 * SHA-256(1 ‖ left ‖ right), and the left part of n leaves is the largest power of two smaller than n.
 *
 * <p>Pure functions over the hashes of leaves.
 */
public final class MerkleTree {
    private static final Bytes LEAF = Bytes.wrap(new byte[] {0});
    private static final Bytes NODE = Bytes.wrap(new byte[] {1});

    private MerkleTree() {}

    /** {@return the hash of one leaf} */
    public static Sha256 leaf(Bytes data) {
        return Sha256.of(LEAF, data);
    }

    /** {@return the hash of two subtrees} */
    static Sha256 node(Sha256 left, Sha256 right) {
        return Sha256.of(NODE, left.bytes(), right.bytes());
    }

    /**
     * {@return the root over these leaves}
     *
     * @param leaves their hashes, at least one
     */
    public static Sha256 root(List<Sha256> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        int split = split(leaves.size());
        return node(root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
    }

    /** {@return the hashes that, with leaf {@code index}, give the root, from the leaf upwards} */
    public static List<Sha256> path(List<Sha256> leaves, int index) {
        if (leaves.size() == 1) {
            return List.of();
        }
        int split = split(leaves.size());
        List<Sha256> path = new ArrayList<>();
        if (index < split) {
            path.addAll(path(leaves.subList(0, split), index));
            path.add(root(leaves.subList(split, leaves.size())));
        } else {
            path.addAll(path(leaves.subList(split, leaves.size()), index - split));
            path.add(root(leaves.subList(0, split)));
        }
        return path;
    }

    /**
     * {@return whether {@code path} leads from leaf {@code index} of {@code count} to {@code root}} RFC 9162,
     * section 2.1.3.2.
     */
    public static boolean verifies(Sha256 root, Sha256 leaf, int index, int count, List<Sha256> path) {
        if (index < 0 || index >= count) {
            return false;
        }
        int at = index;
        int last = count - 1;
        Sha256 hash = leaf;
        for (Sha256 sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((at & 1) == 1 || at == last) {
                hash = node(sibling, hash);
                while ((at & 1) == 0 && at != 0) {
                    at >>= 1;
                    last >>= 1;
                }
            } else {
                hash = node(hash, sibling);
            }
            at >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /** The largest power of two smaller than {@code count}. */
    private static int split(int count) {
        return Integer.highestOneBit(count - 1);
    }
}
