package net.pangea.ces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

final class VectorKernelTest {
    private static final List<Integer> WIDTHS = List.of(128, 256, 512);

    @Test
    void this_jvm_has_the_module_so_that_the_tests_see_vectors() {
        assertThat(Vectors.arePresent()).isTrue();
        assertThat(Kernel.of(512)).isEqualTo(new VectorKernel(512));
    }

    @Test
    void machines_without_vectors_get_the_tables() {
        assertThat(Kernel.of(0)).isSameAs(PackedTables.INSTANCE);
        assertThat(Kernel.of(64)).isSameAs(PackedTables.INSTANCE);
    }

    @Test
    void the_parity_rows_are_those_of_the_original_network() {
        assertThat(parityRows(8, 4))
                .containsExactly("1a84ba33e710c627", "841a33ba10e727c6", "ba331a84c627e710", "33ba841a27c610e7");
        assertThat(parityRows(4, 2)).containsExactly("1b1c1214", "1c1b1412");
    }

    /** Data shard i is 1 at byte i and 0 elsewhere, so that a parity shard begins with its row of the matrix. */
    private static List<String> parityRows(int k, int m) {
        ShardBuffer stripe = ShardBuffer.padded(k + m, VectorKernel.LENGTH_MIN);
        for (int i = 0; i < k; i++) {
            stripe.bytes()[stripe.at(i) + i] = 1;
        }
        new ReedSolomon(k, m, 512).encode(stripe);
        return IntStream.range(k, k + m)
                .mapToObj(i -> HexFormat.of().formatHex(stripe.shard(i), 0, k))
                .toList();
    }

    @Property(tries = 15)
    void every_width_gives_the_bytes_of_the_tables(
            @ForAll @IntRange(min = 1, max = 40) int inputs,
            @ForAll @IntRange(min = 1, max = 12) int outputs,
            @ForAll @IntRange(min = -3, max = 4200) int beyondTheLeast,
            @ForAll long seed) {
        int length = VectorKernel.LENGTH_MIN + beyondTheLeast;
        RandomStream random = RandomStream.of(seed, "kernel");
        GaloisMatrix matrix = matrix(inputs, outputs);
        byte[][] in = random(random, inputs, length);
        byte[][] expected = new byte[outputs][length];
        PackedTables.INSTANCE.multiply(matrix, Rows.of(in), Rows.of(expected), length);

        for (int width : WIDTHS) {
            // What outputs held before must not matter.
            byte[][] out = random(random, outputs, length);
            new VectorKernel(width).multiply(matrix, Rows.of(in), Rows.of(out), length);
            assertThat(out).as("%d bits", width).isDeepEqualTo(expected);
        }
    }

    @Test
    void the_largest_matrices_are_multiplied_as_the_tables_do() {
        for (int inputs : new int[] {16, 17, 128, 255}) {
            int outputs = Galois.SIZE - inputs;
            int length = VectorKernel.LENGTH_MIN + 127;
            GaloisMatrix matrix = matrix(inputs, outputs);
            byte[][] in = random(RandomStream.of(inputs, "inputs"), inputs, length);
            byte[][] expected = new byte[outputs][length];
            byte[][] out = new byte[outputs][length];

            PackedTables.INSTANCE.multiply(matrix, Rows.of(in), Rows.of(expected), length);
            new VectorKernel(512).multiply(matrix, Rows.of(in), Rows.of(out), length);

            assertThat(out).isDeepEqualTo(expected);
        }
    }

    @Test
    void every_factor_multiplies_every_byte() {
        byte[] in = new byte[VectorKernel.LENGTH_MIN];
        for (int i = 0; i < in.length; i++) {
            in[i] = (byte) i;
        }
        byte[][] out = new byte[Galois.SIZE][in.length];

        // The column of a Vandermonde matrix with row^1: one factor a row.
        GaloisMatrix factors = GaloisMatrix.vandermonde(Galois.SIZE, 2);
        new VectorKernel(512).multiply(factors, Rows.of(new byte[in.length], in), Rows.of(out), in.length);

        for (int factor = 0; factor < Galois.SIZE; factor++) {
            byte[] expected = new byte[in.length];
            for (int i = 0; i < in.length; i++) {
                expected[i] = (byte) Galois.multiply(factor, in[i] & 0xff);
            }
            assertThat(out[factor]).isEqualTo(expected);
        }
    }

    private static GaloisMatrix matrix(int inputs, int outputs) {
        return GaloisMatrix.vandermonde(Galois.SIZE, inputs)
                .rows(IntStream.range(0, outputs).mapToObj(i -> 255 - i).toList());
    }

    private static byte[][] random(RandomStream random, int count, int size) {
        List<byte[]> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] row = new byte[size];
            random.fill(row);
            rows.add(row);
        }
        return rows.toArray(byte[][]::new);
    }
}
