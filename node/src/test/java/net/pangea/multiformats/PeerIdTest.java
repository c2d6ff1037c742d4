package net.pangea.multiformats;

import static net.pangea.multiformats.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

class PeerIdTest {

    @Property(tries = 50)
    void the_id_of_an_ed25519_key_holds_the_key(@ForAll @Size(32) byte[] seed) {
        IdentityKey key = IdentityKey.ofSeed(Bytes.copyOf(seed));
        PeerId id = key.peerId();

        assertThat(id.bytes().size()).isEqualTo(38);
        assertThat(id.toString()).startsWith("12D3Koo");
        assertThat(id.publicKey()).contains(key.publicKey());
        assertThat(PeerId.parse(id.toString())).contains(id);
        assertThat(key.publicKey().verifies(Bytes.copyOf(seed), key.sign(Bytes.copyOf(seed))))
                .isTrue();
    }

    @Property
    void an_id_is_read_from_every_text_of_it(@ForAll @Size(32) byte[] digest, @ForAll Multibase base) {
        PeerId id = new PeerId(Multihash.of(new Sha256(Bytes.copyOf(digest))).encode());

        assertThat(id.publicKey()).isEmpty();
        assertThat(PeerId.parse(id.toString())).contains(id);
        assertThat(PeerId.parse(id.cid().toString(base))).contains(id);
    }

    @Example
    void ids_and_their_texts_are_those_of_the_specification_and_of_js_libp2p() {
        for (List<String> vector : Vectors.of("keys.txt")) {
            PublicKey key = PublicKey.decode(hex(vector.get(1)));
            PeerId id = PeerId.of(key);

            assertThat(id.toString()).isEqualTo(vector.get(2));
            assertThat(id.cid().toString()).isEqualTo(vector.get(3));
            assertThat(id.cid().toString(Multibase.BASE36)).isEqualTo(vector.get(4));
            assertThat(vector.subList(2, 5))
                    .allSatisfy(text -> assertThat(PeerId.parse(text)).contains(id));
            assertThat(id.publicKey().isPresent()).isEqualTo(key.encode().size() <= 42);
        }
    }

    @Example
    void the_private_key_of_the_specification_has_its_public_key() {
        IdentityKey key = IdentityKey.ofSeed(hex("7e0830617c4a7de83925dfb2694556b12936c477a0e1feb2e148ec9da60fee7d"));

        assertThat(key.peerId().toString()).isEqualTo("12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq");
    }

    @Example
    void a_text_that_is_none_is_no_id() {
        for (String text : List.of(
                "",
                "1",
                "Q",
                "Qm",
                "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pO",
                "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3p",
                "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5",
                "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N5",
                "zQmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N",
                "bafybeie5745rpv2m6tjyuugywy4d5ewrqgqqhfnf445he3omzpjbx5xqxe",
                "k2jmtxwoe2phm1hbqp0e7nufqf6umvuu2e9qd7ana7h411a0haqj6i2z",
                "?unknownmultibase",
                "1".repeat(100_000))) {
            assertThat(PeerId.parse(text)).as(text).isEmpty();
        }
    }

    @Example
    void other_hashes_and_long_keys_are_no_ids() {
        assertMalformed("");
        assertMalformed("00");
        assertMalformed("0001");
        assertMalformed("002b" + "00".repeat(43));
        assertMalformed("1114" + "00".repeat(20));
        assertMalformed("1220" + "00".repeat(31));
        assertMalformed("1220" + "00".repeat(33));
    }

    /** Else one key would have many ids. */
    @Example
    void an_id_that_holds_another_encoding_of_a_key_or_none_has_no_key() {
        Bytes key = IdentityKey.ofSeed(Bytes.wrap(new byte[32])).publicKey().data();
        Bytes swapped = new ProtoWriter().bytes(2, key).number(1, 1).toBytes();

        assertThat(new PeerId(new Multihash(Multihash.IDENTITY, swapped).encode()).publicKey())
                .isEmpty();
        assertThat(new PeerId(hex("0003aabbcc")).publicKey()).isEmpty();
        assertThat(new PeerId(hex("0000")).publicKey()).isEmpty();
    }

    private static void assertMalformed(String bytes) {
        assertThatExceptionOfType(MalformedBytes.class).isThrownBy(() -> new PeerId(hex(bytes)));
    }
}
