package net.pangea.multiformats;

import static net.pangea.multiformats.Vectors.ascii;
import static net.pangea.multiformats.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;

class MultibaseTest {

    @Property
    void bytes_are_read_as_they_were_written(
            @ForAll Multibase base, @ForAll @Size(max = Multibase.MAX_BYTES) byte[] bytes) {
        Bytes value = Bytes.copyOf(bytes);

        assertThat(Multibase.decode(base.encode(value))).contains(value);
        assertThat(base.ofDigits(base.digits(value))).contains(value);
    }

    @Property
    void zeros_before_and_behind_are_kept(@ForAll Multibase base, @ForAll @Size(max = 60) byte[] middle) {
        byte[] bytes = new byte[middle.length + 4];
        System.arraycopy(middle, 0, bytes, 2, middle.length);
        Bytes value = Bytes.wrap(bytes);

        assertThat(Multibase.decode(base.encode(value))).contains(value);
    }

    /** A text that is read is the one text of its bytes, capitals aside. */
    @Property
    void any_text_has_no_bytes_or_is_their_text(@ForAll Multibase base, @ForAll @Size(max = 40) byte[] letters) {
        StringBuilder text = new StringBuilder();
        String alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
        for (byte letter : letters) {
            text.append(alphabet.charAt(letter & 0x3f));
        }

        base.ofDigits(text.toString())
                .ifPresent(bytes -> assertThat(base.digits(bytes)).isEqualToIgnoringCase(text.toString()));
    }

    /** Vectors of the specification: tests/basic.csv, leading_zero.csv, two_leading_zeros.csv. */
    @Example
    void the_vectors_of_the_specification() {
        assertTexts(
                "yes mani !",
                "f796573206d616e692021",
                "bpfsxgidnmfxgsibb",
                "k2lcpzo5yikidynfl",
                "z7paNL19xttacUY",
                "ueWVzIG1hbmkgIQ");
        assertTexts(
                "\0\0yes mani !",
                "f0000796573206d616e692021",
                "baaahszltebwwc3tjeaqq",
                "k002lcpzo5yikidynfl",
                "z117paNL19xttacUY",
                "uAAB5ZXMgbWFuaSAh");
    }

    /** Vectors of the specification: tests/case_insensitivity.csv. */
    @Example
    void capitals_mean_the_same_in_the_bases_without_them() {
        Bytes hello = ascii("hello world");

        assertThat(Multibase.decode("f68656c6c6f20776F726C64")).contains(hello);
        assertThat(Multibase.decode("F68656c6c6f20776F726C64")).contains(hello);
        assertThat(Multibase.decode("bnbswy3dpeB3W64TMMQ")).contains(hello);
        assertThat(Multibase.decode("Bnbswy3dpeB3W64TMMQ")).contains(hello);
        assertThat(Multibase.decode("kfUvrsIvVnfRbjWaJo")).contains(hello);
        assertThat(Multibase.decode("KfUVrSIVVnFRbJWAJo")).contains(hello);
    }

    @Example
    void nothing_is_a_letter_and_no_digits() {
        for (Multibase base : Multibase.values()) {
            assertThat(base.digits(Bytes.EMPTY)).isEmpty();
            assertThat(Multibase.decode(base.encode(Bytes.EMPTY))).contains(Bytes.EMPTY);
        }
        assertThat(Multibase.decode("")).isEmpty();
    }

    @Example
    void other_digits_loose_bits_and_other_bases_are_refused() {
        assertThat(Multibase.decode("z0OIl")).isEmpty();
        assertThat(Multibase.decode("f012")).isEmpty();
        assertThat(Multibase.decode("baaa")).isEmpty();
        assertThat(Multibase.decode("bab")).isEmpty();
        assertThat(Multibase.decode("bme======")).isEmpty();
        assertThat(Multibase.decode("uAAA=")).isEmpty();
        assertThat(Multibase.decode("uA")).isEmpty();
        assertThat(Multibase.decode("uAB")).isEmpty();
        assertThat(Multibase.decode("z\u00e9\u4e00")).isEmpty();
        assertThat(Multibase.decode("Z7paNL19xttacUY")).isEmpty();
        assertThat(Multibase.decode("0101")).isEmpty();
    }

    @Example
    void what_is_too_long_is_refused_before_any_work() {
        Bytes most = Bytes.wrap(new byte[Multibase.MAX_BYTES]);
        for (Multibase base : Multibase.values()) {
            assertThat(Multibase.decode(base.encode(most))).contains(most);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> base.digits(Bytes.wrap(new byte[Multibase.MAX_BYTES + 1])));
        }
        assertThat(Multibase.decode("z" + "1".repeat(Multibase.MAX_BYTES + 1))).isEmpty();
        assertThat(Multibase.decode("z" + "z".repeat(1_000_000))).isEmpty();
    }

    @Example
    void base16_is_hexadecimal() {
        assertThat(Multibase.BASE16.digits(hex("00ff10"))).isEqualTo("00ff10");
    }

    private static void assertTexts(String bytes, String... texts) {
        List<Multibase> bases = List.of(Multibase.values());
        assertThat(bases).hasSize(texts.length);
        for (int i = 0; i < texts.length; i++) {
            assertThat(bases.get(i).encode(ascii(bytes))).isEqualTo(texts[i]);
            assertThat(Multibase.decode(texts[i])).contains(ascii(bytes));
        }
    }
}
