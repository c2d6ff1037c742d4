package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.libp2p.security.ScriptedConnection;
import net.pangea.machine.ManualClock;
import net.pangea.machine.Results;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.Mutations;
import net.pangea.multiformats.PeerRecord;
import net.pangea.multiformats.ProtoWriter;

class IdentifyTest {
    private static final IdentityKey PEER = Identities.of(1);
    private static final IdentityKey OTHER = Identities.of(2);
    private static final Multiaddr HERE = Multiaddr.parse("/ip4/10.0.0.1/tcp/4001");
    private static final Multiaddr THERE = Multiaddr.parse("/ip4/10.0.0.2/tcp/4001");

    private final AddressBook book = new AddressBook(new ManualClock());
    private final Identify identify = new Identify(book, Results.COMPUTED, () -> message(Optional.empty()));

    private static IdentifyMessage message(Optional<Bytes> signed) {
        return new IdentifyMessage(
                Optional.of(PEER.publicKey()),
                List.of(HERE),
                List.of("/a/1", "/b/1"),
                Optional.empty(),
                "ipfs/0.1.0",
                "test/1",
                signed);
    }

    private static ScriptedConnection saying(IdentifyMessage... messages) throws InterruptedException {
        ScriptedConnection out = ScriptedConnection.of(Bytes.EMPTY);
        for (IdentifyMessage message : messages) {
            Delimited.write(out, message.encode());
        }
        return ScriptedConnection.of(out.written());
    }

    @Example
    void what_is_encoded_is_decoded() {
        IdentifyMessage message = message(Optional.of(PeerRecord.sign(PEER, 7, List.of(HERE))));

        assertThat(IdentifyMessage.NOTHING.plus(message.encode())).isEqualTo(message);
    }

    @Example
    void what_is_said_in_several_messages_adds_up() throws InterruptedException {
        IdentifyMessage more = new IdentifyMessage(
                Optional.empty(), List.of(THERE), List.of("/c/1"), Optional.empty(), "", "", Optional.empty());

        assertThat(identify.hear(saying(message(Optional.empty()), more), PEER.peerId()))
                .isTrue();

        assertThat(book.protocols(PEER.peerId())).containsExactly("/a/1", "/b/1", "/c/1");
        assertThat(book.addresses(PEER.peerId())).containsExactlyInAnyOrder(HERE, THERE);
    }

    @Example
    void what_is_told_is_understood_with_the_address_seen() throws InterruptedException {
        ScriptedConnection out = ScriptedConnection.of(Bytes.EMPTY);

        identify.tell(out, Optional.of(THERE));

        Bytes said = Delimited.next(ScriptedConnection.of(out.written()), IdentifyMessage.MESSAGE_BYTES_MAX)
                .orElseThrow();
        assertThat(IdentifyMessage.NOTHING.plus(said).observed()).contains(THERE);
        assertThat(out.isOutputEnded()).isTrue();
    }

    @Example
    void signed_addresses_replace_what_was_said_and_older_ones_change_nothing() throws InterruptedException {
        boolean _ = identify.hear(saying(message(Optional.empty())), PEER.peerId());
        boolean _ =
                identify.hear(saying(message(Optional.of(PeerRecord.sign(PEER, 7, List.of(THERE))))), PEER.peerId());
        boolean _ = identify.hear(saying(message(Optional.of(PeerRecord.sign(PEER, 6, List.of(HERE))))), PEER.peerId());

        assertThat(book.addresses(PEER.peerId())).containsExactly(THERE);
    }

    @Example
    void another_peers_key_and_another_peers_addresses_are_refused() {
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> identify.hear(saying(message(Optional.empty())), OTHER.peerId()));
        Bytes foreign = PeerRecord.sign(OTHER, 7, List.of(THERE));
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> identify.hear(saying(message(Optional.of(foreign))), PEER.peerId()));
        assertThat(book.addresses(PEER.peerId())).isEmpty();
        assertThat(book.addresses(OTHER.peerId())).isEmpty();
    }

    @Example
    void a_forged_record_is_refused() {
        byte[] forged = PeerRecord.sign(PEER, 7, List.of(HERE)).toArray();
        forged[forged.length - 1] ^= 1;

        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> identify.hear(saying(message(Optional.of(Bytes.wrap(forged)))), PEER.peerId()))
                .withMessageContaining("not genuine");
    }

    @Example
    void addresses_of_unknown_kinds_and_unknown_fields_are_passed_over() {
        Bytes strange = new ProtoWriter()
                .bytes(2, Bytes.wrap(new byte[] {(byte) 0xff, 0x7f, 1}))
                .bytes(2, HERE.bytes())
                .bytes(99, Bytes.EMPTY)
                .toBytes();

        assertThat(IdentifyMessage.NOTHING.plus(strange).listen()).containsExactly(HERE);
    }

    @Property
    void any_change_of_a_message_is_read_or_refused(@ForAll long seed) throws InterruptedException {
        Bytes whole = saying(message(Optional.of(PeerRecord.sign(PEER, 7, List.of(HERE)))))
                .rest();
        Bytes changed = Mutations.of(whole, new Random(seed));

        try {
            boolean _ = identify.hear(ScriptedConnection.of(changed), PEER.peerId());
        } catch (MalformedBytes e) {
            assertThat(e).hasMessageNotContaining("null");
        }

        assertThat(book.protocols(PEER.peerId())).hasSizeLessThanOrEqualTo(256);
    }
}
