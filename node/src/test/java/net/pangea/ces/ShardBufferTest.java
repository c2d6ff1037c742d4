package net.pangea.ces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.ces.CesFailure.Kind;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

final class ShardBufferTest {

    @Test
    void shards_lie_without_gaps_or_an_odd_number_of_cache_lines_apart() {
        assertThat(ShardBuffer.joined(3, 10).at(2)).isEqualTo(20);
        assertThat(ShardBuffer.joined(3, 10).bytes()).hasSize(30);
        for (int[] sizeAndStride : new int[][] {{1, 64}, {64, 64}, {65, 192}, {129, 192}, {131_072, 131_136}}) {
            assertThat(ShardBuffer.padded(2, sizeAndStride[0]).at(1)).isEqualTo(sizeAndStride[1]);
        }
    }

    @Property(tries = 60)
    void coding_in_place_gives_the_bytes_of_coding_separate_shards(
            @ForAll @IntRange(min = 1, max = 20) int k,
            @ForAll @IntRange(max = 12) int m,
            @ForAll @IntRange(min = 1, max = 6000) int shardSize,
            @ForAll boolean isPadded,
            @ForAll long seed) {
        RandomStream random = RandomStream.of(seed, "stripe");
        ShardBuffer stripe = isPadded ? ShardBuffer.padded(k + m, shardSize) : ShardBuffer.joined(k + m, shardSize);
        random.fill(stripe.bytes());
        List<byte[]> data = IntStream.range(0, k).mapToObj(stripe::shard).toList();
        List<byte[]> expected = new ReedSolomon(k, m).encode(data);
        ReedSolomon code = new ReedSolomon(k, m, 512);

        code.encode(stripe);
        assertThat(shardsOf(stripe)).containsExactlyElementsOf(expected);

        byte[] whole = stripe.bytes().clone();
        SortedSet<Integer> present = new TreeSet<>(numbers(k + m));
        List<Integer> places = new ArrayList<>(numbers(k + m));
        random.shuffle(places);
        for (int lost : places.subList(0, random.nextInt(m + 1))) {
            present.remove(lost);
            Arrays.fill(stripe.bytes(), stripe.at(lost), stripe.at(lost) + shardSize, (byte) seed);
        }
        code.reconstruct(stripe, present, new TreeSet<>(numbers(k + m)));
        assertThat(stripe.bytes()).isEqualTo(whole);
    }

    @Test
    void only_what_is_wanted_is_written() {
        ReedSolomon code = new ReedSolomon(2, 2);
        ShardBuffer stripe = ShardBuffer.joined(4, 5);
        RandomStream.of(1, "stripe").fill(stripe.bytes());
        code.encode(stripe);
        byte[] whole = stripe.bytes().clone();
        Arrays.fill(stripe.bytes(), 0, 10, (byte) 7);

        code.reconstruct(stripe, new TreeSet<>(List.of(2, 3)), new TreeSet<>(List.of(1)));

        assertThat(stripe.shard(0)).containsOnly(7);
        Arrays.fill(whole, 0, 5, (byte) 7);
        assertThat(stripe.bytes()).isEqualTo(whole);
    }

    @Test
    void stripes_and_numbers_that_do_not_fit_are_refused() {
        ReedSolomon code = new ReedSolomon(2, 1);
        ShardBuffer stripe = ShardBuffer.joined(3, 5);
        SortedSet<Integer> none = new TreeSet<>();

        assertThatThrownBy(() -> code.encode(ShardBuffer.joined(4, 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a stripe of 4 shards, 2+1 have 3");
        assertThatThrownBy(() -> code.reconstruct(stripe, none, new TreeSet<>(List.of(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shards [3] of 3");
        assertThatThrownBy(() -> code.reconstruct(stripe, new TreeSet<>(List.of(1)), none))
                .isInstanceOfSatisfying(
                        CesFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.TOO_FEW_SHARDS))
                .hasMessage("1 of 3 shards are present, 2 are needed");
        for (int[] impossible : new int[][] {{0, 1}, {1, 0}, {256, 1 << 23}, {1, Integer.MAX_VALUE}}) {
            assertThatThrownBy(() -> ShardBuffer.joined(impossible[0], impossible[1]))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> ShardBuffer.padded(impossible[0], impossible[1]))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static List<byte[]> shardsOf(ShardBuffer stripe) {
        return numbers(stripe.shards()).stream().map(stripe::shard).toList();
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }
}
