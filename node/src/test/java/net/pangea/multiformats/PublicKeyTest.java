package net.pangea.multiformats;

import static net.pangea.multiformats.Vectors.ascii;
import static net.pangea.multiformats.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

class PublicKeyTest {
    private static final Bytes MESSAGE = ascii("a message that was signed");

    record Signed(String name, PublicKey key, Bytes signature) {}

    private static final List<Signed> SIGNED = Vectors.of("keys.txt").stream()
            .filter(vector -> !vector.get(5).equals("-"))
            .map(vector -> new Signed(vector.getFirst(), PublicKey.decode(hex(vector.get(1))), hex(vector.get(5))))
            .toList();

    @Provide
    Arbitrary<Signed> signed() {
        return Arbitraries.of(SIGNED);
    }

    @Example
    void every_kind_of_key_verifies_what_another_implementation_signed() {
        assertThat(SIGNED.stream().map(signed -> signed.key.type()).distinct()).hasSize(4);
        for (Signed signed : SIGNED) {
            assertThat(signed.key.verifies(MESSAGE, signed.signature))
                    .as(signed.name)
                    .isTrue();
        }
    }

    @Example
    void a_key_has_the_encoding_of_the_specification() {
        for (List<String> vector : Vectors.of("keys.txt")) {
            assertThat(PublicKey.decode(hex(vector.get(1))).encode().hex()).isEqualTo(vector.get(1));
        }
    }

    @Property(tries = 300)
    void another_message_was_not_signed(@ForAll("signed") Signed signed, @ForAll @Size(max = 40) byte[] message) {
        assertThat(signed.key.verifies(Bytes.copyOf(message), signed.signature)).isFalse();
    }

    @Property(tries = 1_000)
    void a_changed_signature_is_none(
            @ForAll("signed") Signed signed, @ForAll int where, @ForAll @IntRange(min = 1, max = 255) int change) {
        assertThat(signed.key.verifies(MESSAGE, changed(signed.signature, where, change)))
                .isFalse();
    }

    @Property(tries = 1_000)
    void a_changed_key_has_signed_nothing(
            @ForAll("signed") Signed signed, @ForAll int where, @ForAll @IntRange(min = 1, max = 255) int change) {
        PublicKey changed = new PublicKey(signed.key.type(), changed(signed.key.data(), where, change));

        assertThat(changed.verifies(MESSAGE, signed.signature)).isFalse();
    }

    @Property(tries = 500)
    void cut_keys_and_signatures_are_none(@ForAll("signed") Signed signed, @ForAll int where) {
        assertThat(signed.key.verifies(MESSAGE, cut(signed.signature, where))).isFalse();
        assertThat(new PublicKey(signed.key.type(), cut(signed.key.data(), where)).verifies(MESSAGE, signed.signature))
                .isFalse();
    }

    @Property(tries = 2_000)
    void any_key_and_any_signature_are_refused_without_an_exception(
            @ForAll PublicKey.Type type,
            @ForAll @Size(max = 300) byte[] key,
            @ForAll @Size(max = 300) byte[] signature) {
        assertThat(new PublicKey(type, Bytes.copyOf(key)).verifies(MESSAGE, Bytes.copyOf(signature)))
                .isFalse();
    }

    /** Random bytes hardly ever have the right size, which is where parsing goes on. */
    @Property(tries = 1_000)
    void bytes_of_the_right_size_are_refused_without_an_exception(@ForAll("signed") Signed signed, @ForAll long seed) {
        byte[] signature = new byte[signed.signature.size()];
        new Random(seed).nextBytes(signature);
        byte[] key = new byte[signed.key.data().size()];
        new Random(~seed).nextBytes(key);

        assertThat(signed.key.verifies(MESSAGE, Bytes.wrap(signature))).isFalse();
        assertThat(new PublicKey(signed.key.type(), Bytes.wrap(key)).verifies(MESSAGE, signed.signature))
                .isFalse();
    }

    @Example
    void a_key_of_one_kind_is_none_of_another() {
        for (Signed signed : SIGNED) {
            for (PublicKey.Type type : PublicKey.Type.values()) {
                assertThat(new PublicKey(type, signed.key.data()).verifies(MESSAGE, signed.signature))
                        .isEqualTo(type == signed.key.type());
            }
        }
    }

    @Example
    void rsa_keys_have_2048_to_8192_bits_and_a_short_odd_exponent() {
        BigInteger three = BigInteger.valueOf(3);
        assertThat(new RsaKey(ofBits(2_048), three).exponent()).isEqualTo(three);
        assertThat(new RsaKey(ofBits(8_192), three).exponent()).isEqualTo(three);
        assertNoRsaKey(ofBits(2_047), three);
        assertNoRsaKey(ofBits(8_193), three);
        assertNoRsaKey(ofBits(2_048).add(BigInteger.ONE), three);
        assertNoRsaKey(ofBits(2_048), BigInteger.ONE);
        assertNoRsaKey(ofBits(2_048), BigInteger.valueOf(4));
        assertNoRsaKey(ofBits(2_048), BigInteger.TWO.pow(31).add(BigInteger.ONE));
    }

    @Example
    void an_rsa_signature_counts_only_as_a_number_below_the_modulus() {
        Signed rsa = SIGNED.stream()
                .filter(signed -> signed.key.type() == PublicKey.Type.RSA)
                .findFirst()
                .orElseThrow();
        RsaKey key = RsaKey.decode(rsa.key.data());
        BigInteger signature = new BigInteger(1, rsa.signature.toArray());

        assertThat(key.verifies(MESSAGE, rsa.signature)).isTrue();
        assertThat(key.verifies(MESSAGE, Bytes.wrap(new byte[256]))).isFalse();
        assertThat(key.verifies(MESSAGE, unsigned(signature.add(key.modulus()), 256)))
                .isFalse();
        assertThat(key.verifies(MESSAGE, unsigned(signature, 257))).isFalse();
    }

    /** With the exponent 3, a root of a number that begins rightly fools who does not look at its end (Bleichenbacher, 2006). */
    @Example
    void an_rsa_signature_with_something_behind_the_hash_is_forged() {
        RsaKey key = new RsaKey(ofBits(2_048), BigInteger.valueOf(3));
        String start = "0001" + "ff".repeat(8) + "00" + "3031300d060960864801650304020105000420";
        String hash = Sha256.of(MESSAGE).hex();
        BigInteger target = new BigInteger(start + hash + "ff".repeat(256 - (start.length() + hash.length()) / 2), 16);
        BigInteger root = BigInteger.ZERO;
        for (int bit = 700; bit >= 0; bit--) {
            BigInteger next = root.setBit(bit);
            root = next.pow(3).compareTo(target) <= 0 ? next : root;
        }

        assertThat(unsigned(root.pow(3), 256).hex()).startsWith(start + hash);
        assertThat(key.verifies(MESSAGE, unsigned(root, 256))).isFalse();
    }

    /** Whatever stands there is one key, so that a key has one id. */
    @Example
    void another_encoding_of_a_key_decodes_to_the_same_key() {
        PublicKey key = IdentityKey.ofSeed(Bytes.wrap(new byte[32])).publicKey();
        Bytes swapped =
                new ProtoWriter().bytes(2, key.data()).number(7, 7).number(1, 1).toBytes();

        assertThat(PublicKey.decode(swapped)).isEqualTo(key);
    }

    @Example
    void a_key_without_a_known_type_or_data_or_too_large_is_malformed() {
        assertMalformed("");
        assertMalformed("0801");
        assertMalformed("12021234");
        assertMalformed("08041200");
        assertMalformed("0800" + "128110" + "00".repeat(PublicKey.MAX_DATA_BYTES + 1));
    }

    private static Bytes changed(Bytes bytes, int where, int change) {
        byte[] changed = bytes.toArray();
        changed[Math.floorMod(where, changed.length)] ^= (byte) change;
        return Bytes.wrap(changed);
    }

    private static Bytes cut(Bytes bytes, int where) {
        return bytes.slice(0, Math.floorMod(where, bytes.size()));
    }

    private static BigInteger ofBits(int bits) {
        return BigInteger.TWO.pow(bits - 1).add(BigInteger.ONE);
    }

    private static Bytes unsigned(BigInteger value, int size) {
        byte[] bytes = value.toByteArray();
        byte[] unsigned = new byte[size];
        int count = Math.min(bytes.length, size);
        System.arraycopy(bytes, bytes.length - count, unsigned, size - count, count);
        return Bytes.wrap(unsigned);
    }

    private static void assertNoRsaKey(BigInteger modulus, BigInteger exponent) {
        assertThatExceptionOfType(MalformedBytes.class).isThrownBy(() -> new RsaKey(modulus, exponent));
    }

    private static void assertMalformed(String bytes) {
        assertThatExceptionOfType(MalformedBytes.class).isThrownBy(() -> PublicKey.decode(hex(bytes)));
    }
}
