package net.pangea.ces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.pangea.bytes.Bytes;
import net.pangea.ces.CesFailure.Kind;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

final class CesTest {
    private static final byte[] KEY = "an easily guessed key of 32 byte".getBytes(ISO_8859_1);
    private static final Ces CES = new Ces(8, 4, 512);
    private static final Suite SUITE = Suite.XCHACHA20_POLY1305;

    @Test
    void content_of_every_kind_and_size_comes_back_from_any_half_of_a_4_and_4_stripe() {
        Ces ces = new Ces(4, 4, 512);
        List<String> heads = List.of(
                "", "PK\3\4", "\u001f\u008b\b\0", "\u00ff\u00d8\u00ff\u00e0", "\0\0\0\u0018ftypmp42", "fLaC", "MZ..");
        for (String head : heads) {
            for (int size = head.length(); size < 300; size += size < 40 ? 1 : 17) {
                for (boolean isText : new boolean[] {true, false}) {
                    byte[] content = content(head, size, isText);
                    Suite suite = size % 2 == 0 ? Suite.AES_256_GCM : Suite.XCHACHA20_POLY1305;
                    List<byte[]> stripe =
                            Shards.arrays(ces.encode(content, ContentType.of(content), suite, KEY, nonces(size)));
                    for (List<Integer> lost : List.of(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(1, 3, 4, 6))) {
                        assertThat(ces.decode(Shards.wrapped(without(stripe, lost)), suite, KEY, size))
                                .isEqualTo(content);
                    }
                }
            }
        }
    }

    @Test
    void a_full_segment_comes_back_and_a_byte_more_makes_two() {
        for (Suite suite : Suite.values()) {
            for (int size : new int[] {Ces.SEGMENT_BYTES_MAX - 1, Ces.SEGMENT_BYTES_MAX, Ces.SEGMENT_BYTES_MAX + 1}) {
                byte[] content = content("", size, false);
                ByteArrayOutputStream back = new ByteArrayOutputStream();
                for (int from = 0; from < size; from += Ces.SEGMENT_BYTES_MAX) {
                    byte[] segment = Arrays.copyOfRange(content, from, Math.min(size, from + Ces.SEGMENT_BYTES_MAX));

                    List<byte[]> stripe =
                            Shards.arrays(CES.encode(segment, ContentType.UNKNOWN, suite, KEY, nonces(from)));

                    assertThat(stripe).hasSize(12);
                    back.writeBytes(CES.decode(
                            Shards.wrapped(without(stripe, List.of(0, 3, 5, 8))), suite, KEY, segment.length));
                }
                assertThat(back.toByteArray()).isEqualTo(content);
            }
        }
    }

    @Test
    void the_same_draws_give_the_same_shards_and_other_draws_give_others() {
        byte[] content = content("", 5000, true);

        List<byte[]> stripe = encode(content, nonces(1));

        assertThat(encode(content, nonces(1))).containsExactlyElementsOf(stripe);
        assertThat(encode(content, nonces(2)).get(1)).isNotEqualTo(stripe.get(1));
    }

    @Test
    void the_width_of_vectors_changes_no_byte() {
        byte[] content = content("", 100_000, false);
        List<Bytes> stripe = CES.encode(content, ContentType.UNKNOWN, SUITE, KEY, nonces(1));
        List<Optional<Bytes>> left =
                new ArrayList<>(stripe.stream().map(Optional::of).toList());
        for (int lost : new int[] {1, 2, 7, 9}) {
            left.set(lost, Optional.empty());
        }

        for (int vectorBits : new int[] {0, 128, 256}) {
            Ces other = new Ces(8, 4, vectorBits);
            assertThat(other.encode(content, ContentType.UNKNOWN, SUITE, KEY, nonces(1)))
                    .isEqualTo(stripe);
            assertThat(other.decode(left, SUITE, KEY, 100_000)).isEqualTo(content);
        }
    }

    @Test
    void decoding_leaves_the_shards_as_they_are() {
        byte[] content = content("", 100_000, false);
        List<Bytes> stripe = CES.encode(content, ContentType.UNKNOWN, SUITE, KEY, nonces(1));
        List<byte[]> before = Shards.arrays(stripe);

        byte[] _ = CES.decode(stripe.stream().map(Optional::of).toList(), SUITE, KEY, 100_000);

        assertThat(Shards.arrays(stripe)).containsExactlyElementsOf(before);
    }

    @Test
    void the_type_of_the_whole_object_may_be_given() {
        byte[] content = content("", 50_000, true);

        int asText = Shards.arrays(CES.encode(content, ContentType.TEXT, SUITE, KEY, nonces(1)))
                .getFirst()
                .length;
        List<byte[]> asVideo = Shards.arrays(CES.encode(content, ContentType.VIDEO, SUITE, KEY, nonces(1)));

        assertThat(asVideo.getFirst()).hasSizeGreaterThan(50_000 / 8).hasSizeGreaterThan(10 * asText);
        assertThat(CES.decode(Shards.wrapped(without(asVideo, List.of())), SUITE, KEY, 50_000))
                .isEqualTo(content);
    }

    @Test
    void shards_are_as_long_as_the_length_nonce_tag_and_frame_need() {
        // An empty frame has 9 bytes, with padding 18: 4 + 24 + 18 + 16 = 62 bytes; AES-GCM's nonce is 12 bytes
        // shorter.
        assertThat(shardBytes(new Ces(1, 0, 512), SUITE)).isEqualTo(62);
        assertThat(shardBytes(new Ces(1, 0, 512), Suite.AES_256_GCM)).isEqualTo(50);
        assertThat(shardBytes(CES, SUITE)).isEqualTo(8);
        assertThat(shardBytes(new Ces(100, 156, 512), SUITE)).isEqualTo(1);
    }

    private static int shardBytes(Ces ces, Suite suite) {
        return Shards.arrays(ces.encode(new byte[0], ContentType.UNKNOWN, suite, KEY, nonces(1)))
                .getFirst()
                .length;
    }

    @Test
    void contents_of_like_sizes_have_shards_of_one_size() {
        List<Integer> shardBytes = IntStream.range(100_000, 102_000)
                .mapToObj(size -> encode(content("", size, false), nonces(size)).getFirst().length)
                .distinct()
                .toList();

        assertThat(shardBytes).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void any_flipped_bit_of_a_shard_used_is_a_named_failure() {
        byte[] content = content("", 100, false);
        List<byte[]> stripe = encode(content, nonces(1));
        int payloadBytes = 4 + 24 + 16 + Shards.padded(Compression.compress(content, ContentType.of(content))).length;
        for (int place = 0; place < 12; place++) {
            // The first shards are lost, so that parity is used too.
            List<Integer> lost = place < 8 ? List.of(8, 9, 10, 11) : List.of(0, 1, 2, 3);
            int shardSize = stripe.getFirst().length;
            for (int bit = 0; bit < shardSize * 8; bit++) {
                List<Optional<byte[]>> shards = new ArrayList<>(without(stripe, lost));
                byte[] flipped = stripe.get(place).clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                shards.set(place, Optional.of(flipped));

                Outcome outcome = Outcome.of(() -> CES.decode(Shards.wrapped(shards), SUITE, KEY, 100));

                if (place < 8 && place * shardSize + bit / 8 >= payloadBytes) {
                    assertThat(outcome.content())
                            .as("the filling is not looked at")
                            .hasValue(content);
                } else {
                    assertThat(outcome.failure()).isIn(Kind.NOT_AUTHENTIC, Kind.TRUNCATED);
                }
            }
        }
    }

    @Test
    void shards_in_the_wrong_places_and_a_wrong_key_are_not_authentic() {
        List<byte[]> stripe = encode(content("", 1000, false), nonces(1));
        List<Optional<byte[]>> swapped = new ArrayList<>(without(stripe, List.of()));
        swapped.set(3, Optional.of(stripe.get(4)));
        swapped.set(4, Optional.of(stripe.get(3)));

        assertFails(Kind.NOT_AUTHENTIC, swapped, KEY, 1000);
        assertFails(Kind.NOT_AUTHENTIC, without(stripe, List.of()), new byte[32], 1000);
        assertThat(Outcome.of(() ->
                                CES.decode(Shards.wrapped(without(stripe, List.of())), Suite.AES_256_GCM, KEY, 1000))
                        .failure())
                .isEqualTo(Kind.NOT_AUTHENTIC);
    }

    @Test
    void numbers_of_shards_that_no_code_has_are_named() {
        for (int[] numbers : new int[][] {{0, 4}, {-1, 4}, {8, -1}, {200, 57}, {257, 0}, {1, Integer.MAX_VALUE}}) {
            assertThatThrownBy(() -> new Ces(numbers[0], numbers[1], 512))
                    .isInstanceOfSatisfying(
                            CesFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.BAD_REDUNDANCY))
                    .hasMessageContaining("at least 1 data shard");
        }
    }

    @Test
    void files_of_the_original_network_without_a_frame_are_read_as_they_are() {
        byte[] zip = content("PK\3\4", 1000, false);
        byte[] other = content("", 1000, false);
        List<Optional<byte[]>> zipShards = raw(zip);
        List<Optional<byte[]>> otherShards = raw(other);

        assertThat(CES.decodeLegacy(Shards.wrapped(zipShards), KEY, LegacyContent.DETECTED, 1000))
                .isEqualTo(zip);
        assertThat(CES.decodeLegacy(Shards.wrapped(zipShards), KEY, LegacyContent.RAW, 1000))
                .isEqualTo(zip);
        assertThat(CES.decodeLegacy(Shards.wrapped(otherShards), KEY, LegacyContent.RAW, 1000))
                .isEqualTo(other);
        assertLegacyFails(Kind.TOO_LARGE, zipShards, LegacyContent.DETECTED, 999);
        assertLegacyFails(Kind.BAD_FRAME, zipShards, LegacyContent.ZSTD_FRAME, 1000);
        assertLegacyFails(Kind.BAD_FRAME, otherShards, LegacyContent.DETECTED, 1000);
        assertFails(Kind.BAD_FRAME, zipShards, KEY, 1000);
    }

    private static List<Optional<byte[]>> raw(byte[] content) {
        return without(Shards.arrays(CES.shard(Frame.unpadded(content), SUITE, KEY, nonces(1))), List.of());
    }

    private static void assertLegacyFails(
            Kind expected, List<Optional<byte[]>> shards, LegacyContent content, int limitBytes) {
        assertThat(Outcome.of(() -> CES.decodeLegacy(Shards.wrapped(shards), KEY, content, limitBytes))
                        .failure())
                .isEqualTo(expected);
    }

    @Test
    void too_few_unequal_and_cut_shards_are_named() {
        List<byte[]> stripe = encode(content("", 1000, false), nonces(1));
        List<Optional<byte[]>> cut = stripe.stream()
                .map(shard -> Optional.of(Arrays.copyOf(shard, shard.length / 2)))
                .toList();
        List<Optional<byte[]>> unequal = new ArrayList<>(without(stripe, List.of()));
        unequal.set(11, cut.get(11));

        assertFails(Kind.TOO_FEW_SHARDS, without(stripe, List.of(0, 1, 2, 10, 11)), KEY, 1000);
        assertFails(Kind.WRONG_SHARD_COUNT, without(stripe, List.of()).subList(0, 11), KEY, 1000);
        assertFails(Kind.WRONG_SHARD_LENGTH, unequal, KEY, 1000);
        assertFails(Kind.TRUNCATED, cut, KEY, 1000);
    }

    @Test
    void lengths_that_cannot_be_are_truncated() {
        Ces plain = new Ces(1, 0, 512);
        for (byte[] shard : new byte[][] {
            {1}, {1, 0, 0}, new byte[4], new byte[100], {39, 0, 0, 0}, {-1, -1, -1, -1, 0}, {60, 0, 0, 0, 1, 2}
        }) {
            assertThat(Outcome.of(() -> plain.decode(Shards.wrapped(List.of(Optional.of(shard))), SUITE, KEY, 10))
                            .failure())
                    .isEqualTo(Kind.TRUNCATED);
        }
    }

    @Test
    void authentic_bytes_that_are_no_frame_are_named() {
        List<byte[]> stripe =
                Shards.arrays(CES.shard(Frame.unpadded(new byte[] {1, 2, 3, 4, 5}), SUITE, KEY, nonces(1)));

        assertFails(Kind.BAD_FRAME, without(stripe, List.of()), KEY, 1000);
    }

    @Test
    void content_beyond_a_limit_is_too_large() {
        List<byte[]> stripe = encode(content("", 1000, true), nonces(1));

        assertFails(Kind.TOO_LARGE, without(stripe, List.of()), KEY, 999);
        assertThatThrownBy(() -> encode(new byte[Ces.SEGMENT_BYTES_MAX + 1], nonces(1)))
                .isInstanceOf(CesFailure.class)
                .hasMessage("4194305 bytes are more than a segment's 4194304: cut them");
        assertThatThrownBy(() ->
                        CES.decode(Shards.wrapped(without(stripe, List.of())), SUITE, KEY, Ces.CONTENT_BYTES_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CES.decode(Shards.wrapped(without(stripe, List.of())), SUITE, KEY, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_of_a_wrong_length_is_refused() {
        assertThatThrownBy(() ->
                        Shards.arrays(CES.encode(new byte[1], ContentType.UNKNOWN, SUITE, new byte[16], nonces(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key has 16 bytes, not 32");
    }

    private static List<byte[]> encode(byte[] content, SecureRandom nonces) {
        return Shards.arrays(CES.encode(content, ContentType.of(content), SUITE, KEY, nonces));
    }

    private static void assertFails(Kind expected, List<Optional<byte[]>> shards, byte[] key, int limitBytes) {
        assertThat(Outcome.of(() -> CES.decode(Shards.wrapped(shards), SUITE, key, limitBytes))
                        .failure())
                .isEqualTo(expected);
    }

    private static List<Optional<byte[]>> without(List<byte[]> stripe, List<Integer> lost) {
        List<Optional<byte[]>> left =
                new ArrayList<>(stripe.stream().map(Optional::of).toList());
        lost.forEach(place -> left.set(place, Optional.empty()));
        return left;
    }

    private static byte[] content(String head, int size, boolean isText) {
        byte[] content = new byte[size];
        if (isText) {
            Arrays.fill(content, (byte) 'e');
        } else {
            RandomStream.of(size, "content").fill(content);
        }
        byte[] start = head.getBytes(ISO_8859_1);
        System.arraycopy(start, 0, content, 0, start.length);
        return content;
    }

    private static SecureRandom nonces(long seed) {
        return new SeededNonces(seed);
    }
}
