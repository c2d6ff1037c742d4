package net.pangea.multiformats;

import static net.pangea.multiformats.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

class CidTest {

    @Property
    void an_identifier_is_read_as_it_was_written(
            @ForAll @IntRange(min = 0) int codec,
            @ForAll @IntRange(min = 0) int code,
            @ForAll @Size(max = 64) byte[] digest,
            @ForAll Multibase base) {
        Cid cid = Cid.v1(codec, new Multihash(code, Bytes.copyOf(digest)));

        assertThat(Cid.decode(cid.encode())).isEqualTo(cid);
        assertThat(Cid.parse(cid.toString())).contains(cid);
        assertThat(Cid.parse(cid.toString(base))).contains(cid);
    }

    @Property
    void version_0_is_the_bare_hash(@ForAll @Size(32) byte[] digest) {
        Sha256 hash = new Sha256(Bytes.copyOf(digest));
        Cid cid = Cid.v0(hash);

        assertThat(cid.encode()).isEqualTo(Multihash.of(hash).encode());
        assertThat(cid.toString()).startsWith("Qm").hasSize(46);
        assertThat(Cid.decode(cid.encode())).isEqualTo(cid);
        assertThat(Cid.parse(cid.toString())).contains(cid);
    }

    @Example
    void texts_and_bytes_are_those_of_another_implementation() {
        for (List<String> vector : Vectors.of("cids.txt")) {
            Cid cid = Cid.parse(vector.getFirst()).orElseThrow();

            assertThat(cid.toString()).isEqualTo(vector.getFirst());
            assertThat(cid.version()).isEqualTo(Integer.parseInt(vector.get(1)));
            assertThat(cid.codec()).isEqualTo(Integer.parseInt(vector.get(2)));
            assertThat(cid.hash().encode().hex()).isEqualTo(vector.get(3));
            assertThat(cid.encode().hex()).isEqualTo(vector.get(4));
            for (String other : vector.subList(5, vector.size())) {
                assertThat(Cid.parse(other)).contains(cid);
            }
        }
    }

    /** The specification keeps versions apart: no letter before version 0, no version 18. */
    @Example
    void what_is_no_identifier_is_refused() {
        Bytes zero = Cid.v0(Sha256.of(Bytes.EMPTY)).encode();
        for (Multibase base : Multibase.values()) {
            assertThat(Cid.parse(base.encode(zero))).isEmpty();
        }
        assertMalformed("");
        assertMalformed("01");
        assertMalformed("0170");
        assertMalformed("00701220" + "00".repeat(32));
        assertMalformed("02701220" + "00".repeat(32));
        assertMalformed("121f" + "00".repeat(32));
        assertMalformed("01701220" + "00".repeat(33));
        assertThat(Cid.parse("")).isEmpty();
        assertThat(Cid.parse("Qm")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cid.v0(Sha256.of(Bytes.EMPTY)).toString(Multibase.BASE32));
    }

    private static void assertMalformed(String bytes) {
        assertThatExceptionOfType(MalformedBytes.class).isThrownBy(() -> Cid.decode(hex(bytes)));
    }
}
