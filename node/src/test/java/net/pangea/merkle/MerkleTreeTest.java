package net.pangea.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {
    /** The leaves that Certificate Transparency's own tests hash (its reference implementation). */
    private static final List<Sha256> LEAVES = Stream.of(
                    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(hex -> MerkleTree.leaf(Bytes.parseHex(hex).orElseThrow()))
            .toList();

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void roots_are_those_of_certificate_transparency() {
        for (int count = 1; count <= LEAVES.size(); count++) {
            assertThat(MerkleTree.root(LEAVES.subList(0, count)).hex()).isEqualTo(ROOTS.get(count - 1));
        }
    }

    @Test
    void paths_are_those_of_certificate_transparency() {
        assertThat(MerkleTree.path(LEAVES, 0))
                .extracting(Sha256::hex)
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(MerkleTree.path(LEAVES.subList(0, 3), 2))
                .extracting(Sha256::hex)
                .containsExactly(ROOTS.get(1));
    }

    @Property(tries = 300)
    void a_path_leads_from_its_leaf_to_the_root_and_from_no_other(
            @ForAll @IntRange(min = 1, max = 70) int count, @ForAll int whichLeaf, @ForAll int whichOther) {
        List<Sha256> leaves = leaves(count);
        Sha256 root = MerkleTree.root(leaves);
        int index = Math.floorMod(whichLeaf, count);
        List<Sha256> path = MerkleTree.path(leaves, index);

        assertThat(MerkleTree.verifies(root, leaves.get(index), index, count, path))
                .isTrue();
        assertThat(path).hasSizeLessThanOrEqualTo(32 - Integer.numberOfLeadingZeros(count - 1));

        int other = Math.floorMod(whichOther, count);
        if (other != index) {
            assertThat(MerkleTree.verifies(root, leaves.get(other), index, count, path))
                    .isFalse();
            assertThat(MerkleTree.verifies(root, leaves.get(index), other, count, path))
                    .isFalse();
            assertThat(MerkleTree.verifies(root, leaves.get(index), index, count, MerkleTree.path(leaves, other)))
                    .isFalse();
        }
        assertThat(MerkleTree.verifies(root, MerkleTree.leaf(Bytes.EMPTY), index, count, path))
                .isFalse();
        assertThat(MerkleTree.verifies(leaves.getFirst(), leaves.get(index), index, count, path))
                .isEqualTo(count == 1);
    }

    @Property(tries = 200)
    void a_path_that_is_too_short_too_long_or_changed_does_not_verify(
            @ForAll @IntRange(min = 2, max = 40) int count, @ForAll int whichLeaf, @ForAll int whichHash) {
        List<Sha256> leaves = leaves(count);
        Sha256 root = MerkleTree.root(leaves);
        int index = Math.floorMod(whichLeaf, count);
        Sha256 leaf = leaves.get(index);
        List<Sha256> path = MerkleTree.path(leaves, index);
        int at = Math.floorMod(whichHash, path.size());

        List<Sha256> longer = new ArrayList<>(path);
        longer.add(at, leaf);
        List<Sha256> changed = new ArrayList<>(path);
        changed.set(at, MerkleTree.leaf(changed.get(at).bytes()));
        List<Sha256> shorter = new ArrayList<>(path);
        Sha256 _ = shorter.remove(at);

        for (List<Sha256> wrong : List.of(longer, changed, shorter, List.<Sha256>of())) {
            assertThat(MerkleTree.verifies(root, leaf, index, count, wrong)).isFalse();
        }
    }

    @Test
    void an_index_outside_the_tree_does_not_verify() {
        Sha256 root = MerkleTree.root(LEAVES);
        List<Sha256> path = MerkleTree.path(LEAVES, 7);

        for (int index : new int[] {-1, 8, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThat(MerkleTree.verifies(root, LEAVES.get(7), index, 8, path)).isFalse();
        }
        assertThat(MerkleTree.verifies(root, root, 0, 0, List.of())).isFalse();
    }

    /** A node's hash is no leaf's: two levels of a tree cannot be passed off as one. */
    @Test
    void leaves_and_nodes_hash_differently() {
        Sha256 left = LEAVES.get(0);
        Sha256 right = LEAVES.get(1);
        Bytes both = new ByteWriter().raw(left.bytes()).raw(right.bytes()).toBytes();

        assertThat(MerkleTree.leaf(both)).isNotEqualTo(MerkleTree.root(List.of(left, right)));
    }

    private static List<Sha256> leaves(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> MerkleTree.leaf(new ByteWriter().u32(i).toBytes()))
                .toList();
    }
}
