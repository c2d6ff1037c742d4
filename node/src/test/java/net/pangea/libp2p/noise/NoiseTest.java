package net.pangea.libp2p.noise;

import static net.pangea.libp2p.noise.HandshakeScript.DIALER;
import static net.pangea.libp2p.noise.HandshakeScript.LISTENER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.keys.SeededSecrets;
import net.pangea.libp2p.security.ScriptedConnection;
import net.pangea.libp2p.security.Secured;
import net.pangea.libp2p.security.SecurityFailure;
import net.pangea.libp2p.security.SecurityFailure.Kind;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Results;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

class NoiseTest {
    private static final HandshakeScript PLAIN = new HandshakeScript(List.of(), List.of());
    private static final Bytes DIALERS_BYTES = PLAIN.firstAndThird();
    private static final Bytes LISTENERS_BYTES = PLAIN.second();
    private static final int TRIES = 300;

    private static Kind failureOf(ThrowingCallable handshake) {
        return catchThrowableOfType(SecurityFailure.class, handshake).kind();
    }

    private static Kind failureToDial(Bytes listenersBytes) {
        ScriptedConnection connection = ScriptedConnection.of(listenersBytes);
        Kind kind = failureOf(() -> PLAIN.dialer().dial(connection, LISTENER.peerId()));
        assertThat(connection.isReset()).isTrue();
        return kind;
    }

    private static Kind failureToAccept(Bytes dialersBytes) {
        ScriptedConnection connection = ScriptedConnection.of(dialersBytes);
        Kind kind = failureOf(() -> PLAIN.listener().accept(connection));
        assertThat(connection.isReset()).isTrue();
        return kind;
    }

    private static Bytes flipped(Bytes bytes, int bit) {
        byte[] array = bytes.toArray();
        array[bit / 8 % array.length] ^= (byte) (1 << bit % 8);
        return Bytes.wrap(array);
    }

    private static Bytes cut(Bytes bytes, int size) {
        return bytes.slice(0, size % bytes.size());
    }

    @Example
    void each_side_learns_who_the_other_is() throws InterruptedException {
        ScriptedConnection dialers = ScriptedConnection.of(LISTENERS_BYTES);
        ScriptedConnection listeners = ScriptedConnection.of(DIALERS_BYTES);

        Secured dialed = PLAIN.dialer().dial(dialers, LISTENER.peerId());
        Secured accepted = PLAIN.listener().accept(listeners);

        assertThat(dialed.remote()).isEqualTo(LISTENER.peerId());
        assertThat(dialed.remoteKey()).isEqualTo(LISTENER.publicKey());
        assertThat(accepted.remote()).isEqualTo(DIALER.peerId());
        assertThat(dialed.muxer()).isEmpty();
        assertThat(accepted.muxer()).isEmpty();
        assertThat(dialers.isReset() || listeners.isReset()).isFalse();
    }

    @Property(tries = TRIES)
    void pieces_make_no_difference_and_data_right_behind_is_kept(@ForAll @IntRange(min = 1, max = 200) int pieceBytes)
            throws InterruptedException {
        ScriptedConnection first = ScriptedConnection.of(LISTENERS_BYTES);
        Secured dialed = PLAIN.dialer().dial(first, LISTENER.peerId());
        dialed.connection().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));

        Secured accepted = PLAIN.listener().accept(new ScriptedConnection(first.written(), pieceBytes));

        ByteBuffer data = ByteBuffer.allocate(10);
        assertThat(accepted.connection().read(data)).isEqualTo(3);
        assertThat(data.array()).startsWith(1, 2, 3);
        assertThat(accepted.connection().read(data)).isEqualTo(-1);
    }

    @Example
    void another_peer_than_the_one_dialed_is_refused_before_anything_is_sent_to_it() {
        ScriptedConnection connection = ScriptedConnection.of(LISTENERS_BYTES);

        assertThat(failureOf(() -> PLAIN.dialer().dial(connection, DIALER.peerId())))
                .isEqualTo(Kind.WRONG_PEER);

        assertThat(connection.written()).isEqualTo(PLAIN.first());
        assertThat(connection.isReset()).isTrue();
    }

    @Example
    void a_key_signed_by_somebody_else_is_refused() {
        Bytes foreign = HandshakePayload.of(
                        DIALER,
                        DhKey.draw(new SeededSecrets(9), Results.COMPUTED).publicKey(),
                        List.of())
                .encode();
        NoiseHandshake liar = handshake(false);
        Bytes _ = liar.read(HandshakeScript.unframed(PLAIN.first()));

        assertThat(failureToDial(HandshakeScript.framed(liar.write(foreign)))).isEqualTo(Kind.BAD_SIGNATURE);

        assertThat(failureToAccept(saidToListener(PLAIN, foreign))).isEqualTo(Kind.BAD_SIGNATURE);
    }

    /** A side with keys of its own: what it says of itself is up to the test. */
    private static NoiseHandshake handshake(boolean initiator) {
        SeededSecrets secrets = new SeededSecrets(5);
        return new NoiseHandshake(
                initiator,
                DhKey.draw(secrets, Results.COMPUTED),
                DhKey.draw(secrets, Results.COMPUTED),
                Bytes.EMPTY,
                new Ciphers(secrets));
    }

    private static Bytes ownStaticKey() {
        return DhKey.draw(new SeededSecrets(5), Results.COMPUTED).publicKey();
    }

    /** {@return all that a dialer says to the script's listener, if it says {@code payload} of itself} */
    private static Bytes saidToListener(HandshakeScript script, Bytes payload) {
        NoiseHandshake dialer = handshake(true);
        Bytes first = HandshakeScript.framed(dialer.write(Bytes.EMPTY));
        ScriptedConnection connection = ScriptedConnection.of(first);
        assertThat(failureOf(() -> script.listener().accept(connection))).isEqualTo(Kind.ENDED);
        Bytes _ = dialer.read(HandshakeScript.unframed(connection.written()));
        return new ByteWriter()
                .raw(first)
                .raw(HandshakeScript.framed(dialer.write(payload)))
                .toBytes();
    }

    @Example
    void a_payload_that_is_none_is_refused() {
        for (Bytes payload : List.of(Bytes.EMPTY, Bytes.wrap(new byte[] {10}), Bytes.wrap(new byte[100]))) {
            NoiseHandshake liar = handshake(false);
            Bytes _ = liar.read(HandshakeScript.unframed(PLAIN.first()));

            assertThat(failureToDial(HandshakeScript.framed(liar.write(payload))))
                    .isEqualTo(Kind.BAD_HANDSHAKE);
        }
    }

    @Example
    void what_the_first_message_says_in_the_clear_is_passed_over() {
        NoiseHandshake chatty = handshake(true);
        Bytes first = HandshakeScript.framed(chatty.write(Bytes.wrap(new byte[100])));

        assertThat(failureToAccept(first)).as("waits for the third message").isEqualTo(Kind.ENDED);
    }

    @Example
    void keys_of_low_order_are_refused() {
        // The points of order 1, 2, 4 and 8, and two that are not reduced; see RFC 7748 section 7.
        List<String> points = List.of(
                "00".repeat(32),
                "01" + "00".repeat(31),
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f");
        for (String point : points) {
            Bytes message = Bytes.parseHex(point).orElseThrow();
            assertThat(failureToAccept(HandshakeScript.framed(message))).isEqualTo(Kind.BAD_HANDSHAKE);
            assertThat(failureToDial(HandshakeScript.framed(new ByteWriter()
                            .raw(message)
                            .raw(Bytes.wrap(new byte[200]))
                            .toBytes())))
                    .isEqualTo(Kind.BAD_HANDSHAKE);
        }
    }

    @Property(tries = TRIES)
    void a_flipped_bit_ends_the_handshake(@ForAll @IntRange(min = 0, max = 4000) int bit) throws InterruptedException {
        assertThat(failureToDial(flipped(LISTENERS_BYTES, bit))).isIn(Kind.BAD_HANDSHAKE, Kind.ENDED);
        assertThat(failureToAccept(flipped(DIALERS_BYTES, bit))).isIn(Kind.BAD_HANDSHAKE, Kind.ENDED);
    }

    @Property(tries = TRIES)
    void a_handshake_cut_off_is_named(@ForAll @IntRange(min = 0, max = 1000) int size) throws InterruptedException {
        assertThat(failureToDial(cut(LISTENERS_BYTES, size))).isEqualTo(Kind.ENDED);
        assertThat(failureToAccept(cut(DIALERS_BYTES, size))).isEqualTo(Kind.ENDED);
    }

    @Property(tries = TRIES)
    void any_bytes_end_the_handshake(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(failureToDial(Bytes.copyOf(bytes))).isIn(Kind.BAD_HANDSHAKE, Kind.ENDED);
        assertThat(failureToAccept(Bytes.copyOf(bytes))).isIn(Kind.BAD_HANDSHAKE, Kind.ENDED);
    }

    @Example
    void messages_longer_than_any_peers_are_refused_unread() {
        Bytes huge = Bytes.wrap(new byte[] {(byte) 0xff, (byte) 0xff, 1, 2, 3});
        ScriptedConnection connection = ScriptedConnection.of(huge);

        assertThat(failureOf(() -> PLAIN.listener().accept(connection))).isEqualTo(Kind.BAD_HANDSHAKE);
        assertThat(connection.readBytes()).isEqualTo(2);
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

    @Example
    void the_muxer_is_the_first_of_the_dialer_that_both_have() throws InterruptedException {
        HandshakeScript script = new HandshakeScript(
                List.of("/new/1.0.0", "/yamux/1.0.0", "/mplex/6.7.0"), List.of("/mplex/6.7.0", "/yamux/1.0.0"));

        Secured dialed = script.dialer().dial(ScriptedConnection.of(script.second()), LISTENER.peerId());
        Secured accepted = script.listener().accept(ScriptedConnection.of(script.firstAndThird()));

        assertThat(dialed.muxer()).contains("/yamux/1.0.0");
        assertThat(accepted.muxer()).contains("/yamux/1.0.0");
    }

    @Example
    void whoever_names_no_muxers_leaves_it_to_multistream_select() throws InterruptedException {
        for (HandshakeScript script : List.of(
                new HandshakeScript(List.of("/yamux/1.0.0"), List.of()),
                new HandshakeScript(List.of(), List.of("/yamux/1.0.0")))) {
            assertThat(script.dialer()
                            .dial(ScriptedConnection.of(script.second()), LISTENER.peerId())
                            .muxer())
                    .isEqualTo(Optional.empty());
            assertThat(script.listener()
                            .accept(ScriptedConnection.of(script.firstAndThird()))
                            .muxer())
                    .isEqualTo(Optional.empty());
        }
    }

    @Example
    void no_common_muxer_is_a_failure_of_both() throws InterruptedException {
        HandshakeScript apart = new HandshakeScript(List.of("/a"), List.of("/b"));

        assertThat(failureOf(() -> apart.dialer().dial(ScriptedConnection.of(apart.second()), LISTENER.peerId())))
                .isEqualTo(Kind.NO_COMMON_MUXER);

        Bytes named = HandshakePayload.of(DIALER, ownStaticKey(), List.of("/a")).encode();
        assertThat(failureOf(() -> apart.listener().accept(ScriptedConnection.of(saidToListener(apart, named)))))
                .isEqualTo(Kind.NO_COMMON_MUXER);
    }

    @Example
    void a_side_takes_its_own_turns_only() {
        NoiseHandshake dialer = handshake(true);
        NoiseHandshake listener = handshake(false);

        assertThatThrownBy(() -> dialer.read(Bytes.EMPTY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> listener.write(Bytes.EMPTY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(dialer::records).isInstanceOf(IllegalStateException.class);
    }
}
