package net.pangea.libp2p.multistream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.multistream.NegotiationFailure.Kind;
import net.pangea.libp2p.security.ScriptedConnection;
import net.pangea.machine.Connection;
import net.pangea.machine.NetworkFailure;

class MultistreamTest {
    private static final String VERSION = "\u0013/multistream/1.0.0\n";
    private static final List<String> SUPPORTED = List.of("/noise", "/tls/1.0.0");

    private static Bytes bytes(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }

    private static Kind failureOf(ScriptedConnection connection) {
        return catchThrowableOfType(NegotiationFailure.class, () -> Multistream.answer(connection, SUPPORTED))
                .kind();
    }

    private static Kind failureToPropose(ScriptedConnection connection, String... protocols) {
        return catchThrowableOfType(NegotiationFailure.class, () -> Multistream.propose(connection, List.of(protocols)))
                .kind();
    }

    @Example
    void the_first_proposal_goes_out_with_the_version() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(bytes(VERSION + "\u0007/noise\n" + "what follows"));

        String agreed = Multistream.propose(connection, List.of("/noise", "/tls/1.0.0"));

        assertThat(agreed).isEqualTo("/noise");
        assertThat(text(connection.written())).isEqualTo(VERSION + "\u0007/noise\n");
    }

    @Example
    void nothing_behind_the_agreement_is_read() throws InterruptedException {
        ScriptedConnection dialer = ScriptedConnection.of(bytes(VERSION + "\u0007/noise\n" + "what follows"));
        ScriptedConnection listener = ScriptedConnection.of(bytes(VERSION + "\u0007/noise\n" + "what follows"));

        var _ = Multistream.propose(dialer, List.of("/noise"));
        var _ = Multistream.answer(listener, SUPPORTED);

        assertThat(dialer.readBytes()).isEqualTo(VERSION.length() + 8);
        assertThat(listener.readBytes()).isEqualTo(VERSION.length() + 8);
    }

    @Example
    void a_proposal_that_was_put_off_goes_out_with_the_first_bytes() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(bytes(VERSION + "\u0007/noise\n" + "answer"));
        Connection stream = Multistream.proposeLater(connection, "/noise", _ -> {});

        stream.write(bytes("question").asBuffer());
        ByteBuffer answer = ByteBuffer.allocate(6);
        while (answer.hasRemaining()) {
            assertThat(stream.read(answer)).isPositive();
        }

        assertThat(text(connection.written())).isEqualTo(VERSION + "\u0007/noise\n" + "question");
        assertThat(text(Bytes.copyOf(answer.array()))).isEqualTo("answer");
    }

    @Example
    void who_reads_first_proposes_first() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(bytes(VERSION + "\u0007/noise\n" + "hello"));
        Connection stream = Multistream.proposeLater(connection, "/noise", _ -> {});

        assertThat(stream.read(ByteBuffer.allocate(5))).isPositive();

        assertThat(text(connection.written())).isEqualTo(VERSION + "\u0007/noise\n");
    }

    @Example
    void a_proposal_that_was_put_off_and_is_refused_fails_the_first_read() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(bytes(VERSION + "\u0003na\n"));
        Connection stream = Multistream.proposeLater(connection, "/noise", _ -> {});
        stream.write(bytes("question").asBuffer());

        assertThatThrownBy(() -> stream.read(ByteBuffer.allocate(1)))
                .isInstanceOf(NetworkFailure.class)
                .hasMessageContaining("does not speak /noise");
    }

    @Example
    void a_stream_that_is_closed_before_the_answer_waits_for_it_elsewhere() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(bytes(VERSION + "\u0007/noise\n"));
        List<Multistream.Closing> later = new ArrayList<>();
        Connection stream = Multistream.proposeLater(connection, "/noise", later::add);
        stream.write(bytes("news").asBuffer());

        stream.close();

        assertThat(connection.readBytes()).isZero();
        later.getFirst().run();
        assertThat(connection.readBytes()).isEqualTo(VERSION.length() + 8);
    }

    @Example
    void the_next_is_proposed_when_one_is_refused() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(bytes(VERSION + "\u0003na\n" + "\u000b/tls/1.0.0\n"));

        String agreed = Multistream.propose(connection, List.of("/noise", "/tls/1.0.0"));

        assertThat(agreed).isEqualTo("/tls/1.0.0");
        assertThat(text(connection.written())).isEqualTo(VERSION + "\u0007/noise\n" + "\u000b/tls/1.0.0\n");
    }

    @Example
    void a_listener_refuses_what_it_does_not_speak_and_echoes_what_it_speaks() throws InterruptedException {
        ScriptedConnection connection =
                ScriptedConnection.of(bytes(VERSION + "\u0008/secio2\n" + "\u000b/tls/1.0.0\n" + "\u0016\u0003"));

        assertThat(Multistream.answer(connection, SUPPORTED)).isEqualTo("/tls/1.0.0");
        assertThat(text(connection.written())).isEqualTo(VERSION + "\u0003na\n" + "\u000b/tls/1.0.0\n");
    }

    @Example
    void names_are_compared_byte_for_byte() {
        assertThat(failureOf(ScriptedConnection.of(bytes(VERSION + "\u0007/Noise\n" + "\u0008/noise/\n"))))
                .isEqualTo(Kind.ENDED);
    }

    @Example
    void ls_lists_what_is_supported() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(bytes(VERSION + "\u0003ls\n" + "\u0007/noise\n"));

        var _ = Multistream.answer(connection, SUPPORTED);

        assertThat(text(connection.written()))
                .isEqualTo(VERSION + "\u0015\u0007/noise\n\u000b/tls/1.0.0\n\n" + "\u0007/noise\n");
    }

    @Example
    void ls_lists_no_more_than_a_message_holds() throws InterruptedException {
        ScriptedConnection connection = ScriptedConnection.of(bytes(VERSION + "\u0003ls\n" + "\u0003/1\n"));
        List<String> many = new ArrayList<>(Collections.nCopies(300, "/long/name/of/a/protocol"));
        many.add("/1");

        var _ = Multistream.answer(connection, many);

        assertThat(connection.written().size())
                .isBetween(900, VERSION.length() + 2 + Multistream.MESSAGE_BYTES_MAX + 4);
    }

    @Example
    void failures_are_named() {
        assertThat(failureToPropose(ScriptedConnection.of(bytes(VERSION + "\u0003na\n")), "/noise"))
                .isEqualTo(Kind.NOT_SUPPORTED);
        assertThat(failureToPropose(ScriptedConnection.of(bytes(VERSION + "\u0005/tls\n")), "/noise"))
                .isEqualTo(Kind.MALFORMED);
        assertThat(failureToPropose(ScriptedConnection.of(bytes("\u0013/multistream/2.0.0\n")), "/noise"))
                .isEqualTo(Kind.MALFORMED);
        assertThat(failureOf(ScriptedConnection.of(bytes("GET / HTTP/1.1\r\n\r\n"))))
                .isEqualTo(Kind.ENDED); // "G" is a length, and the message never ends
        assertThat(failureOf(ScriptedConnection.of(bytes("\u0000")))).isEqualTo(Kind.MALFORMED);
        assertThat(failureOf(ScriptedConnection.of(bytes("\u0002ab")))).isEqualTo(Kind.MALFORMED);
        assertThat(failureOf(ScriptedConnection.of(Bytes.wrap(new byte[] {2, -1, '\n'}))))
                .isEqualTo(Kind.MALFORMED);
        assertThat(failureOf(ScriptedConnection.of(Bytes.wrap(new byte[] {-128, 0}))))
                .isEqualTo(Kind.MALFORMED);
        assertThat(failureOf(ScriptedConnection.of(Bytes.wrap(new byte[] {-127, 8}))))
                .isEqualTo(Kind.TOO_LONG);
        assertThat(failureOf(ScriptedConnection.of(Bytes.wrap(new byte[] {-1, -1, 1}))))
                .isEqualTo(Kind.TOO_LONG);
        assertThat(failureOf(ScriptedConnection.of(Bytes.EMPTY))).isEqualTo(Kind.ENDED);
    }

    @Example
    void the_longest_message_is_read() {
        ByteWriter out = new ByteWriter().raw(bytes(VERSION));
        out.u8(0x80).u8(8).raw(bytes("p".repeat(1023) + "\n"));

        assertThat(failureOf(ScriptedConnection.of(out.toBytes())))
                .as("refused, not too long")
                .isEqualTo(Kind.ENDED);
    }

    @Example
    void a_dialer_that_never_stops_proposing_is_given_up() {
        ScriptedConnection connection = ScriptedConnection.of(bytes(VERSION + "\u0003/x\n".repeat(1000)));

        assertThat(failureOf(connection)).isEqualTo(Kind.TOO_MANY_PROPOSALS);
        assertThat(connection.written().size()).isEqualTo(VERSION.length() + 4 * Multistream.PROPOSALS_MAX);
    }

    @Example
    void what_cannot_be_proposed_is_a_mistake_of_the_caller() {
        for (String wrong : List.of("", "a\nb", "x".repeat(1024))) {
            assertThatThrownBy(() -> Multistream.propose(ScriptedConnection.of(Bytes.EMPTY), List.of(wrong)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Property
    void pieces_make_no_difference(@ForAll @IntRange(min = 1, max = 40) int pieceBytes) throws InterruptedException {
        Bytes script = bytes(VERSION + "\u0003na\n" + "\u000b/tls/1.0.0\n");

        assertThat(Multistream.propose(new ScriptedConnection(script, pieceBytes), SUPPORTED))
                .isEqualTo("/tls/1.0.0");
    }

    @Property
    void any_bytes_are_an_agreement_or_a_named_failure(@ForAll @Size(max = 80) byte[] said, @ForAll boolean greets)
            throws InterruptedException {
        Bytes greeting = bytes(greets ? VERSION : "");
        Bytes script = new ByteWriter().raw(greeting).raw(Bytes.copyOf(said)).toBytes();
        try {
            assertThat(Multistream.answer(ScriptedConnection.of(script), SUPPORTED))
                    .isIn(SUPPORTED);
        } catch (NegotiationFailure e) {
            assertThat(e.kind()).isNotEqualTo(Kind.NOT_SUPPORTED);
        }
        try {
            assertThat(Multistream.propose(ScriptedConnection.of(script), SUPPORTED))
                    .isIn(SUPPORTED);
        } catch (NegotiationFailure e) {
            assertThat(e.kind()).isNotEqualTo(Kind.TOO_MANY_PROPOSALS);
        }
    }

    @Property
    void a_broken_connection_stays_a_failure_of_the_network(@ForAll boolean dials) {
        ScriptedConnection connection = ScriptedConnection.of(Bytes.EMPTY);
        connection.reset();

        assertThatThrownBy(() -> {
                    String _ = dials
                            ? Multistream.propose(connection, SUPPORTED)
                            : Multistream.answer(connection, SUPPORTED);
                })
                .isInstanceOf(NetworkFailure.class);
    }
}
