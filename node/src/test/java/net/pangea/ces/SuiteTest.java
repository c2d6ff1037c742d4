package net.pangea.ces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import net.pangea.ces.CesFailure.Kind;
import net.pangea.machine.Capabilities;
import net.pangea.machine.RandomStream;
import org.junit.jupiter.api.Test;

final class SuiteTest {
    private static final byte[] NOTHING = {};

    @Test
    void codes_stand_for_suites_for_ever() {
        assertThat(Suite.ofCode(1)).contains(Suite.XCHACHA20_POLY1305);
        assertThat(Suite.ofCode(2)).contains(Suite.AES_256_GCM);
        assertThat(Suite.ofCode(0)).isEmpty();
        assertThat(Suite.ofCode(3)).isEmpty();
        for (Suite suite : Suite.values()) {
            assertThat(Suite.ofCode(suite.code())).contains(suite);
        }
    }

    @Test
    void a_processor_with_aes_takes_aes() {
        assertThat(Suite.fastestOn(new Capabilities(2, 1, 512, true))).isEqualTo(Suite.AES_256_GCM);
        assertThat(Suite.fastestOn(new Capabilities(2, 1, 512, false))).isEqualTo(Suite.XCHACHA20_POLY1305);
    }

    /** Test case 16 of McGrew and Viega, "The Galois/Counter Mode of Operation". */
    @Test
    void aes_gcm_seals_and_opens_the_vector_of_its_specification() {
        byte[] key = hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308");
        byte[] nonce = hex("cafebabefacedbaddecaf888");
        byte[] associatedData = hex("feedfacedeadbeeffeedfacedeadbeefabaddad2");
        byte[] plaintext = hex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39");
        byte[] sealed = hex("522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                + "76fc6ece0f4e1768cddf8853bb2d551b");

        assertThat(Suite.AES_256_GCM.seal(key, nonce, associatedData, plaintext))
                .isEqualTo(sealed);
        assertThat(Suite.AES_256_GCM.open(key, nonce, associatedData, sealed)).isEqualTo(plaintext);
    }

    @Test
    void messages_of_any_length_are_opened_and_altered_ones_are_not() {
        for (Suite suite : Suite.values()) {
            byte[] key = random(32, 1);
            byte[] nonce = random(suite.nonceBytes(), 2);
            for (int size : new int[] {0, 1, 15, 16, 17, 4095, 4096, 4097, 8192, 12_289, 100_000}) {
                byte[] plaintext = random(size, size);

                byte[] sealed = suite.seal(key, nonce, NOTHING, plaintext);

                assertThat(sealed).hasSize(size + 16);
                assertThat(suite.open(key, nonce, NOTHING, sealed)).isEqualTo(plaintext);
                for (int at : new int[] {0, size / 2, size, size + 15}) {
                    byte[] altered = sealed.clone();
                    altered[at] ^= 1;
                    assertNotAuthentic(suite, key, nonce, altered);
                }
                assertNotAuthentic(suite, key, nonce, Arrays.copyOf(sealed, size + 15));
                assertNotAuthentic(suite, random(32, 3), nonce, sealed);
            }
        }
    }

    @Test
    void keys_and_nonces_of_a_wrong_length_are_refused() {
        assertThatThrownBy(() -> Suite.AES_256_GCM.seal(new byte[16], new byte[12], NOTHING, NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key has 16 bytes, not 32");
        assertThatThrownBy(() -> Suite.AES_256_GCM.open(new byte[32], new byte[24], NOTHING, NOTHING))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the nonce has 24 bytes, not 12");
    }

    private static void assertNotAuthentic(Suite suite, byte[] key, byte[] nonce, byte[] sealed) {
        assertThat(Outcome.of(() -> suite.open(key, nonce, NOTHING, sealed)).failure())
                .isEqualTo(Kind.NOT_AUTHENTIC);
    }

    private static byte[] random(int size, long seed) {
        byte[] bytes = new byte[size];
        RandomStream.of(seed, "suite").fill(bytes);
        return bytes;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
