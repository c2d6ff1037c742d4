package net.pangea.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.protocol.Message.Content;
import net.pangea.protocol.Message.NotFound;
import net.pangea.protocol.ProtocolFailure.Kind;

class FrameChannelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @Property(tries = 50)
    void a_message_arrives_whole_however_it_is_cut(
            @ForAll @IntRange(max = 300_000) int size, @ForAll @IntRange(min = 1, max = 70_000) int pieceBytes)
            throws InterruptedException {
        Message message = new Content(Bytes.wrap(new byte[size]));
        RecordedConnection answer = new RecordedConnection(Bytes.EMPTY, 1);
        int sent = accepted(answer).send(message);

        assertThat(sent).isEqualTo(answer.written().size());
        Bytes request = new ByteWriter()
                .raw(FrameChannel.PREAMBLE)
                .raw(answer.written())
                .toBytes();
        assertThat(receive(request, pieceBytes)).isEqualTo(message);
    }

    @Property
    void any_bytes_are_a_message_or_a_named_failure(@ForAll @Size(max = 60) byte[] bytes, @ForAll boolean withPreamble)
            throws InterruptedException {
        Bytes preamble = withPreamble ? FrameChannel.PREAMBLE : Bytes.EMPTY;
        try {
            assertThat(receive(
                            new ByteWriter()
                                    .raw(preamble)
                                    .raw(Bytes.copyOf(bytes))
                                    .toBytes(),
                            7))
                    .isNotNull();
        } catch (ProtocolFailure e) {
            assertThat(e.kind()).isNotEqualTo(Kind.UNEXPECTED);
        }
    }

    @Example
    void the_end_between_messages_is_no_failure() throws InterruptedException {
        FrameChannel channel = accepted(new RecordedConnection(frames("0000000113"), 3));

        assertThat(channel.next(PATIENCE)).contains(new NotFound());
        assertThat(channel.next(PATIENCE)).isEmpty();
    }

    @Example
    void the_end_inside_a_message_is_named() {
        assertThatFails(frames("00000001"), Kind.ENDED);
        assertThatFails(frames("0000"), Kind.ENDED);
    }

    @Example
    void another_version_is_named() {
        assertThatFails(Bytes.parseHex("504e47020000000113").orElseThrow(), Kind.WRONG_VERSION);
    }

    @Example
    void a_frame_that_claims_too_much_is_refused_before_it_is_read() {
        assertThatFails(frames("ffffffff"), Kind.TOO_LARGE);
    }

    @Example
    void an_empty_frame_is_malformed() {
        assertThatFails(frames("00000000"), Kind.MALFORMED);
    }

    private static Bytes frames(String hex) {
        return new ByteWriter()
                .raw(FrameChannel.PREAMBLE)
                .raw(Bytes.parseHex(hex).orElseThrow())
                .toBytes();
    }

    private static void assertThatFails(Bytes input, Kind kind) {
        assertThatThrownBy(() -> receive(input, 2))
                .isInstanceOfSatisfying(
                        ProtocolFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private static Message receive(Bytes input, int pieceBytes) throws InterruptedException {
        return accepted(new RecordedConnection(input, pieceBytes)).receive(PATIENCE);
    }

    private static FrameChannel accepted(RecordedConnection connection) {
        return FrameChannel.accepted(connection, new PlainClock(), Deadlines.DEFAULT);
    }
}
