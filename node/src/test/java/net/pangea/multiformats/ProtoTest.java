package net.pangea.multiformats;

import static net.pangea.multiformats.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;

class ProtoTest {

    @Property
    void fields_are_read_as_they_were_written(
            @ForAll @Size(max = 10) List<@IntRange(min = 1, max = (1 << 29) - 1) Integer> fields,
            @ForAll @LongRange(min = 0) long number,
            @ForAll @Size(max = 300) byte[] bytes,
            @ForAll String text) {
        String valid = text.replaceAll("\\p{Cs}", "");
        ProtoWriter out = new ProtoWriter();
        for (int field : fields) {
            out.number(field, number).bytes(field, Bytes.copyOf(bytes)).text(field, valid);
        }

        ProtoReader in = new ProtoReader(out.toBytes());
        List<Integer> read = new ArrayList<>();
        while (in.next()) {
            read.add(in.field());
            assertThat(in.number()).isEqualTo(number);
            assertThat(in.next()).isTrue();
            assertThat(in.bytes()).isEqualTo(Bytes.copyOf(bytes));
            assertThat(in.next()).isTrue();
            assertThat(in.text()).isEqualTo(valid);
        }
        assertThat(read).isEqualTo(fields);
    }

    /** The examples of the encoding specification, and a field of each other type around them. */
    @Example
    void fields_that_nobody_takes_are_passed_over() {
        ProtoReader in =
                new ProtoReader(hex("089601" + "120774657374696e67" + "190102030405060708" + "2501020304" + "3001"));
        List<Integer> fields = new ArrayList<>();
        while (in.next()) {
            fields.add(in.field());
            if (in.field() == 2) {
                assertThat(in.text()).isEqualTo("testing");
            }
        }

        assertThat(fields).containsExactly(1, 2, 3, 4, 6);
    }

    @Example
    void a_number_may_be_longer_than_needed_as_other_writers_make_them() {
        ProtoReader in = new ProtoReader(hex("0880808000"));

        assertThat(in.next()).isTrue();
        assertThat(in.number()).isZero();
    }

    @Example
    void a_number_of_64_bits_is_read_and_refused_where_it_is_bounded() {
        Bytes message = hex("08ffffffffffffffffff01");
        ProtoReader in = new ProtoReader(message);
        assertThat(in.next()).isTrue();
        assertThat(in.number()).isEqualTo(-1);

        ProtoReader bounded = new ProtoReader(message);
        assertThat(bounded.next()).isTrue();
        assertThatThrownBy(() -> bounded.number(5, "kind"))
                .isInstanceOf(MalformedBytes.class)
                .hasMessage("kind is 18446744073709551615, at most 5 is allowed");
    }

    @Example
    void what_is_no_message_is_malformed() {
        assertMalformed("00", "number 0");
        assertMalformed("0a05aabb", "5 bytes, 2 are left");
        assertMalformed("0affffffffffffffff7f", "are left");
        assertMalformed("0affffffffffffffffff01", "18446744073709551615 bytes");
        assertMalformed("0b", "wire type 3");
        assertMalformed("08ffffffffffffffffffff01", "more than 10 bytes");
        assertMalformed("ffffffffffffffffff01", "the number");
        assertMalformed("09aabb", "cut off");
    }

    @Example
    void a_field_of_another_type_and_text_that_is_no_utf_8_are_malformed() {
        ProtoReader number = new ProtoReader(hex("0801"));
        assertThat(number.next()).isTrue();
        assertThatThrownBy(number::bytes).isInstanceOf(MalformedBytes.class).hasMessageContaining("another type");

        ProtoReader text = new ProtoReader(hex("0a02c328"));
        assertThat(text.next()).isTrue();
        assertThatThrownBy(text::text).isInstanceOf(MalformedBytes.class).hasMessageContaining("not UTF-8");
    }

    private static void assertMalformed(String message, String why) {
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> {
                    ProtoReader in = new ProtoReader(hex(message));
                    while (in.next()) {
                        assertThat(in.field()).isPositive();
                    }
                })
                .withMessageContaining(why);
    }
}
