package net.pangea.ces;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.pangea.ces.CesFailure.Kind;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

final class CesTest {
    private static final byte[] KEY = "an easily guessed key of 32 byte".getBytes(ISO_8859_1);
    private static final Ces CES = new Ces(8, 4);

    @Test
    void content_of_every_kind_and_size_comes_back_from_any_half_of_a_4_and_4_stripe() {
        Ces ces = new Ces(4, 4);
        List<String> heads = List.of(
                "", "PK\3\4", "\u001f\u008b\b\0", "\u00ff\u00d8\u00ff\u00e0", "\0\0\0\u0018ftypmp42", "fLaC", "MZ..");
        for (String head : heads) {
            for (int size = head.length(); size < 300; size += size < 40 ? 1 : 17) {
                for (boolean isText : new boolean[] {true, false}) {
                    byte[] content = content(head, size, isText);
                    List<byte[]> stripe = ces.encode(content, KEY, nonces(size));
                    for (List<Integer> lost : List.of(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(1, 3, 4, 6))) {
                        assertThat(ces.decode(without(stripe, lost), KEY, size)).isEqualTo(content);
                    }
                }
            }
        }
    }

    @Test
    void a_full_segment_and_one_beyond_it_come_back() {
        for (int size : new int[] {Ces.SEGMENT_BYTES_MAX, 4 * Ces.SEGMENT_BYTES_MAX + 1}) {
            byte[] content = content("", size, false);

            List<byte[]> stripe = CES.encode(content, KEY, nonces(1));

            assertThat(stripe).hasSize(12);
            assertThat(CES.decode(without(stripe, List.of(0, 3, 5, 8)), KEY, size))
                    .isEqualTo(content);
        }
    }

    @Test
    void the_same_draws_give_the_same_shards_and_other_draws_give_others() {
        byte[] content = content("", 5000, true);

        List<byte[]> stripe = CES.encode(content, KEY, nonces(1));

        assertThat(CES.encode(content, KEY, nonces(1))).containsExactlyElementsOf(stripe);
        assertThat(CES.encode(content, KEY, nonces(2)).get(1)).isNotEqualTo(stripe.get(1));
    }

    @Test
    void the_type_of_the_whole_object_may_be_given() {
        byte[] content = content("", 50_000, true);

        int asText = CES.encode(content, ContentType.TEXT, KEY, nonces(1)).getFirst().length;
        List<byte[]> asVideo = CES.encode(content, ContentType.VIDEO, KEY, nonces(1));

        assertThat(asVideo.getFirst()).hasSizeGreaterThan(50_000 / 8).hasSizeGreaterThan(10 * asText);
        assertThat(CES.decode(without(asVideo, List.of()), KEY, 50_000)).isEqualTo(content);
    }

    @Test
    void shards_are_as_long_as_the_length_nonce_tag_and_frame_need() {
        // An empty frame has 9 bytes: 4 + 24 + 9 + 16 = 53 bytes.
        assertThat(new Ces(1, 0).encode(new byte[0], KEY, nonces(1))).allMatch(shard -> shard.length == 53);
        assertThat(CES.encode(new byte[0], KEY, nonces(1))).hasSize(12).allMatch(shard -> shard.length == 7);
        assertThat(new Ces(100, 0).encode(new byte[0], KEY, nonces(1))).allMatch(shard -> shard.length == 1);
    }

    @Test
    void any_flipped_bit_of_a_shard_used_is_a_named_failure() {
        byte[] content = content("", 100, false);
        List<byte[]> stripe = CES.encode(content, KEY, nonces(1));
        int payloadBytes = 4 + 24 + 16 + Compression.compress(content, ContentType.of(content)).length;
        for (int place = 0; place < 12; place++) {
            // The first shards are lost, so that parity is used too.
            List<Integer> lost = place < 8 ? List.of(8, 9, 10, 11) : List.of(0, 1, 2, 3);
            int shardSize = stripe.getFirst().length;
            for (int bit = 0; bit < shardSize * 8; bit++) {
                List<Optional<byte[]>> shards = new ArrayList<>(without(stripe, lost));
                byte[] flipped = stripe.get(place).clone();
                flipped[bit / 8] ^= (byte) (1 << (bit % 8));
                shards.set(place, Optional.of(flipped));

                Outcome outcome = Outcome.of(() -> CES.decode(shards, KEY, 100));

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
        List<byte[]> stripe = CES.encode(content("", 1000, false), KEY, nonces(1));
        List<Optional<byte[]>> swapped = new ArrayList<>(without(stripe, List.of()));
        swapped.set(3, Optional.of(stripe.get(4)));
        swapped.set(4, Optional.of(stripe.get(3)));

        assertFails(Kind.NOT_AUTHENTIC, swapped, KEY, 1000);
        assertFails(Kind.NOT_AUTHENTIC, without(stripe, List.of()), new byte[32], 1000);
    }

    @Test
    void too_few_unequal_and_cut_shards_are_named() {
        List<byte[]> stripe = CES.encode(content("", 1000, false), KEY, nonces(1));
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
        Ces plain = new Ces(1, 0);
        for (byte[] shard : new byte[][] {
            {1}, {1, 0, 0}, new byte[4], new byte[100], {39, 0, 0, 0}, {-1, -1, -1, -1, 0}, {60, 0, 0, 0, 1, 2}
        }) {
            assertThat(Outcome.of(() -> plain.decode(List.of(Optional.of(shard)), KEY, 10))
                            .failure())
                    .isEqualTo(Kind.TRUNCATED);
        }
    }

    @Test
    void authentic_bytes_that_are_no_frame_are_named() {
        byte[] nonce = new byte[24];
        byte[] sealed = XChaCha20Poly1305.seal(KEY, nonce, new byte[0], new byte[] {1, 2, 3, 4, 5});
        List<byte[]> stripe = new ReedSolomon(8, 4).encode(new Payload(nonce, sealed).split(8));

        assertFails(Kind.BAD_FRAME, without(stripe, List.of()), KEY, 1000);
    }

    @Test
    void content_beyond_a_limit_is_too_large() {
        List<byte[]> stripe = CES.encode(content("", 1000, true), KEY, nonces(1));

        assertFails(Kind.TOO_LARGE, without(stripe, List.of()), KEY, 999);
        assertThatThrownBy(() -> CES.encode(new byte[Ces.CONTENT_BYTES_MAX + 1], KEY, nonces(1)))
                .isInstanceOf(CesFailure.class)
                .hasMessage("67108865 bytes are more than one stripe's 67108864");
        assertThatThrownBy(() -> CES.decode(without(stripe, List.of()), KEY, Ces.CONTENT_BYTES_MAX + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CES.decode(without(stripe, List.of()), KEY, -1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_key_of_a_wrong_length_is_refused() {
        assertThatThrownBy(() -> CES.encode(new byte[1], new byte[16], nonces(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key has 16 bytes, not 32");
    }

    private static void assertFails(Kind expected, List<Optional<byte[]>> shards, byte[] key, int limitBytes) {
        assertThat(Outcome.of(() -> CES.decode(shards, key, limitBytes)).failure())
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
