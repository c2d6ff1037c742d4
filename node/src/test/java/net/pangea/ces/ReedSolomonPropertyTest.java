package net.pangea.ces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.machine.RandomStream;

final class ReedSolomonPropertyTest {

    /**
     * The code is polynomial interpolation: shard r holds at each byte the value at r of the polynomial of degree
     * below k that has data shard i as its value at i. Checked with arithmetic of its own.
     */
    @Property(tries = 200)
    void parity_is_the_interpolated_polynomial(
            @ForAll @IntRange(min = 1, max = 40) int k, @ForAll @IntRange(max = 20) int m, @ForAll long seed) {
        List<byte[]> data = shards(RandomStream.of(seed, "data"), k, 3);

        List<byte[]> stripe = new ReedSolomon(k, m).encode(data);

        assertThat(stripe).hasSize(k + m);
        for (int r = 0; r < k + m; r++) {
            byte[] expected = new byte[3];
            for (int i = 0; i < k; i++) {
                int weight = 1;
                for (int j = 0; j < k; j++) {
                    if (j != i) {
                        weight = product(weight, product(r ^ j, inverse(i ^ j)));
                    }
                }
                for (int b = 0; b < expected.length; b++) {
                    expected[b] ^= (byte) product(weight, data.get(i)[b] & 0xff);
                }
            }
            assertThat(stripe.get(r)).isEqualTo(expected);
        }
    }

    @Property(tries = 300)
    void any_loss_of_up_to_m_shards_is_rebuilt_to_the_same_bytes(
            @ForAll @IntRange(min = 1, max = 48) int k,
            @ForAll @IntRange(max = 24) int m,
            @ForAll @IntRange(min = 1, max = 2100) int shardSize,
            @ForAll long seed) {
        RandomStream random = RandomStream.of(seed, "loss");
        ReedSolomon code = new ReedSolomon(k, m);
        List<byte[]> stripe = code.encode(shards(random, k, shardSize));
        List<Integer> places = new ArrayList<>(IntStream.range(0, k + m).boxed().toList());
        random.shuffle(places);
        List<Optional<byte[]>> left =
                new ArrayList<>(stripe.stream().map(Optional::of).toList());
        places.subList(0, random.nextInt(m + 1)).forEach(lost -> left.set(lost, Optional.empty()));

        assertThat(code.reconstruct(left)).containsExactlyElementsOf(stripe);
        int one = random.nextInt(k + m);
        assertThat(code.reconstruct(left, List.of(one))).containsExactly(stripe.get(one));
    }

    private static List<byte[]> shards(RandomStream random, int count, int size) {
        return IntStream.range(0, count)
                .mapToObj(_ -> {
                    byte[] shard = new byte[size];
                    random.fill(shard);
                    return shard;
                })
                .toList();
    }

    private static int product(int a, int b) {
        int product = 0;
        for (int bit = 0; bit < 8; bit++) {
            if (((b >>> bit) & 1) == 1) {
                product ^= a << bit;
            }
        }
        for (int bit = 15; bit >= 8; bit--) {
            if (((product >>> bit) & 1) == 1) {
                product ^= 0x11d << (bit - 8);
            }
        }
        return product;
    }

    /** a to the power of 254, by squaring seven times. */
    private static int inverse(int a) {
        int inverse = 1;
        int square = a;
        for (int i = 0; i < 7; i++) {
            square = product(square, square);
            inverse = product(inverse, square);
        }
        return inverse;
    }
}
