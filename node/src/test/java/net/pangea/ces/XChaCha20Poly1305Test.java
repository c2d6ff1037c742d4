package net.pangea.ces;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Provider;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class XChaCha20Poly1305Test {
    private static final byte[] KEY = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
    private static final byte[] NONCE = hex("404142434445464748494a4b4c4d4e4f5051525354555657");
    private static final byte[] ASSOCIATED_DATA = hex("50515253c0c1c2c3c4c5c6c7");
    private static final byte[] PLAINTEXT = ("Ladies and Gentlemen of the class of '99: If I could offer you only one"
                    + " tip for the future, sunscreen would be it.")
            .getBytes(US_ASCII);
    private static final byte[] SEALED = hex("bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb"
            + "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452"
            + "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
            + "21f9664c97637da9768812f615c68b13b52e"
            + "c0875924c1c7987947deafd8780acf49");

    @Test
    void subkey_is_that_of_the_draft_section_2_2_1() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        byte[] nonce = hex("000000090000004a0000000031415927");

        assertThat(HChaCha20.subkey(key, nonce))
                .isEqualTo(hex("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc"));
    }

    @Test
    void seals_and_opens_the_vector_of_the_draft_section_a_3_1() {
        assertThat(Suite.XCHACHA20_POLY1305.seal(KEY, NONCE, ASSOCIATED_DATA, PLAINTEXT))
                .isEqualTo(SEALED);
        assertThat(Suite.XCHACHA20_POLY1305.open(KEY, NONCE, ASSOCIATED_DATA, SEALED))
                .isEqualTo(PLAINTEXT);
    }

    @Test
    void seals_the_same_bytes_twice_and_draws_no_randomness() {
        AtomicInteger draws = new AtomicInteger();
        Provider counting = new CountingProvider(draws);
        Security.insertProviderAt(counting, 1);
        try {
            new SecureRandom().nextBytes(new byte[1]);
            assertThat(draws)
                    .as("the provider sees the draws of the default generator")
                    .hasValue(1);

            byte[] once = Suite.XCHACHA20_POLY1305.seal(KEY, NONCE, ASSOCIATED_DATA, PLAINTEXT);
            byte[] twice = Suite.XCHACHA20_POLY1305.seal(KEY, NONCE, ASSOCIATED_DATA, PLAINTEXT);

            assertThat(once).isEqualTo(twice);
            assertThat(draws).hasValue(1);
        } finally {
            Security.removeProvider(counting.getName());
        }
    }

    @Test
    void an_empty_plaintext_is_sealed_to_a_tag() {
        byte[] sealed = Suite.XCHACHA20_POLY1305.seal(KEY, NONCE, new byte[0], new byte[0]);

        assertThat(sealed).hasSize(Suite.TAG_BYTES);
        assertThat(Suite.XCHACHA20_POLY1305.open(KEY, NONCE, new byte[0], sealed))
                .isEmpty();
    }

    @Test
    void any_flipped_bit_of_anything_is_not_authentic() {
        assertEveryFlippedBitFails(SEALED);
        assertEveryFlippedBitFails(KEY);
        assertEveryFlippedBitFails(NONCE);
        assertEveryFlippedBitFails(ASSOCIATED_DATA);
    }

    @Test
    void whatever_is_cut_off_is_noticed() {
        for (int length = 0; length < SEALED.length; length++) {
            byte[] cut = Arrays.copyOf(SEALED, length);
            assertThat(Outcome.of(() -> Suite.XCHACHA20_POLY1305.open(KEY, NONCE, ASSOCIATED_DATA, cut))
                            .failure())
                    .isEqualTo(CesFailure.Kind.NOT_AUTHENTIC);
        }
    }

    @Test
    void keys_and_nonces_of_a_wrong_length_are_refused() {
        assertThatThrownBy(() -> Suite.XCHACHA20_POLY1305.seal(new byte[31], NONCE, ASSOCIATED_DATA, PLAINTEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the key has 31 bytes, not 32");
        assertThatThrownBy(() -> Suite.XCHACHA20_POLY1305.open(KEY, new byte[12], ASSOCIATED_DATA, SEALED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the nonce has 12 bytes, not 24");
    }

    /** Flips each bit of one of the constants, tries to open, and flips it back. */
    private static void assertEveryFlippedBitFails(byte[] bytes) {
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            try {
                assertThat(Outcome.of(() -> Suite.XCHACHA20_POLY1305.open(KEY, NONCE, ASSOCIATED_DATA, SEALED))
                                .failure())
                        .isEqualTo(CesFailure.Kind.NOT_AUTHENTIC);
            } finally {
                bytes[bit / 8] ^= (byte) (1 << (bit % 8));
            }
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** Puts a counting generator in the place of the platform's default one. */
    private static final class CountingProvider extends Provider {
        private static final long serialVersionUID = 1L;

        CountingProvider(AtomicInteger draws) {
            super("Counting", "1", "counts draws of the default generator");
            putService(new Service(this, "SecureRandom", "Counting", CountingRandom.class.getName(), null, null) {
                @Override
                public Object newInstance(@Nullable Object parameter) {
                    return new CountingRandom(draws);
                }
            });
        }
    }

    private static final class CountingRandom extends SecureRandomSpi {
        private static final long serialVersionUID = 1L;

        private final AtomicInteger draws;

        CountingRandom(AtomicInteger draws) {
            this.draws = draws;
        }

        @Override
        protected void engineSetSeed(byte[] seed) {}

        @Override
        protected void engineNextBytes(byte[] bytes) {
            draws.incrementAndGet();
        }

        @Override
        protected byte[] engineGenerateSeed(int numBytes) {
            draws.incrementAndGet();
            return new byte[numBytes];
        }
    }
}
