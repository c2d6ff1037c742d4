package net.pangea.bytes;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class Sha256Test {
    /** FIPS 180-4's example of one block. */
    private static final String OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void hashes_the_parts_one_after_the_other() {
        assertThat(Sha256.of(Bytes.wrap("abc".getBytes(US_ASCII))).hex()).isEqualTo(OF_ABC);
        assertThat(Sha256.of(Bytes.wrap("a".getBytes(US_ASCII)), Bytes.EMPTY, Bytes.wrap("bc".getBytes(US_ASCII))))
                .isEqualTo(Sha256.parseHex(OF_ABC).orElseThrow())
                .hasToString(OF_ABC);
    }

    @Property
    void keeps_its_bytes(@ForAll @Size(32) byte[] bytes) {
        Sha256 hash = new Sha256(Bytes.copyOf(bytes));

        assertThat(hash.bytes()).isEqualTo(Bytes.copyOf(bytes));
        assertThat(Sha256.parseHex(hash.hex())).contains(hash);
        assertThat(hash).isEqualTo(new Sha256(hash.bytes())).hasSameHashCodeAs(new Sha256(hash.bytes()));
    }

    @Property
    void is_ordered_as_its_bytes_are(@ForAll @Size(32) byte[] one, @ForAll @Size(32) byte[] other) {
        Bytes oneBytes = Bytes.copyOf(one);
        Bytes otherBytes = Bytes.copyOf(other);

        assertThat(Integer.signum(new Sha256(oneBytes).compareTo(new Sha256(otherBytes))))
                .isEqualTo(Integer.signum(oneBytes.compareTo(otherBytes)));
        assertThat(new Sha256(oneBytes).equals(new Sha256(otherBytes))).isEqualTo(oneBytes.equals(otherBytes));
    }

    @Property
    void differs_by_any_one_byte(@ForAll @Size(32) byte[] bytes, @ForAll @IntRange(max = 31) int place) {
        byte[] changed = bytes.clone();
        changed[place] ^= 0x40;

        Sha256 hash = new Sha256(Bytes.wrap(bytes));
        Sha256 changedHash = new Sha256(Bytes.wrap(changed));

        assertThat(hash).isNotEqualTo(changedHash);
        assertThat(Integer.signum(hash.compareTo(changedHash)))
                .isEqualTo(Integer.signum(hash.bytes().compareTo(changedHash.bytes())));
    }

    @Property
    void distances_are_ordered_as_exclusive_ors_are(
            @ForAll @Size(32) byte[] from, @ForAll @Size(32) byte[] one, @ForAll @Size(32) byte[] other) {
        byte[] nearlyOne = one.clone();
        nearlyOne[31] ^= 1;
        Sha256 start = new Sha256(Bytes.wrap(from));

        for (byte[] second : List.of(other, one, nearlyOne)) {
            assertThat(Integer.signum(
                            start.compareDistances(new Sha256(Bytes.wrap(one)), new Sha256(Bytes.wrap(second)))))
                    .isEqualTo(xor(from, one).compareTo(xor(from, second)));
        }
    }

    @Property
    void the_common_prefix_ends_at_the_first_bit_that_differs(
            @ForAll @Size(32) byte[] bytes, @ForAll @IntRange(max = 255) int bit, @ForAll @Size(32) byte[] rest) {
        byte[] changed = bytes.clone();
        changed[bit / 8] ^= (byte) (0x80 >> bit % 8);
        System.arraycopy(rest, bit / 8 + 1, changed, bit / 8 + 1, 31 - bit / 8);

        Sha256 hash = new Sha256(Bytes.wrap(bytes));

        assertThat(hash.commonPrefixBits(new Sha256(Bytes.wrap(changed)))).isEqualTo(bit);
        assertThat(hash.commonPrefixBits(hash)).isEqualTo(256);
        assertThat(hash.head()).isEqualTo(new ByteReader(hash.bytes()).u64());
    }

    private static BigInteger xor(byte[] one, byte[] other) {
        return new BigInteger(1, one).xor(new BigInteger(1, other));
    }

    @Test
    void has_32_bytes() {
        assertThatThrownBy(() -> new Sha256(Bytes.wrap(new byte[31])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a SHA-256 hash has 32 bytes, not 31");
        assertThat(Sha256.parseHex(OF_ABC.substring(1))).isEmpty();
    }
}
