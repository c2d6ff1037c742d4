package net.pangea.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

/** What a column's root says of its shards and their blocks, and of nothing else. */
class ProofTest {
    private static final int BLOCK = ShardTree.BLOCK_BYTES;
    private static final List<Bytes> SHARDS =
            List.of(shard(3 * BLOCK + 5, 0), shard(2 * BLOCK, 1), shard(1, 2), shard(BLOCK, 3), shard(BLOCK + 1, 4));
    private static final ColumnIndex COLUMN = column(SHARDS);
    private static final Sha256 ROOT = COLUMN.root();
    private static final int SEGMENTS = SHARDS.size();

    private static Bytes shard(int size, long seed) {
        byte[] bytes = new byte[size];
        RandomStream.of(seed, "shard").fill(bytes);
        return Bytes.wrap(bytes);
    }

    private static ColumnIndex column(List<Bytes> shards) {
        return new ColumnIndex(
                shards.stream().map(shard -> ShardTree.of(shard).leaf()).toList());
    }

    private static ShardProof proof(int segment) {
        return new ShardProof(segment, COLUMN.path(segment));
    }

    @Test
    void every_shard_proves_its_place_and_no_other() {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            for (int other = 0; other < SEGMENTS; other++) {
                assertThat(proof(segment).verifies(ROOT, SEGMENTS, SHARDS.get(other)))
                        .isEqualTo(segment == other);
            }
        }
    }

    @Test
    void a_shard_of_another_column_or_another_length_or_none_is_refused() {
        List<Bytes> others = new ArrayList<>(SHARDS);
        others.set(1, shard(2 * BLOCK, 77));
        assertThat(proof(0).verifies(column(others).root(), SEGMENTS, SHARDS.getFirst()))
                .isFalse();

        Bytes shard = SHARDS.getFirst();
        assertThat(proof(0).verifies(ROOT, SEGMENTS, shard.slice(0, shard.size() - 1)))
                .isFalse();
        assertThat(proof(0).verifies(ROOT, SEGMENTS, shard.slice(0, 3 * BLOCK))).isFalse();
        assertThat(proof(0).verifies(ROOT, SEGMENTS, Bytes.EMPTY)).isFalse();
        assertThat(proof(0).verifies(ROOT, 0, shard)).isFalse();
        assertThat(proof(4).verifies(ROOT, 4, SHARDS.get(4))).isFalse();
    }

    @Property(tries = 200)
    void any_changed_byte_of_a_shard_is_refused(@ForAll int where, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] bytes = SHARDS.getFirst().toArray();
        bytes[Math.floorMod(where, bytes.length)] ^= (byte) change;

        assertThat(proof(0).verifies(ROOT, SEGMENTS, Bytes.wrap(bytes))).isFalse();
    }

    @Test
    void every_block_proves_its_place_and_no_other() {
        for (int segment = 0; segment < SEGMENTS; segment++) {
            Bytes shard = SHARDS.get(segment);
            ShardTree tree = ShardTree.of(shard);
            for (int block = 0; block < tree.blocks().size(); block++) {
                BlockProof proof = BlockProof.of(COLUMN, segment, tree, block);
                Bytes bytes = block(shard, block);

                assertThat(proof.verifies(ROOT, SEGMENTS, bytes)).isTrue();
                for (int other = 0; other < tree.blocks().size(); other++) {
                    assertThat(proof.verifies(ROOT, SEGMENTS, block(shard, other)))
                            .isEqualTo(block == other);
                }
                assertThat(proof.verifies(ROOT, SEGMENTS, bytes.slice(0, bytes.size() - 1)))
                        .isFalse();
                assertThat(proof.verifies(proof.shardRoot(), SEGMENTS, bytes)).isFalse();
            }
        }
    }

    private static Bytes block(Bytes shard, int block) {
        return shard.slice(block * BLOCK, Math.min(shard.size(), (block + 1) * BLOCK));
    }

    @Test
    void a_block_proof_with_another_part_is_refused() {
        Bytes shard = SHARDS.getFirst();
        ShardTree tree = ShardTree.of(shard);
        BlockProof good = BlockProof.of(COLUMN, 0, tree, 1);
        BlockProof foreign = BlockProof.of(COLUMN, 1, ShardTree.of(SHARDS.get(1)), 1);
        Bytes bytes = block(shard, 1);

        assertThat(good.verifies(ROOT, SEGMENTS, bytes)).isTrue();
        assertThat(List.of(
                        foreign,
                        new BlockProof(1, 1, good.shardBytes(), good.inShard(), good.shardRoot(), good.inColumn()),
                        new BlockProof(0, 2, good.shardBytes(), good.inShard(), good.shardRoot(), good.inColumn()),
                        new BlockProof(0, -1, good.shardBytes(), good.inShard(), good.shardRoot(), good.inColumn()),
                        new BlockProof(
                                0,
                                Integer.MAX_VALUE,
                                good.shardBytes(),
                                good.inShard(),
                                good.shardRoot(),
                                good.inColumn()),
                        new BlockProof(0, 1, good.shardBytes() - 1, good.inShard(), good.shardRoot(), good.inColumn()),
                        new BlockProof(0, 1, 0, good.inShard(), good.shardRoot(), good.inColumn()),
                        new BlockProof(0, 1, Integer.MIN_VALUE, good.inShard(), good.shardRoot(), good.inColumn()),
                        new BlockProof(0, 1, good.shardBytes(), foreign.inShard(), good.shardRoot(), good.inColumn()),
                        new BlockProof(0, 1, good.shardBytes(), List.of(), good.shardRoot(), good.inColumn()),
                        new BlockProof(0, 1, good.shardBytes(), good.inShard(), foreign.shardRoot(), good.inColumn()),
                        new BlockProof(0, 1, good.shardBytes(), good.inShard(), good.shardRoot(), foreign.inColumn()),
                        new BlockProof(0, 1, good.shardBytes(), good.inShard(), good.shardRoot(), List.of())))
                .allSatisfy(proof ->
                        assertThat(proof.verifies(ROOT, SEGMENTS, bytes)).isFalse());
    }

    @Test
    void a_column_index_is_its_leaves_one_after_the_other() {
        Bytes encoded = COLUMN.encode();

        assertThat(encoded.size()).isEqualTo(SEGMENTS * ColumnIndex.LEAF_BYTES);
        assertThat(encoded.hex())
                .startsWith("0000c005" + COLUMN.leaves().getFirst().root().hex() + "00008000");
        assertThat(ColumnIndex.decode(encoded, 3 * BLOCK + 5)).isEqualTo(COLUMN);
    }

    @Test
    void an_index_that_is_cut_or_empty_or_of_impossible_shards_is_refused() {
        Bytes encoded = COLUMN.encode();
        for (int size = 0; size < encoded.size(); size++) {
            if (size % ColumnIndex.LEAF_BYTES != 0 || size == 0) {
                assertMalformed(encoded.slice(0, size), 1 << 20);
            }
        }
        assertMalformed(encoded, 3 * BLOCK + 4);
        assertMalformed(Bytes.wrap(new byte[ColumnIndex.LEAF_BYTES]), 1 << 20);
        assertThatIllegalArgumentException().isThrownBy(() -> new ColumnIndex(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> ShardTree.of(Bytes.EMPTY));
    }

    @Property(tries = 200)
    void any_bytes_are_an_index_or_malformed(@ForAll @Size(max = 108) byte[] bytes) {
        Bytes encoded = Bytes.copyOf(bytes);
        try {
            assertThat(ColumnIndex.decode(encoded, Integer.MAX_VALUE).encode()).isEqualTo(encoded);
        } catch (MalformedBytes e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    private static void assertMalformed(Bytes bytes, int shardBytesMax) {
        assertThatExceptionOfType(MalformedBytes.class).isThrownBy(() -> ColumnIndex.decode(bytes, shardBytesMax));
    }
}
