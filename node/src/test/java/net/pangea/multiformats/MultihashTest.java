package net.pangea.multiformats;

import static net.pangea.multiformats.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

class MultihashTest {

    @Property
    void a_hash_is_read_as_it_was_written(
            @ForAll @IntRange(min = 0) int code, @ForAll @Size(max = Multihash.MAX_DIGEST_BYTES) byte[] digest) {
        Multihash hash = new Multihash(code, Bytes.copyOf(digest));

        assertThat(Multihash.decode(hash.encode())).isEqualTo(hash);
        assertThat(Multihash.parse(hash.toString())).contains(hash);
    }

    /** Of nothing, from the test cases of the specification: sha1, sha2-256 and sha2-512, whole and cut. */
    @Example
    void the_vectors_of_the_specification() {
        Multihash whole = Multihash.of(Sha256.of(Bytes.EMPTY));
        assertThat(whole.encode().hex())
                .isEqualTo("1220e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(whole.sha256()).contains(Sha256.of(Bytes.EMPTY));

        for (String other : List.of(
                "1114da39a3ee5e6b4b0d3255bfef95601890afd80709",
                "120ae3b0c44298fc1c149afb",
                "1340cf83e1357eefb8bdf1542850d66d8007d620e4050b5715dc83f4a921d36ce9ce47d0d13c5d85f2b0ff8318d2877eec2f"
                        + "63b931bd47417a81a538327af927da3e")) {
            assertThat(Multihash.decode(hex(other)).encode()).isEqualTo(hex(other));
            assertThat(Multihash.decode(hex(other)).sha256()).isEmpty();
        }
    }

    @Example
    void what_is_no_hash_is_malformed() {
        assertMalformed("");
        assertMalformed("12");
        assertMalformed("1220e3b0");
        assertMalformed("1201aabb");
        assertMalformed("9200" + "00");
        assertMalformed("128100" + "00");
        assertMalformed("00" + "8101" + "00".repeat(129));
        assertMalformed("8080808008" + "00");
    }

    private static void assertMalformed(String bytes) {
        assertThatExceptionOfType(MalformedBytes.class).isThrownBy(() -> Multihash.decode(hex(bytes)));
    }
}
