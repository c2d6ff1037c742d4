package net.pangea.ces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.pangea.bytes.Bytes;
import org.junit.jupiter.api.Test;

/** Shards of the original Pangea network, made with its code: nonce 00..17, key of zero bytes, 8+4. */
final class GoldenVectorTest {
    private static final byte[] FILE = "Full pipeline test data!".repeat(50).getBytes(UTF_8);
    private static final byte[] KEY = new byte[Ces.KEY_BYTES];
    private static final byte[] NONCE = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f1011121314151617");
    private static final byte[] FRAME = HexFormat.of()
            .parseHex("28b52ffd0060050100c046756c6c20706970656c696e652074657374206461746121010054b2ff1c03");
    static final List<byte[]> SHARDS = Stream.of(
                    "5100000000010203040506",
                    "0708090a0b0c0d0e0f1011",
                    "1213141516179562cdaff0",
                    "5164a022c26f10f460e393",
                    "baeb75370d4dbf1f6f5446",
                    "3dbfd860185fa691e91870",
                    "404d34d7a1ca4f91f16a4b",
                    "d2e2f895fab4f02e000000",
                    "f6d33cc343160e7f7d2e7f",
                    "f6efee74f23d0884f934d3",
                    "09e9e7d9cc7945e5186da8",
                    "1c3d3b1906fcdb2c7792d6")
            .map(HexFormat.of()::parseHex)
            .toList();

    @Test
    void decodes_to_the_file() {
        assertThat(new Ces(8, 4, 512)
                        .decode(
                                Shards.wrapped(SHARDS.stream().map(Optional::of).toList()),
                                Suite.XCHACHA20_POLY1305,
                                KEY,
                                FILE.length))
                .isEqualTo(FILE);
    }

    @Test
    void any_eight_shards_decode_to_the_file_and_rebuild_the_other_four() {
        Ces ces = new Ces(8, 4, 512);
        int losses = 0;
        for (int lost = 0; lost < 1 << 12; lost++) {
            if (Integer.bitCount(lost) != 4) {
                continue;
            }
            List<Optional<byte[]>> left = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                left.add(((lost >>> i) & 1) == 1 ? Optional.empty() : Optional.of(SHARDS.get(i)));
            }
            assertThat(ces.decode(Shards.wrapped(left), Suite.XCHACHA20_POLY1305, KEY, FILE.length))
                    .isEqualTo(FILE);
            assertThat(new ReedSolomon(8, 4, 512).reconstruct(left)).containsExactlyElementsOf(SHARDS);
            losses++;
        }
        assertThat(losses).isEqualTo(495);
    }

    @Test
    void the_same_frame_gives_the_same_shards() {
        List<Bytes> shards =
                new Ces(8, 4, 512).shard(Frame.unpadded(FRAME), Suite.XCHACHA20_POLY1305, KEY, new GivenNonce(NONCE));

        assertThat(Shards.arrays(shards)).containsExactlyElementsOf(SHARDS);
    }

    @Test
    void a_flipped_bit_of_the_payload_is_a_named_failure() {
        Ces ces = new Ces(8, 4, 512);
        for (int bit = 0; bit < (4 + 81) * 8; bit++) {
            int at = bit / 8;
            List<Optional<byte[]>> shards = new ArrayList<>();
            for (byte[] shard : SHARDS) {
                shards.add(Optional.of(Arrays.copyOf(shard, shard.length)));
            }
            shards.get(at / 11).orElseThrow()[at % 11] ^= (byte) (1 << (bit % 8));
            CesFailure.Kind kind = Outcome.of(
                            () -> ces.decode(Shards.wrapped(shards), Suite.XCHACHA20_POLY1305, KEY, FILE.length))
                    .failure();
            assertThat(kind).isIn(CesFailure.Kind.NOT_AUTHENTIC, CesFailure.Kind.TRUNCATED);
            assertThat(at < 4 || kind == CesFailure.Kind.NOT_AUTHENTIC).isTrue();
        }
    }

    @Test
    void a_flipped_bit_of_the_filling_does_no_harm() {
        List<Optional<byte[]>> shards =
                new ArrayList<>(SHARDS.stream().map(Optional::of).toList());
        shards.set(7, Optional.of(HexFormat.of().parseHex("d2e2f895fab4f02e000100")));

        assertThat(new Ces(8, 4, 512).decode(Shards.wrapped(shards), Suite.XCHACHA20_POLY1305, KEY, FILE.length))
                .isEqualTo(FILE);
    }

    @Test
    void a_reader_of_the_original_network_s_files_reads_it_too() {
        List<Optional<byte[]>> shards = SHARDS.stream().map(Optional::of).toList();
        Ces ces = new Ces(8, 4, 512);

        assertThat(ces.decodeLegacy(Shards.wrapped(shards), KEY, LegacyContent.DETECTED, FILE.length))
                .isEqualTo(FILE);
        assertThat(ces.decodeLegacy(Shards.wrapped(shards), KEY, LegacyContent.ZSTD_FRAME, FILE.length))
                .isEqualTo(FILE);
        assertThat(ces.decodeLegacy(Shards.wrapped(shards), KEY, LegacyContent.RAW, FILE.length))
                .isEqualTo(FRAME);
    }

    /** Draws one nonce. */
    private static final class GivenNonce extends SecureRandom {
        private static final long serialVersionUID = 1L;

        private final byte[] nonce;

        GivenNonce(byte[] nonce) {
            this.nonce = nonce.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(nonce, 0, bytes, 0, bytes.length);
        }
    }
}
