package net.pangea.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.protocol.Peer;
import net.pangea.store.MemoryStore;

class MembersNoteTest {
    private static final List<Peer> PEERS = List.of(
            new Peer(
                    Identities.of(1).peerId(),
                    List.of(
                            Multiaddr.parse("/ip4/10.0.0.1/tcp/9090"),
                            Multiaddr.parse("/ip4/10.0.0.1/udp/9090/quic-v1")),
                    Optional.of("east")),
            new Peer(
                    Identities.of(2).peerId(),
                    List.of(Multiaddr.parse("/ip6/2001:db8::2/udp/1/quic-v1")),
                    Optional.empty()));

    @Example
    void what_is_kept_is_read_back_and_nothing_is_nobody() throws InterruptedException {
        MembersNote note = new MembersNote(new MemoryStore());

        assertThat(note.read()).isEmpty();
        note.keep(PEERS);
        assertThat(note.read()).isEqualTo(PEERS);
        note.keep(List.of());
        assertThat(note.read()).isEmpty();
    }

    @Property
    void any_change_is_read_or_refused(@ForAll @IntRange(max = 500) int at, @ForAll byte to) {
        byte[] bytes = MembersNote.encode(PEERS).toArray();
        bytes[at % bytes.length] = to;

        try {
            assertThat(MembersNote.decode(Bytes.wrap(bytes)).size()).isLessThanOrEqualTo(PEERS.size());
        } catch (MalformedBytes e) {
            assertThat(e).hasMessageNotContaining("null");
        }
    }

    @Property
    void a_note_that_is_cut_off_is_refused(@ForAll @IntRange(max = 500) int cut) {
        byte[] bytes = MembersNote.encode(PEERS).toArray();

        assertThatThrownBy(() -> MembersNote.decode(Bytes.wrap(Arrays.copyOf(bytes, cut % bytes.length))))
                .isInstanceOf(MalformedBytes.class);
    }
}
