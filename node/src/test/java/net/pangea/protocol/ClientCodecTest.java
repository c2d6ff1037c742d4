package net.pangea.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.keys.DataKey;
import net.pangea.keys.OwnerId;
import net.pangea.manifest.CatalogueEntry;
import net.pangea.manifest.ObjectRef;
import net.pangea.protocol.ClientMessage.Problem;

class ClientCodecTest {
    private static final Sha256 HASH = Sha256.of(Bytes.EMPTY);
    private static final ObjectRef REF = new ObjectRef(HASH, Sha256.of(HASH.bytes()), new DataKey(HASH.bytes()));
    private static final CatalogueEntry ENTRY =
            new CatalogueEntry(REF, "näme", "text/plain", 1, 2, 3, 4, 5, true, false);

    private static final List<ClientMessage> MESSAGES = messages();

    private final ClientCodec codec = new ClientCodec();

    private static List<ClientMessage> messages() {
        List<ClientMessage> all = new ArrayList<>(List.of(
                new ClientMessage.PutObject("näme", "text/plain", 1L << 40, true, Optional.of(HASH)),
                new ClientMessage.PutObject("", "", 0, false, Optional.empty()),
                new ClientMessage.Content(Bytes.wrap(new byte[] {1, 2, 3})),
                new ClientMessage.GetObject(REF, 1, Long.MAX_VALUE),
                new ClientMessage.ListObjects("*.jpg", Optional.of(HASH), 1_024),
                new ClientMessage.DeleteObject(HASH),
                new ClientMessage.DescribeObject(REF),
                new ClientMessage.PinObject(HASH, true),
                new ClientMessage.RenewObject(HASH, 9),
                new ClientMessage.RestoreCatalogue(),
                new ClientMessage.PublishCatalogue(),
                new ClientMessage.AskStatus(),
                new ClientMessage.LookUp(HASH.bytes()),
                new ClientMessage.FindProviders(HASH),
                new ClientMessage.ProvidersFound(List.of("12D3KooA", "12D3KooB")),
                new ClientMessage.LookedUp(List.of("12D3KooA", "12D3KooB"), 4, 31, 2),
                new ClientMessage.Continue(4 << 20),
                new ClientMessage.PutDone(REF, 11, 12, 12, 3, 2, 1, 5),
                new ClientMessage.ObjectFound("n", "m", 1, HASH, 4 << 20, 5, 6),
                new ClientMessage.GetDone(),
                new ClientMessage.Listed(List.of(ENTRY, ENTRY), true),
                new ClientMessage.Described(new ObjectInfo(
                        HASH,
                        "n",
                        "m",
                        1,
                        HASH,
                        2,
                        new OwnerId(HASH.bytes()),
                        1,
                        8,
                        4,
                        5,
                        6,
                        7,
                        -1,
                        8,
                        9,
                        10,
                        11,
                        true)),
                new ClientMessage.Changed(ENTRY, 3, 4),
                new ClientMessage.Restored(1, 2, 3),
                new ClientMessage.Published(1, 2, 3),
                status(Map.of("refused: not libp2p", 7L, "stream malformed", 1L))));
        for (Problem problem : Problem.values()) {
            all.add(new ClientMessage.Failed(problem, "why, and what to do"));
        }
        return all;
    }

    private static ClientMessage status(Map<String, Long> ended) {
        return new ClientMessage.Status("a", "b", "c", 1, 2, 3, 4, 5, 6, true, "mdns off", "off", new TreeMap<>(ended));
    }

    @Example
    void every_message_is_read_back_as_it_was_written() {
        assertThat(MESSAGES.stream().map(Object::getClass).distinct().count())
                .isEqualTo(ClientMessage.Request.class.getPermittedSubclasses().length
                        + ClientMessage.Reply.class.getPermittedSubclasses().length
                        - 1); // content goes both ways
        for (ClientMessage message : MESSAGES) {
            assertThat(codec.decode(codec.encode(message))).isEqualTo(message);
        }
    }

    @Property
    void any_bytes_are_a_message_or_are_refused(@ForAll byte[] bytes) {
        isMessageOrRefused(bytes);
    }

    /** Every byte of every message becomes every other byte: that is few enough to leave none to chance. */
    @Example
    void damaged_messages_are_messages_or_are_refused() {
        for (ClientMessage message : MESSAGES) {
            byte[] bytes = codec.encode(message).toArray();
            for (int at = 0; at < bytes.length; at++) {
                byte was = bytes[at];
                for (int change = 1; change <= 0xff; change++) {
                    bytes[at] = (byte) (was ^ change);
                    isMessageOrRefused(bytes);
                }
                bytes[at] = was;
            }
        }
    }

    @Example
    void cut_messages_are_refused() {
        for (ClientMessage message : MESSAGES) {
            byte[] bytes = codec.encode(message).toArray();
            for (int cut = 0; cut < bytes.length; cut++) {
                Bytes left = Bytes.wrap(Arrays.copyOf(bytes, cut));
                assertThatThrownBy(() -> codec.decode(left)).isInstanceOf(ProtocolFailure.class);
            }
        }
    }

    @Example
    void reasons_out_of_order_or_twice_are_refused() {
        ClientMessage message = status(Map.of("aa", 1L, "ab", 2L));
        for (String second : List.of("aa", "a_")) {
            byte[] bytes = codec.encode(message).toArray();
            byte[] found = "ab".getBytes(StandardCharsets.UTF_8);
            System.arraycopy(
                    second.getBytes(StandardCharsets.UTF_8), 0, bytes, bytes.length - Long.BYTES - found.length, 2);

            assertThatThrownBy(() -> codec.decode(Bytes.wrap(bytes)))
                    .isInstanceOf(ProtocolFailure.class)
                    .hasMessageContaining("reason " + second + " after aa");
        }
    }

    private void isMessageOrRefused(byte[] bytes) {
        ClientMessage message;
        try {
            message = codec.decode(Bytes.wrap(bytes));
        } catch (ProtocolFailure e) {
            assertThat(e.kind()).isEqualTo(ProtocolFailure.Kind.MALFORMED);
            return;
        }
        assertThat(codec.encode(message)).isEqualTo(Bytes.wrap(bytes));
    }
}
