package net.pangea.multiformats;

import static net.pangea.multiformats.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;

/** What holds for every reader of these formats, whatever it is given. */
class DecodersTest {
    private static final IdentityKey KEY = IdentityKey.ofSeed(Bytes.wrap(new byte[32]));

    /** Of each format a value, encoded. */
    private static final Map<String, Bytes> EXAMPLES = examples();

    private static Map<String, Bytes> examples() {
        Multiaddr address = Multiaddr.parse("/dns4/a.example/udp/4001/quic-v1/p2p/" + KEY.peerId());
        Bytes signed = PeerRecord.sign(KEY, 1_700_000_000_000L, List.of(address, address));
        Map<String, Bytes> examples = new LinkedHashMap<>();
        examples.put("multihash", Multihash.of(Sha256.of(Bytes.EMPTY)).encode());
        examples.put("cid", KEY.peerId().cid().encode());
        examples.put("peerid", KEY.peerId().bytes());
        examples.put("multiaddr", address.bytes());
        examples.put("publickey", KEY.publicKey().encode());
        examples.put("envelope", signed);
        examples.put("peerrecord", Envelope.decode(signed).payload());
        return examples;
    }

    @Provide
    Arbitrary<String> formats() {
        return Arbitraries.of(EXAMPLES.keySet());
    }

    @Example
    void every_format_has_an_example() {
        assertThat(EXAMPLES.keySet()).isEqualTo(Decoders.all().keySet());
        EXAMPLES.forEach((format, bytes) ->
                assertThat(Decoders.of(format).decode(bytes)).as(format).isEqualTo(bytes));
    }

    @Property(tries = 20_000)
    void changed_bytes_are_malformed_or_a_value_with_one_encoding(@ForAll("formats") String format, @ForAll long seed) {
        Bytes changed = Mutations.of(Objects.requireNonNull(EXAMPLES.get(format)), new Random(seed));

        assertOneEncodingOrMalformed(format, changed);
    }

    @Property(tries = 5_000)
    void any_bytes_are_malformed_or_a_value_with_one_encoding(
            @ForAll("formats") String format, @ForAll @Size(max = 100) byte[] bytes) {
        assertOneEncodingOrMalformed(format, Bytes.copyOf(bytes));
    }

    @Property(tries = 3_000)
    void any_bytes_and_any_text_are_read_without_another_failure(@ForAll @Size(max = 400) byte[] bytes) {
        assertThatCode(() -> Decoders.readAsEverything(Bytes.copyOf(bytes))).doesNotThrowAnyException();
    }

    @Property(tries = 3_000)
    void any_text_is_read_without_another_failure(@ForAll String text) {
        assertThatCode(() -> {
                    Decoders.readAsText(text);
                    Decoders.readAsText("/" + text);
                    Decoders.readAsText("/dns/" + text);
                    Decoders.readAsText("/unix/" + text);
                })
                .doesNotThrowAnyException();
    }

    /** Whatever size the bytes speak of, memory is set aside for what is there. */
    @Example
    void a_size_beyond_what_is_there_takes_no_memory() {
        for (String size : new String[] {"ffffffff07", "ffffffffffffffff7f", "80808008"}) {
            for (String before :
                    new String[] {"", "12", "0112", "0172", "36", "a503", "d203", "0a", "12", "1a", "2a"}) {
                Bytes bytes = hex(before + size + "0102030405");
                assertThat(Allocation.of(() -> Decoders.readAsEverything(bytes)))
                        .isLessThan(1 << 20);
            }
        }
    }

    private static void assertOneEncodingOrMalformed(String format, Bytes bytes) {
        Decoders.Decoder decoder = Decoders.of(format);
        Bytes again;
        try {
            again = decoder.decode(bytes);
        } catch (MalformedBytes e) {
            assertThat(e).hasMessageNotContaining("null");
            return;
        }
        if (Decoders.CANONICAL.containsKey(format)) {
            assertThat(again).isEqualTo(bytes);
        }
        assertThat(decoder.decode(again)).isEqualTo(again);
    }
}
