package net.pangea.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.protocol.Limits;

class ManifestTest {

    @Example
    void the_bytes_of_a_manifest_never_change() {
        Manifest manifest = manifest(1, 1, 1);

        assertThat(manifest.encode().hex())
                .isEqualTo("50474d01" + "01" + "01" + "00400000" + "00000001" + "aa".repeat(32) + "bb".repeat(281)
                        + "00000007" + "00".repeat(32) + "01".repeat(32));
    }

    @Property(tries = 100)
    void a_manifest_decodes_to_itself(
            @ForAll @IntRange(min = 1, max = 20) int k,
            @ForAll @IntRange(min = 1, max = 20) int m,
            @ForAll @IntRange(min = 1, max = 5) int segments) {
        Manifest manifest = manifest(k, m, segments);

        assertThat(Manifest.decode(manifest.encode())).isEqualTo(manifest);
    }

    @Property
    void changed_bytes_are_another_manifest_or_malformed(
            @ForAll @IntRange(min = 0, max = 400) int where, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] bytes = manifest(2, 1, 2).encode().toArray();
        bytes[where] ^= (byte) change;
        try {
            assertThat(Manifest.decode(Bytes.wrap(bytes)).encode()).isEqualTo(Bytes.wrap(bytes));
        } catch (MalformedBytes e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Property
    void a_cut_off_manifest_is_malformed(@ForAll @IntRange(min = 0, max = 300) int size) {
        Bytes cut = manifest(2, 1, 2).encode().slice(0, size);

        assertThatThrownBy(() -> Manifest.decode(cut)).isInstanceOf(MalformedBytes.class);
    }

    @Example
    void the_largest_manifest_fits_a_message() {
        Manifest largest = manifest(255, 1, Limits.MAX_SEGMENTS);

        assertThat(largest.encode().size()).isLessThan(Limits.MAX_MANIFEST_BYTES);
        assertThat(Manifest.decode(largest.encode())).isEqualTo(largest);
    }

    @Example
    void an_object_is_cut_into_full_segments_and_a_rest() {
        assertThat(sizes(0)).containsExactly(0);
        assertThat(sizes(1)).containsExactly(1);
        assertThat(sizes(10)).containsExactly(10);
        assertThat(sizes(11)).containsExactly(10, 1);
        assertThat(sizes(20)).containsExactly(10, 10);
    }

    private static List<Integer> sizes(long objectBytes) {
        return IntStream.range(0, Manifest.segmentsOf(objectBytes, 10))
                .mapToObj(index -> Manifest.sizeOfSegment(index, objectBytes, 10))
                .toList();
    }

    private static Manifest manifest(int k, int m, int segments) {
        List<Sha256> shards = IntStream.range(0, k + m)
                .mapToObj(i -> new Sha256(filled(32, i)))
                .toList();
        return new Manifest(
                k,
                m,
                Limits.SEGMENT_BYTES,
                new Sha256(filled(32, 0xaa)),
                filled(Header.SEALED_BYTES, 0xbb),
                Collections.nCopies(segments, new Manifest.Segment(7, shards)));
    }

    private static Bytes filled(int size, int value) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) value);
        return Bytes.wrap(bytes);
    }
}
