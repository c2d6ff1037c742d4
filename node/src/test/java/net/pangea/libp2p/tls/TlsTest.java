package net.pangea.libp2p.tls;

import static net.pangea.libp2p.tls.TlsScript.CLOCK;
import static net.pangea.libp2p.tls.TlsScript.DIALER;
import static net.pangea.libp2p.tls.TlsScript.LISTENER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.Bytes;
import net.pangea.keys.SeededSecrets;
import net.pangea.libp2p.security.ScriptedConnection;
import net.pangea.libp2p.security.Secured;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.machine.NetworkFailure;
import net.pangea.multiformats.Mutations;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class TlsTest {
    private static final TlsScript PLAIN = TlsScript.plain();
    private static final Bytes DIALERS_BYTES = PLAIN.firstAndThird();
    private static final Bytes LISTENERS_BYTES = PLAIN.second();
    private static final int TRIES = 200;

    private static Kind failureOf(ThrowingCallable handshake) {
        return catchThrowableOfType(SecurityFailure.class, handshake).kind();
    }

    private static Kind failureToDial(Bytes listenersBytes) {
        ScriptedConnection connection = ScriptedConnection.of(listenersBytes);
        return failureOf(() -> PLAIN.dialer().dial(connection, LISTENER.peerId()));
    }

    private static Kind failureToAccept(Bytes dialersBytes) {
        ScriptedConnection connection = ScriptedConnection.of(dialersBytes);
        return failureOf(() -> PLAIN.listener().accept(connection));
    }

    @Example
    void each_side_learns_who_the_other_is() throws InterruptedException {
        Secured dialed = PLAIN.dialer().dial(ScriptedConnection.of(LISTENERS_BYTES), LISTENER.peerId());
        Secured accepted = PLAIN.listener().accept(ScriptedConnection.of(DIALERS_BYTES));

        assertThat(dialed.remote()).isEqualTo(LISTENER.peerId());
        assertThat(accepted.remote()).isEqualTo(DIALER.peerId());
    }

    @Property(tries = 20)
    void one_seed_gives_the_same_bytes_in_each_run(@ForAll @IntRange(min = 1) int seed) {
        TlsScript script = new TlsScript(List.of("/yamux/1.0.0"), List.of("/yamux/1.0.0"), seed);

        assertThat(script.firstAndThird()).isEqualTo(script.firstAndThird());
        assertThat(script.second()).isEqualTo(script.second());
    }

    @Example
    void other_secrets_give_other_bytes() {
        TlsScript other = new TlsScript(List.of(), List.of(), 2);

        assertThat(other.first()).isNotEqualTo(PLAIN.first());
    }

    @Example
    void the_bytes_are_those_of_one_certificate_made_of_the_same_secrets() {
        assertThat(PeerCertificate.create(DIALER, CLOCK.now(), new SeededSecrets(3))
                        .encoded())
                .isEqualTo(PeerCertificate.create(DIALER, CLOCK.now(), new SeededSecrets(3))
                        .encoded());
    }

    @Property(tries = TRIES)
    void pieces_make_no_difference(@ForAll @IntRange(min = 1, max = 300) int pieceBytes) throws InterruptedException {
        Secured accepted = PLAIN.listener().accept(new ScriptedConnection(DIALERS_BYTES, pieceBytes));

        assertThat(accepted.remote()).isEqualTo(DIALER.peerId());
    }

    @Property(tries = TRIES)
    void whatever_is_done_to_it_a_handshake_fails_by_name_or_succeeds(@ForAll Random random)
            throws InterruptedException {
        for (Bytes mutated : List.of(Mutations.of(LISTENERS_BYTES, random), Mutations.of(DIALERS_BYTES, random))) {
            try {
                assertThat(PLAIN.dialer()
                                .dial(ScriptedConnection.of(mutated), LISTENER.peerId())
                                .remote())
                        .isEqualTo(LISTENER.peerId());
            } catch (SecurityFailure _) {
                // a name
            }
            try {
                assertThat(PLAIN.listener()
                                .accept(ScriptedConnection.of(mutated))
                                .remote())
                        .isEqualTo(DIALER.peerId());
            } catch (SecurityFailure _) {
                // a name
            }
        }
    }

    @Example
    void the_end_in_the_middle_is_named() {
        assertThat(failureToDial(Bytes.EMPTY)).isEqualTo(Kind.ENDED);
        assertThat(failureToDial(LISTENERS_BYTES.slice(0, LISTENERS_BYTES.size() - 1)))
                .isEqualTo(Kind.ENDED);
        assertThat(failureToAccept(DIALERS_BYTES.slice(0, DIALERS_BYTES.size() - 1)))
                .isEqualTo(Kind.ENDED);
    }

    @Example
    void another_peer_is_refused_before_anything_but_a_reason_is_said_to_it() {
        ScriptedConnection connection = ScriptedConnection.of(LISTENERS_BYTES);

        assertThat(failureOf(() -> PLAIN.dialer().dial(connection, DIALER.peerId())))
                .isEqualTo(Kind.WRONG_PEER);
        assertThat(connection.written().size() - PLAIN.first().size()).isBetween(1, 32);
    }

    @Example
    void the_first_message_names_no_server_and_offers_one_version_and_no_session() {
        assertThat(extensionsOf(PLAIN.first()))
                .containsOnlyKeys(
                        0x000a, // groups
                        0x000d, // signatures
                        0x0010, // application protocols
                        0x002b, // versions
                        0x0033) // shares of keys
                .containsEntry(0x0010, Bytes.parseHex("0007066c6962703270").orElseThrow())
                .containsEntry(0x002b, Bytes.parseHex("020304").orElseThrow());
    }

    /** The extensions of a ClientHello (RFC 8446 section 4.1.2) in a record of its own. */
    private static Map<Integer, Bytes> extensionsOf(Bytes record) {
        ByteReader in = new ByteReader(record);
        Bytes _ = in.raw(5 + 4 + 2 + 32); // headers, version, random
        Bytes _ = in.raw(in.u8()); // session
        Bytes _ = in.raw(in.u16()); // suites
        Bytes _ = in.raw(in.u8()); // compression
        ByteReader list = new ByteReader(in.raw(in.u16()));
        in.end();
        Map<Integer, Bytes> extensions = new TreeMap<>();
        while (list.remaining() > 0) {
            int type = list.u16();
            extensions.put(type, list.raw(list.u16()));
        }
        return extensions;
    }

    @Example
    void the_reason_is_said_to_a_side_that_speaks_something_else() {
        ScriptedConnection connection = ScriptedConnection.of(
                Bytes.wrap("\u0016\u0003\u0001\u0000\u0004abcd".getBytes(StandardCharsets.ISO_8859_1)));

        assertThat(failureOf(() -> PLAIN.listener().accept(connection))).isEqualTo(Kind.BAD_HANDSHAKE);
    }

    @Example
    void the_muxer_is_the_first_of_the_dialer_that_both_have() throws InterruptedException {
        TlsScript script =
                new TlsScript(List.of("/new", "/yamux/1.0.0", "/mplex"), List.of("/mplex", "/yamux/1.0.0"), 1);

        Secured dialed = script.dialer().dial(ScriptedConnection.of(script.second()), LISTENER.peerId());

        assertThat(dialed.muxer()).contains("/yamux/1.0.0");
    }

    @Example
    void an_interrupted_handshake_leaves_nothing() {
        ScriptedConnection connection = ScriptedConnection.of(LISTENERS_BYTES);
        connection.interruptNextWriteAfter(0);

        assertThatThrownBy(() -> PLAIN.dialer().dial(connection, LISTENER.peerId()))
                .isInstanceOf(InterruptedException.class);
        assertThat(connection.isReset()).isTrue();
    }

    @Example
    void a_broken_connection_stays_a_failure_of_the_network() {
        ScriptedConnection connection = ScriptedConnection.of(LISTENERS_BYTES);
        connection.reset();

        assertThatThrownBy(() -> PLAIN.dialer().dial(connection, LISTENER.peerId()))
                .isInstanceOf(NetworkFailure.class);
    }
}
