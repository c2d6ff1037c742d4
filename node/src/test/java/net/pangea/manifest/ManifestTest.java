package net.pangea.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final int MAGIC_AND_VERSION = 0x50474d02;

    @Property(tries = 100)
    void a_manifest_of_any_redundancy_and_size_is_one_message(
            @ForAll @IntRange(min = 1, max = 256) int dataShards,
            @ForAll @IntRange(max = 255) int parity,
            @ForAll @IntRange(min = 1, max = ObjectLimits.MAX_SEGMENTS) int segments) {
        int parityShards = Math.min(parity, ObjectLimits.MAX_COLUMNS - dataShards);
        Manifest manifest = manifest(dataShards, parityShards, ObjectLimits.SEGMENT_BYTES, segments);

        assertThat(Manifest.decode(manifest.encode())).isEqualTo(manifest);
        assertThat(manifest.encode().size()).isLessThanOrEqualTo(Manifest.MAX_BYTES);
        assertThat(manifest.id()).isEqualTo(Sha256.of(manifest.encode()));
    }

    @Test
    void impossible_sizes_are_refused_before_anything_is_made_of_them() {
        assertThat(Manifest.decode(raw(1, 8, 4, 4 << 20, 1, 12)).columns()).isEqualTo(12);

        assertMalformed(raw(0, 8, 4, 4 << 20, 1, 12), "suite");
        assertMalformed(raw(1, 0, 4, 4 << 20, 1, 4), "k is 0");
        assertMalformed(raw(1, 257, 0, 4 << 20, 1, 257), "k is 257");
        assertMalformed(raw(1, 200, 57, 4 << 20, 1, 257), "m is 57");
        assertMalformed(raw(1, 0xffff, 0xffff, 4 << 20, 1, 0), "k is 65535");
        assertMalformed(raw(1, 8, 4, 0, 1, 12), "segment size");
        assertMalformed(raw(1, 8, 4, (4 << 20) + 1, 1, 12), "segment size");
        assertMalformed(raw(1, 8, 4, 4 << 20, 0, 12), "number of segments");
        assertMalformed(raw(1, 8, 4, 4 << 20, ObjectLimits.MAX_SEGMENTS + 1, 12), "number of segments");
        assertMalformed(raw(1, 8, 4, 4 << 20, 0xffff_ffffL, 12), "number of segments");
        assertMalformed(raw(1, 8, 4, 4 << 20, 1, 11), "cut off");
        assertMalformed(raw(1, 8, 4, 4 << 20, 1, 13), "too many");
    }

    @Test
    void what_could_not_be_read_cannot_be_made() {
        assertThatIllegalArgumentException().isThrownBy(() -> manifest(0, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> manifest(256, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> manifest(1, 0, ObjectLimits.SEGMENT_BYTES + 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> manifest(1, 0, 1, 0));
    }

    @Test
    void segments_cover_an_object_exactly() {
        for (long size : new long[] {0, 1, 9, 10, 11, 20, 95}) {
            int segments = ObjectLimits.segmentsOf(size, 10);
            long sum = 0;
            for (int i = 0; i < segments; i++) {
                sum += ObjectLimits.sizeOfSegment(i, size, 10);
            }
            assertThat(sum).isEqualTo(size);
            assertThat(segments).isPositive();
        }
        assertThat(ObjectLimits.segmentsOf(ObjectLimits.MAX_OBJECT_BYTES, ObjectLimits.SEGMENT_BYTES))
                .isEqualTo(ObjectLimits.MAX_SEGMENTS);
    }

    private static Manifest manifest(int dataShards, int parityShards, int segmentBytes, int segments) {
        return new Manifest(
                1,
                dataShards,
                parityShards,
                segmentBytes,
                segments,
                Examples.PLACE,
                Examples.OWNER.id(),
                Examples.hash("header"),
                Collections.nCopies(dataShards + parityShards, Examples.hash("root")));
    }

    private static Bytes raw(int suite, int k, int m, long segmentBytes, long segments, int roots) {
        ByteWriter out = new ByteWriter()
                .u32(MAGIC_AND_VERSION)
                .u8(suite)
                .u16(k)
                .u16(m)
                .u32(segmentBytes)
                .u32(segments);
        for (int i = 0; i < 3 + roots; i++) {
            out.raw(Examples.PLACE.bytes());
        }
        return out.toBytes();
    }

    private static void assertMalformed(Bytes bytes, String what) {
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> Manifest.decode(bytes))
                .withMessageContaining(what);
    }
}
