package net.pangea.libp2p.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.keys.SeededSecrets;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.machine.Results;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.ProtoWriter;

class HandshakePayloadTest {
    private static final IdentityKey PEER = Identities.of(3);
    private static final Bytes STATIC =
            DhKey.draw(new SeededSecrets(1), Results.COMPUTED).publicKey();

    private static Kind failureOf(Bytes encoded) {
        return catchThrowableOfType(
                        SecurityFailure.class, () -> HandshakePayload.verified(encoded, STATIC, Results.COMPUTED))
                .kind();
    }

    @Property(tries = 300)
    void what_is_encoded_is_decoded(@ForAll @Size(max = HandshakePayload.MUXERS_MAX) List<String> muxers) {
        List<String> valid =
                muxers.stream().map(text -> text.replaceAll("\\p{Cs}", "?")).toList();
        HandshakePayload payload = HandshakePayload.of(PEER, STATIC, valid);

        assertThat(HandshakePayload.verified(payload.encode(), STATIC, Results.COMPUTED))
                .isEqualTo(payload);
    }

    @Example
    void the_fields_are_those_of_the_specification() {
        Bytes signature = PEER.sign(new ByteWriter()
                .raw(Bytes.wrap("noise-libp2p-static-key:".getBytes(StandardCharsets.US_ASCII)))
                .raw(STATIC)
                .toBytes());

        assertThat(HandshakePayload.of(PEER, STATIC, List.of("/yamux/1.0.0"))
                        .encode()
                        .hex())
                .isEqualTo("0a24" + PEER.publicKey().encode().hex() + "1240" + signature.hex() + "220e" + "120c"
                        + Bytes.wrap("/yamux/1.0.0".getBytes(StandardCharsets.US_ASCII))
                                .hex());
    }

    @Example
    void unknown_fields_are_passed_over() {
        HandshakePayload payload = HandshakePayload.of(PEER, STATIC, List.of());
        Bytes more = new ProtoWriter()
                .bytes(3, Bytes.wrap(new byte[10]))
                .bytes(1, PEER.publicKey().encode())
                .message(4, new ProtoWriter().bytes(1, Bytes.wrap(new byte[34])).number(7, 1))
                .bytes(2, payload.signature())
                .number(99, 5)
                .toBytes();

        assertThat(HandshakePayload.verified(more, STATIC, Results.COMPUTED)).isEqualTo(payload);
    }

    @Example
    void more_muxers_than_there_are_in_the_world_are_refused() {
        List<String> many = Collections.nCopies(HandshakePayload.MUXERS_MAX + 1, "");

        assertThat(failureOf(HandshakePayload.of(PEER, STATIC, many).encode())).isEqualTo(Kind.BAD_HANDSHAKE);
    }

    @Property(tries = 300)
    void any_bytes_are_refused(@ForAll @Size(max = 200) byte[] bytes) {
        assertThat(failureOf(Bytes.copyOf(bytes))).isEqualTo(Kind.BAD_HANDSHAKE);
    }

    @Property(tries = 300)
    void a_flipped_bit_of_key_or_signature_is_refused(@ForAll @IntRange(min = 0, max = 8 * 104 - 1) int bit) {
        byte[] bytes = HandshakePayload.of(PEER, STATIC, List.of()).encode().toArray();
        assertThat(bytes).hasSize(104);
        bytes[bit / 8] ^= (byte) (1 << bit % 8);

        assertThat(failureOf(Bytes.wrap(bytes))).isIn(Kind.BAD_HANDSHAKE, Kind.BAD_SIGNATURE);
    }
}
