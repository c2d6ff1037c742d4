package net.pangea.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningKeyTest {

    /** RFC 8032, section 7.1, tests 1 to 3. */
    @ParameterizedTest
    @CsvSource({
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60,"
                + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,'',"
                + "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
                + "d25bf5f0595bbe24655141438e7a100b",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb,"
                + "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,72,"
                + "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
                + "387b2eaeb4302aeeb00d291612bb0c00",
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7,"
                + "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,af82,"
                + "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
                + "4a7c15e9716ed28dc027beceea1ec40a"
    })
    void signatures_are_those_of_rfc_8032(String seed, String key, String message, String signature) {
        SigningKey signing = SigningKey.ofSeed(bytes(seed));

        assertThat(signing.id().hex()).isEqualTo(key);
        assertThat(signing.sign(bytes(message)).hex()).isEqualTo(signature);
        assertThat(signing.id().verifies(bytes(message), bytes(signature))).isTrue();
        assertThat(signing.toString()).doesNotContain(seed.substring(0, 8));
    }

    @Property(tries = 100)
    void a_changed_message_or_signature_or_another_owner_does_not_verify(
            @ForAll @Size(min = 1, max = 100) byte[] message,
            @ForAll @IntRange(max = 511) int signatureBit,
            @ForAll int messageBit) {
        SigningKey key = SigningKey.ofSeed(Bytes.wrap(new byte[32]));
        SigningKey other = SigningKey.ofSeed(bytes("01".repeat(32)));
        Bytes said = Bytes.copyOf(message);
        Bytes signature = key.sign(said);

        assertThat(key.id().verifies(said, signature)).isTrue();
        assertThat(other.id().verifies(said, signature)).isFalse();
        assertThat(key.id().verifies(flipped(said, Math.floorMod(messageBit, 8 * message.length)), signature))
                .isFalse();
        assertThat(key.id().verifies(said, flipped(signature, signatureBit))).isFalse();
    }

    @Property(tries = 200)
    void whatever_bytes_a_key_and_a_signature_are_nothing_is_thrown(
            @ForAll @Size(32) byte[] key, @ForAll @Size(max = 80) byte[] signature) {
        assertThat(new OwnerId(Bytes.copyOf(key)).verifies(Bytes.EMPTY, Bytes.copyOf(signature)))
                .isFalse();
    }

    @Test
    void seeds_and_keys_have_32_bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> SigningKey.ofSeed(Bytes.wrap(new byte[31])));
        assertThatIllegalArgumentException().isThrownBy(() -> new OwnerId(Bytes.wrap(new byte[33])));
        assertThat(OwnerId.parseHex("00")).isEmpty();
    }

    private static Bytes flipped(Bytes bytes, int bit) {
        byte[] changed = bytes.toArray();
        changed[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.wrap(changed);
    }

    private static Bytes bytes(String hex) {
        return Bytes.parseHex(hex).orElseThrow();
    }
}
