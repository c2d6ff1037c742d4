package net.pangea.ces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import org.junit.jupiter.api.Test;

final class SegmentKeyTest {
    private static final Bytes DATA_KEY = Sha256.of(Bytes.EMPTY).bytes();
    private static final Bytes PLACEMENT_KEY = Sha256.of(DATA_KEY).bytes();

    @Test
    void a_key_is_hkdf_of_rfc_5869() throws GeneralSecurityException {
        byte[] extracted = hmac(PLACEMENT_KEY.toArray(), DATA_KEY.toArray());
        byte[] info = ByteBuffer.allocate(21)
                .put("pangea segment".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 2)
                .putInt(0x01020304)
                .put((byte) 1)
                .put((byte) 1) // the block counter of the expansion
                .array();

        assertThat(SegmentKey.derive(DATA_KEY, PLACEMENT_KEY, 0x01020304, true, Suite.AES_256_GCM))
                .isEqualTo(hmac(extracted, info));
    }

    @Test
    void every_place_of_every_object_has_a_key_of_its_own_under_every_suite() {
        List<Bytes> keys = new ArrayList<>();
        for (Bytes dataKey : List.of(DATA_KEY, PLACEMENT_KEY)) {
            for (Bytes placementKey : List.of(DATA_KEY, PLACEMENT_KEY)) {
                for (Suite suite : Suite.values()) {
                    for (int index : new int[] {0, 1, 256, 65_536, Integer.MAX_VALUE}) {
                        keys.add(Bytes.wrap(SegmentKey.derive(dataKey, placementKey, index, false, suite)));
                        keys.add(Bytes.wrap(SegmentKey.derive(dataKey, placementKey, index, true, suite)));
                    }
                }
            }
        }

        assertThat(keys).hasSize(80).doesNotHaveDuplicates();
    }

    @Test
    void a_segment_in_another_place_does_not_decode() {
        Ces ces = new Ces(2, 1, 512);
        for (Suite suite : Suite.values()) {
            byte[] key = SegmentKey.derive(DATA_KEY, PLACEMENT_KEY, 3, false, suite);
            var shards = ces.encode(new byte[100], ContentType.UNKNOWN, suite, key, new SeededNonces(1)).stream()
                    .map(Optional::of)
                    .toList();

            assertThat(ces.decode(shards, suite, key, 100)).hasSize(100);
            for (byte[] other : List.of(
                    SegmentKey.derive(DATA_KEY, PLACEMENT_KEY, 2, false, suite),
                    SegmentKey.derive(DATA_KEY, PLACEMENT_KEY, 3, true, suite),
                    SegmentKey.derive(DATA_KEY, DATA_KEY, 3, false, suite))) {
                assertThat(Outcome.of(() -> ces.decode(shards, suite, other, 100))
                                .failure())
                        .isEqualTo(CesFailure.Kind.NOT_AUTHENTIC);
            }
        }
    }

    @Test
    void keys_of_a_wrong_length_are_refused() {
        assertThatThrownBy(() -> SegmentKey.derive(Bytes.EMPTY, PLACEMENT_KEY, 0, true, Suite.AES_256_GCM))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the data key has 0 bytes, not 32");
    }

    private static byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(message);
    }
}
