package net.pangea.ces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import net.pangea.ces.CesFailure.Kind;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

final class ReedSolomonTest {

    @Test
    void the_parity_rows_of_8_and_4_are_those_of_the_original_network() {
        assertThat(parityRows(8, 4))
                .containsExactly("1a84ba33e710c627", "841a33ba10e727c6", "ba331a84c627e710", "33ba841a27c610e7");
    }

    @Test
    void the_parity_rows_of_4_and_2_are_those_of_the_original_network() {
        assertThat(parityRows(4, 2)).containsExactly("1b1c1214", "1c1b1412");
    }

    @Test
    void the_parity_of_one_data_shard_is_its_copy() {
        byte[] shard = {1, 2, 3};

        assertThat(new ReedSolomon(1, 2).encode(List.of(shard))).containsExactly(shard, shard, shard);
    }

    @Test
    void codes_without_parity_and_of_the_largest_sizes_rebuild_what_they_can() {
        for (int[] size : new int[][] {{1, 0}, {256, 0}, {1, 255}, {128, 128}, {200, 56}}) {
            ReedSolomon code = new ReedSolomon(size[0], size[1]);
            List<byte[]> stripe = code.encode(randomShards(size[0], 37));
            List<Optional<byte[]>> left =
                    new ArrayList<>(stripe.stream().map(Optional::of).toList());
            for (int lost = 0; lost < size[1]; lost++) {
                left.set(lost, Optional.empty());
            }

            assertThat(code.reconstruct(left)).containsExactlyElementsOf(stripe);
        }
    }

    @Test
    void shards_longer_than_a_block_are_coded_whole() {
        ReedSolomon code = new ReedSolomon(5, 11);
        List<byte[]> stripe = code.encode(randomShards(5, 10_007));
        List<Optional<byte[]>> left =
                new ArrayList<>(stripe.stream().map(Optional::of).toList());
        for (int lost : new int[] {0, 1, 2, 3, 4, 5, 7, 9, 11, 13, 15}) {
            left.set(lost, Optional.empty());
        }

        assertThat(code.reconstruct(left)).containsExactlyElementsOf(stripe);
    }

    @Test
    void only_the_wanted_shards_come_back_in_the_order_asked() {
        ReedSolomon code = new ReedSolomon(3, 3);
        List<byte[]> stripe = code.encode(randomShards(3, 5));
        List<Optional<byte[]>> left = List.of(
                Optional.empty(),
                Optional.of(stripe.get(1)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(stripe.get(4)),
                Optional.of(stripe.get(5)));

        assertThat(code.reconstruct(left, List.of(3, 1, 0)))
                .containsExactly(stripe.get(3), stripe.get(1), stripe.get(0));
        assertThat(code.reconstruct(left, List.of())).isEmpty();
    }

    @Test
    void present_shards_are_handed_back_not_copied_and_never_changed() {
        ReedSolomon code = new ReedSolomon(2, 1);
        List<byte[]> data = randomShards(2, 9);
        List<byte[]> before = data.stream().map(byte[]::clone).toList();

        List<byte[]> stripe = code.encode(data);

        assertThat(stripe.get(0)).isSameAs(data.get(0)).isEqualTo(before.get(0));
        assertThat(stripe.get(1)).isSameAs(data.get(1)).isEqualTo(before.get(1));
    }

    @Test
    void shards_that_do_not_suffice_are_named_failures() {
        ReedSolomon code = new ReedSolomon(2, 1);
        Optional<byte[]> three = Optional.of(new byte[3]);
        Optional<byte[]> none = Optional.empty();

        assertFails(code, List.of(three, three), Kind.WRONG_SHARD_COUNT, "2 places for shards given, 2+1 have 3");
        assertFails(code, List.of(three, none, none), Kind.TOO_FEW_SHARDS, "1 of 3 shards are present, 2 are needed");
        assertFails(
                code,
                List.of(three, none, Optional.of(new byte[4])),
                Kind.WRONG_SHARD_LENGTH,
                "shards must have one positive length, not [3, 4]");
        assertFails(
                code,
                List.of(Optional.of(new byte[0]), Optional.of(new byte[0]), none),
                Kind.WRONG_SHARD_LENGTH,
                "shards must have one positive length, not [0, 0]");
    }

    @Test
    void impossible_codes_and_data_are_refused() {
        for (int[] size : new int[][] {{0, 4}, {-1, 4}, {4, -1}, {200, 57}, {257, 0}, {Integer.MAX_VALUE, 1}}) {
            assertThatThrownBy(() -> new ReedSolomon(size[0], size[1])).isInstanceOf(IllegalArgumentException.class);
        }
        ReedSolomon code = new ReedSolomon(2, 1);
        for (List<byte[]> data : List.of(
                List.of(new byte[1]),
                List.of(new byte[1], new byte[2]),
                List.of(new byte[0], new byte[0]),
                List.of(new byte[1], new byte[1], new byte[1]))) {
            assertThatThrownBy(() -> code.encode(data)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void assertFails(ReedSolomon code, List<Optional<byte[]>> shards, Kind kind, String message) {
        assertThatThrownBy(() -> code.reconstruct(shards))
                .isInstanceOfSatisfying(
                        CesFailure.class, failure -> assertThat(failure.kind()).isEqualTo(kind))
                .hasMessage(message);
    }

    /** Data shard i is 1 at byte i and 0 elsewhere, so that a parity shard is its row of the matrix. */
    private static List<String> parityRows(int k, int m) {
        List<byte[]> identity = new ArrayList<>();
        for (int i = 0; i < k; i++) {
            byte[] shard = new byte[k];
            shard[i] = 1;
            identity.add(shard);
        }
        return new ReedSolomon(k, m)
                .encode(identity).stream()
                        .skip(k)
                        .map(HexFormat.of()::formatHex)
                        .toList();
    }

    private static List<byte[]> randomShards(int count, int size) {
        RandomStream random = RandomStream.of(count, "shards");
        List<byte[]> shards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] shard = new byte[size];
            random.fill(shard);
            shards.add(shard);
        }
        return shards;
    }
}
