package net.pangea.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.bytes.ByteReader;
import net.pangea.bytes.ByteWriter;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Body;
import net.pangea.protocol.PeerMessage.NotFound;
import net.pangea.protocol.PeerMessage.StoreShard;
import net.pangea.protocol.ProtocolFailure.Kind;
import org.jspecify.annotations.Nullable;

class MessageChannelTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final PlainClock CLOCK = new PlainClock();
    private static final PeerCodec CODEC = new PeerCodec();

    @Property(tries = 50)
    void a_message_arrives_whole_however_it_is_cut(
            @ForAll @IntRange(min = 1, max = 300_000) int size, @ForAll @IntRange(min = 1, max = 70_000) int pieceBytes)
            throws InterruptedException {
        PeerMessage message = new StoreShard(Sha256.of(Bytes.EMPTY), 1, 2, Bytes.wrap(new byte[size]));
        RecordedConnection sent = new RecordedConnection(Bytes.EMPTY, 1);
        int bytes = accepted(sent).send(message);

        assertThat(bytes).isEqualTo(sent.written().size());
        assertThat(accepted(new RecordedConnection(sent.written(), pieceBytes)).receive(PATIENCE))
                .isEqualTo(message);
    }

    @Property(tries = 200)
    void messages_that_arrive_together_are_told_apart(
            @ForAll @Size(max = 12) List<@IntRange(max = 3_000) Integer> sizes,
            @ForAll @IntRange(min = 1, max = 5_000) int pieceBytes)
            throws InterruptedException {
        List<Bytes> messages =
                sizes.stream().map(size -> Bytes.wrap(new byte[size])).toList();
        RecordedConnection sent = new RecordedConnection(Bytes.EMPTY, 1);
        MessageChannel<Bytes> sender = MessageChannel.over(sent, CLOCK, Deadlines.DEFAULT, new AsTheyAre());
        for (Bytes message : messages) {
            int _ = sender.send(message);
        }

        MessageChannel<Bytes> receiver = MessageChannel.over(
                new RecordedConnection(sent.written(), pieceBytes), CLOCK, Deadlines.DEFAULT, new AsTheyAre());
        for (Bytes message : messages) {
            assertThat(receiver.next(PATIENCE)).contains(message);
        }
        assertThat(receiver.next(PATIENCE)).isEmpty();
    }

    @Property
    void any_bytes_are_a_message_or_a_named_failure(@ForAll @Size(max = 60) byte[] bytes) throws InterruptedException {
        try {
            assertThat(accepted(new RecordedConnection(Bytes.copyOf(bytes), 7)).next(PATIENCE))
                    .isNotNull();
        } catch (ProtocolFailure e) {
            assertThat(e.kind()).isIn(Kind.ENDED, Kind.MALFORMED, Kind.TOO_LARGE);
        }
    }

    @Example
    void who_dials_says_first_what_for_and_only_once() throws InterruptedException {
        ScriptedNetwork network = new ScriptedNetwork(_ -> new NotFound());
        try (MessageChannel<PeerMessage> channel = MessageChannel.dial(
                network, CLOCK, Deadlines.DEFAULT, ScriptedNetwork.PEER, ClientPreamble.bytes(), CODEC)) {
            int first = channel.send(new PeerMessage.Hello());
            int second = channel.send(new PeerMessage.Hello());

            assertThat(first - second).isEqualTo(ClientPreamble.bytes().size());
        }
    }

    @Example
    void a_client_is_known_by_what_it_says_first() throws InterruptedException {
        RecordedConnection connection = new RecordedConnection(ClientPreamble.bytes(), 2);
        assertThat(ClientPreamble.isNext(connection, CLOCK, Deadlines.DEFAULT)).isTrue();
    }

    @Example
    void a_connection_that_ends_before_it_said_anything_is_no_failure() throws InterruptedException {
        RecordedConnection silent = new RecordedConnection(Bytes.EMPTY, 1);
        assertThat(ClientPreamble.isNext(silent, CLOCK, Deadlines.DEFAULT)).isFalse();
    }

    @Example
    void a_connection_that_says_nothing_is_not_waited_for_as_long_as_one_that_is_idle() throws InterruptedException {
        List<Duration> waits = new ArrayList<>();
        PlainClock clock = new PlainClock() {
            @Override
            public <T extends @Nullable Object, X extends Exception> T within(Duration limit, Body<T, X> body)
                    throws X, InterruptedException {
                waits.add(limit);
                return super.within(limit, body);
            }
        };

        var _ = ClientPreamble.isNext(new RecordedConnection(Bytes.EMPTY, 1), clock, Deadlines.DEFAULT);

        assertThat(waits).containsExactly(Deadlines.DEFAULT.reply());
    }

    @Example
    void another_version_or_kind_or_program_is_named() {
        for (String begin :
                new String[] {"504e4701", "504e470100000001", "504e470201", "504e470303", "504e4703", "474554202f"}) {
            RecordedConnection connection =
                    new RecordedConnection(Bytes.parseHex(begin).orElseThrow(), 3);
            assertThatThrownBy(() -> ClientPreamble.isNext(connection, CLOCK, Deadlines.DEFAULT))
                    .isInstanceOfSatisfying(
                            ProtocolFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(Kind.WRONG_VERSION))
                    .hasMessageContaining("same version");
        }
    }

    @Example
    void the_end_between_messages_is_no_failure() throws InterruptedException {
        Bytes frame = framed(new NotFound());
        MessageChannel<PeerMessage> channel = accepted(new RecordedConnection(frame, 3));

        assertThat(channel.next(PATIENCE)).contains(new NotFound());
        assertThat(channel.next(PATIENCE)).isEmpty();
    }

    @Example
    void the_end_inside_a_message_is_named() {
        Bytes frame = framed(new NotFound());
        for (int size = 1; size < frame.size(); size++) {
            assertThatFails(frame.slice(0, size), Kind.ENDED);
        }
    }

    @Example
    void a_frame_that_claims_too_much_is_refused_before_it_is_read() {
        assertThatFails(Bytes.parseHex("ffffffff").orElseThrow(), Kind.TOO_LARGE);
    }

    @Example
    void an_empty_frame_is_malformed() {
        assertThatFails(Bytes.parseHex("00000000").orElseThrow(), Kind.MALFORMED);
    }

    @Example
    void any_codec_will_do() throws InterruptedException {
        RecordedConnection sent = new RecordedConnection(Bytes.EMPTY, 1);
        int _ = MessageChannel.over(sent, CLOCK, Deadlines.CLIENT, new Texts()).send("hello");
        assertThat(sent.written().hex()).isEqualTo("00000007" + "0005" + "68656c6c6f");

        RecordedConnection said = new RecordedConnection(sent.written(), 4);
        assertThat(MessageChannel.over(said, CLOCK, Deadlines.CLIENT, new Texts())
                        .receive(PATIENCE))
                .isEqualTo("hello");
    }

    @Example
    void a_node_answers_requests_only() throws InterruptedException {
        RecordedConnection request = new RecordedConnection(framed(new PeerMessage.Hello()), 5);
        PeerChannel channel = new PeerChannel(request, CLOCK, Deadlines.DEFAULT, Arrivals.unbounded());
        assertThat(channel.next()).contains(new PeerMessage.Hello());
        channel.reply(new NotFound());
        assertThat(channel.next()).isEqualTo(Optional.empty());
        assertThat(request.written()).isEqualTo(framed(new NotFound()));

        PeerChannel wrong = new PeerChannel(
                new RecordedConnection(framed(new NotFound()), 5), CLOCK, Deadlines.DEFAULT, Arrivals.unbounded());
        assertThatThrownBy(wrong::next)
                .isInstanceOfSatisfying(
                        ProtocolFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNEXPECTED));
    }

    /** Messages that are any bytes. */
    private record AsTheyAre() implements Codec<Bytes> {
        @Override
        public Bytes encode(Bytes message) {
            return message;
        }

        @Override
        public Bytes decode(Bytes content) {
            return content;
        }
    }

    /** Another conversation's messages. */
    private record Texts() implements Codec<String> {
        @Override
        public Bytes encode(String message) {
            return new ByteWriter().text(message).toBytes();
        }

        @Override
        public String decode(Bytes content) {
            try {
                return new ByteReader(content).text(10, "text");
            } catch (MalformedBytes e) {
                throw new ProtocolFailure(Kind.MALFORMED, String.valueOf(e.getMessage()));
            }
        }
    }

    private static Bytes framed(PeerMessage message) {
        return new ByteWriter().sized(CODEC.encode(message)).toBytes();
    }

    private static void assertThatFails(Bytes input, Kind kind) {
        assertThatThrownBy(() -> accepted(new RecordedConnection(input, 2)).next(PATIENCE))
                .isInstanceOfSatisfying(
                        ProtocolFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private static MessageChannel<PeerMessage> accepted(RecordedConnection connection) {
        return MessageChannel.over(connection, CLOCK, Deadlines.DEFAULT, CODEC);
    }
}
