package net.pangea.multiformats;

import static net.pangea.multiformats.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;

class VarintTest {

    @Property
    void a_number_is_read_as_it_was_written(@ForAll @LongRange(min = 0) long value, @ForAll int shift) {
        long smaller = value >>> (shift & 0x3f);
        Bytes bytes = written(smaller);

        assertThat(Varint.read(new ByteReader(bytes))).isEqualTo(smaller);
        assertThat(Varint.size(smaller)).isEqualTo(bytes.size());
    }

    /** The examples of the specification. */
    @Example
    void numbers_have_the_bytes_of_the_specification() {
        assertThat(written(1).hex()).isEqualTo("01");
        assertThat(written(127).hex()).isEqualTo("7f");
        assertThat(written(128).hex()).isEqualTo("8001");
        assertThat(written(255).hex()).isEqualTo("ff01");
        assertThat(written(300).hex()).isEqualTo("ac02");
        assertThat(written(16384).hex()).isEqualTo("808001");
        assertThat(written(Long.MAX_VALUE).hex()).isEqualTo("ffffffffffffffff7f");
    }

    @Example
    void longer_than_needed_or_than_nine_bytes_is_malformed() {
        assertMalformed("8000");
        assertMalformed("ff00");
        assertMalformed("8080808080808080808001");
        assertMalformed("ffffffffffffffffff01");
        assertMalformed("80");
        assertMalformed("");
    }

    @Example
    void a_number_beyond_its_bound_is_malformed() {
        assertThat(Varint.read(new ByteReader(hex("ac02")), 300, "size")).isEqualTo(300);
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> Varint.read(new ByteReader(hex("ac02")), 299, "size"))
                .withMessage("size is 300, at most 299 is allowed");
        assertThatIllegalArgumentException().isThrownBy(() -> Varint.write(new ByteWriter(), -1));
    }

    private static Bytes written(long value) {
        ByteWriter out = new ByteWriter();
        Varint.write(out, value);
        return out.toBytes();
    }

    private static void assertMalformed(String bytes) {
        assertThatExceptionOfType(MalformedBytes.class).isThrownBy(() -> Varint.read(new ByteReader(hex(bytes))));
    }
}
