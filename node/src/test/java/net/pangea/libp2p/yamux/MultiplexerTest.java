package net.pangea.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What a side says and does, frame by frame. */
class MultiplexerTest {
    private static final int WINDOW = ReceiveWindow.INITIAL_BYTES;

    private final Peer peer = new Peer();
    private final Multiplexer multiplexer = peer.multiplexer;

    private static Frame update(int flags, int stream, int delta) {
        return new Frame(FrameType.WINDOW_UPDATE, flags, stream, delta);
    }

    private static Frame data(int flags, int stream, int length) {
        return new Frame(FrameType.DATA, flags, stream, length);
    }

    private static void assertFails(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        NetworkFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private static int read(MuxStream stream, int room) {
        return stream.read(ByteBuffer.allocate(room));
    }

    private static void write(MuxStream stream, int length) {
        assertThat(stream.write(ByteBuffer.allocate(length))).isEqualTo(length);
    }

    @Test
    void who_dialled_numbers_its_streams_oddly_and_who_listened_evenly() {
        Multiplexer listener =
                new Multiplexer("test", false, YamuxLimits.DEFAULT, new UnreadBudget(1 << 20), () -> {}, () -> {});

        assertThat(multiplexer.open().number()).isEqualTo(1);
        assertThat(multiplexer.open().number()).isEqualTo(3);
        assertThat(listener.open().number()).isEqualTo(2);
        assertThat(listener.open().number()).isEqualTo(4);
    }

    @Test
    void the_first_data_opens_a_stream_or_accepts_it() {
        MuxStream own = multiplexer.open();
        MuxStream other = peer.opens(2);

        write(own, 5);
        write(own, 6);
        write(other, 7);

        assertThat(peer.gets()).containsExactly(data(Frame.SYN, 1, 5), data(0, 1, 6), data(Frame.ACK, 2, 7));
    }

    @Test
    void who_opens_and_reads_says_so_without_data() {
        MuxStream stream = multiplexer.open();

        assertThat(read(stream, 1)).isZero();

        assertThat(peer.gets()).containsExactly(update(Frame.SYN, 1, 0));
    }

    @Test
    void a_stream_may_arrive_with_data_and_its_end_and_a_larger_window() {
        peer.sendsData(Frame.SYN | Frame.FIN, 2, 10);
        peer.sendsUpdate(Frame.SYN, 4, 1000);
        MuxStream first = Objects.requireNonNull(multiplexer.accept());
        MuxStream second = Objects.requireNonNull(multiplexer.accept());

        assertThat(first).isNotNull();
        assertThat(second).isNotNull();
        assertThat(read(first, 20)).isEqualTo(10);
        assertThat(read(first, 20)).isEqualTo(-1);
        int written = 0;
        ByteBuffer source = ByteBuffer.allocate(WINDOW + 2000);
        for (int count = second.write(source); count > 0; count = second.write(source)) {
            written += count;
            assertThat(peer.gets()).isNotEmpty();
        }
        assertThat(written).isEqualTo(WINDOW + 1000);
    }

    @Test
    void the_acceptance_may_carry_a_larger_window_too() {
        MuxStream stream = multiplexer.open();
        peer.sendsUpdate(Frame.ACK, 1, 500);
        ByteBuffer source = ByteBuffer.allocate(2 * WINDOW);
        int written = 0;
        for (int count = stream.write(source); count > 0; count = stream.write(source)) {
            written += count;
            assertThat(peer.gets()).isNotEmpty();
        }

        assertThat(written).isEqualTo(WINDOW + 500);
        peer.sendsUpdate(0, 1, 7);
        assertThat(stream.write(source)).isEqualTo(7);
    }

    @Test
    void what_was_read_comes_back_as_window_in_halves() {
        MuxStream stream = peer.opens(2);
        assertThat(peer.gets()).containsExactly(update(Frame.ACK, 2, 0));
        peer.sendsData(0, 2, 200_000);

        assertThat(read(stream, 131_071)).isEqualTo(131_071);
        assertThat(peer.gets()).isEmpty();
        assertThat(read(stream, 1)).isEqualTo(1);

        assertThat(peer.gets()).containsExactly(update(0, 2, WINDOW / 2));
    }

    @Test
    void a_reader_that_is_faster_than_the_line_gets_a_larger_window_until_the_session_has_given_enough() {
        int extra = 0;
        for (int number = 2; number <= 10; number += 2) {
            MuxStream stream = peer.opens(number);
            int window = WINDOW;
            for (int round = 0; round < 10; round++) {
                int part = window / 2;
                for (int sent = 0; sent < part; sent += WINDOW / 2) {
                    peer.sendsData(0, number, WINDOW / 2);
                }
                assertThat(read(stream, part)).isEqualTo(part);
                int granted = (int) peer.gets().getFirst().length();
                extra += granted - part;
                window += granted - part;
            }
            assertThat(window).isBetween(WINDOW, ReceiveWindow.SIZE_MAX_BYTES);
        }

        assertThat(extra).isEqualTo(4 << 20);
        assertThat(multiplexer.extraWindow(1)).isZero();
    }

    @Test
    void a_ping_is_answered_with_its_value() {
        peer.sends(new Frame(FrameType.PING, Frame.SYN, 0, 0xdeadbeefL));
        peer.sends(new Frame(FrameType.PING, Frame.ACK, 0, 7));

        assertThat(peer.gets()).containsExactly(new Frame(FrameType.PING, Frame.ACK, 0, 0xdeadbeefL));
    }

    @Test
    void more_pings_than_answers_are_taken_end_the_session() {
        Frame ping = new Frame(FrameType.PING, Frame.SYN, 0, 1);
        for (int round = 0; round < 10; round++) {
            for (int i = 0; i < Outgoing.PONGS_MAX; i++) {
                peer.sends(ping);
            }
            assertThat(peer.gets()).hasSize(Outgoing.PONGS_MAX);
        }
        for (int i = 0; i < Outgoing.PONGS_MAX; i++) {
            peer.sends(ping);
        }

        peer.breaksTheProtocol(Reason.PING_FLOOD, ping);
    }

    @Test
    void what_is_due_of_a_stream_goes_in_one_frame() {
        MuxStream stream = peer.opens(2);
        peer.sendsData(0, 2, WINDOW);
        assertThat(read(stream, WINDOW)).isEqualTo(WINDOW);
        stream.closeOutput();
        stream.closeOutput();

        assertThat(peer.gets()).containsExactly(update(Frame.ACK | Frame.FIN, 2, 2 * WINDOW));
    }

    @Test
    void data_goes_before_the_end_and_other_streams_do_not_overtake_it() {
        MuxStream stream = multiplexer.open();
        write(stream, 100);
        stream.closeOutput();

        assertThat(peer.gets()).containsExactly(data(Frame.SYN, 1, 100), update(Frame.FIN, 1, 0));
    }

    @Test
    void streams_that_wait_for_room_take_turns() {
        List<MuxStream> streams = List.of(multiplexer.open(), multiplexer.open(), multiplexer.open());
        List<ByteBuffer> sources = new ArrayList<>();
        streams.forEach(_ -> sources.add(ByteBuffer.allocate(200_000)));
        List<Integer> order = new ArrayList<>();
        while (sources.stream().anyMatch(ByteBuffer::hasRemaining)) {
            for (int i = 0; i < streams.size(); i++) {
                if (sources.get(i).hasRemaining()) {
                    int _ = streams.get(i).write(sources.get(i));
                }
            }
            peer.gets().stream()
                    .filter(frame -> frame.type() == FrameType.DATA)
                    .forEach(frame -> order.add(frame.stream()));
        }

        assertThat(order.subList(0, 9)).containsExactly(1, 3, 5, 1, 3, 5, 1, 3, 5);
    }

    @Test
    void a_writer_that_gives_up_lets_the_next_one_go() {
        MuxStream first = multiplexer.open();
        MuxStream second = multiplexer.open();
        MuxStream third = multiplexer.open();
        ByteBuffer much = ByteBuffer.allocate(65_000);
        assertThat(first.write(much)).isPositive();
        assertThat(second.write(ByteBuffer.allocate(10_000))).isZero();
        assertThat(third.write(ByteBuffer.allocate(10_000))).isZero();
        assertThat(peer.gets()).isNotEmpty();

        assertThat(third.write(ByteBuffer.allocate(10_000))).as("not its turn").isZero();
        second.giveUpWriting();

        assertThat(third.write(ByteBuffer.allocate(10_000))).isEqualTo(10_000);
        assertThat(second.state()).as("it had sent nothing").isEqualTo(StreamState.OPEN);
    }

    @Test
    void a_stream_closed_before_it_said_anything_was_never_there() {
        MuxStream closed = multiplexer.open();
        MuxStream reset = multiplexer.open();

        closed.close();
        reset.reset();

        assertThat(multiplexer.openStreams()).isZero();
        assertThat(peer.gets()).isEmpty();
    }

    @Test
    void a_closed_stream_stays_until_the_other_side_has_ended_too() {
        MuxStream stream = multiplexer.open();
        write(stream, 1);
        stream.close();
        assertThat(peer.gets()).containsExactly(data(Frame.SYN, 1, 1), update(Frame.FIN, 1, 0));

        assertThat(multiplexer.openStreams()).isOne();
        peer.sendsUpdate(Frame.ACK | Frame.FIN, 1, 0);

        assertThat(multiplexer.openStreams()).isZero();
    }

    @Test
    void who_sends_on_a_stream_that_was_closed_here_is_told_to_stop() {
        MuxStream stream = peer.opens(2);
        peer.sendsData(0, 2, WINDOW);
        stream.close();
        assertThat(peer.gets())
                .as("room, so that who waits for it finds out")
                .containsExactly(update(Frame.ACK | Frame.FIN, 2, WINDOW));

        peer.sendsData(0, 2, 10);

        assertThat(peer.gets()).containsExactly(update(Frame.RST, 2, 0));
        assertThat(multiplexer.openStreams()).isZero();
        assertThat(multiplexer.unreadBytes()).isZero();
        peer.sendsData(0, 2, 10); // was under way
        assertThat(peer.gets()).isEmpty();
    }

    @Test
    void a_reset_drops_what_was_not_read_unless_it_was_complete() {
        MuxStream cut = peer.opens(2);
        MuxStream whole = peer.opens(4);
        peer.sendsData(0, 2, 10);
        peer.sendsData(Frame.FIN, 4, 10);

        peer.sendsUpdate(Frame.RST, 2, 0);
        peer.sendsUpdate(Frame.RST, 4, 0);

        assertFails(Kind.RESET, () -> read(cut, 10));
        assertThat(read(whole, 10)).isEqualTo(10);
        assertThat(read(whole, 10)).isEqualTo(-1);
        assertFails(Kind.RESET, whole::requireWritable);
        assertThat(multiplexer.openStreams()).isZero();
        assertThat(multiplexer.unreadBytes()).isZero();
    }

    @Test
    void streams_beyond_the_limit_are_refused() {
        Peer other = new Peer(new YamuxLimits(2, 2, WINDOW));
        other.sendsUpdate(Frame.SYN, 2, 0);
        other.sendsUpdate(Frame.SYN, 4, 0);

        other.sendsData(Frame.SYN, 6, 100);

        assertThat(other.gets()).containsExactly(update(Frame.RST, 6, 0));
        assertThat(other.multiplexer.refusedStreams()).isOne();
        assertThat(other.multiplexer.openStreams()).isEqualTo(2);
        assertThat(other.multiplexer.unreadBytes()).isZero();
        MuxStream first = other.multiplexer.open();
        MuxStream _ = other.multiplexer.open();
        assertFails(Kind.EXHAUSTED, other.multiplexer::open);
        first.close();
        MuxStream _ = other.multiplexer.open();
    }

    @Test
    void refusals_that_nobody_takes_end_the_session() {
        Peer other = new Peer(new YamuxLimits(1, 1, WINDOW));
        other.sendsUpdate(Frame.SYN, 2, 0);
        for (int i = 0; i < Outgoing.REFUSALS_MAX; i++) {
            other.sendsUpdate(Frame.SYN, 4 + 2 * i, 0);
        }

        other.breaksTheProtocol(Reason.STREAM_FLOOD, update(Frame.SYN, 4 + 2 * Outgoing.REFUSALS_MAX, 0));
    }

    @Test
    void streams_opened_and_reset_at_once_reach_nobody_and_cost_no_memory() {
        for (int i = 0; i < 10_000; i++) {
            peer.sendsData(Frame.SYN, 2 + 2 * i, 100);
            peer.sendsUpdate(Frame.RST, 2 + 2 * i, 0);
        }
        peer.sendsUpdate(Frame.SYN | Frame.RST, 2, 0);
        peer.sendsData(Frame.SYN | Frame.FIN, 2, 100);
        peer.sendsUpdate(Frame.RST, 2, 0);

        assertThat(multiplexer.accept()).isNull();
        assertThat(multiplexer.openStreams()).isZero();
        assertThat(multiplexer.unreadBytes()).isZero();
        assertThat(peer.gets()).isEmpty();
    }

    @Test
    void a_stream_that_the_other_side_resets_counts_until_its_user_knows() {
        Peer other = new Peer(new YamuxLimits(1, 1, WINDOW));
        MuxStream stream = other.opens(2);
        other.sendsUpdate(Frame.RST, 2, 0);

        other.sendsUpdate(Frame.SYN, 4, 0);
        assertThat(other.multiplexer.refusedStreams()).isOne();

        assertFails(Kind.RESET, () -> read(stream, 1));
        MuxStream next = other.opens(6);
        assertThat(next.number()).isEqualTo(6);
    }

    @Test
    void a_stream_is_reset_whose_data_would_be_too_much_for_the_session() {
        Peer other = new Peer(new YamuxLimits(1, 10, WINDOW + 100));
        MuxStream first = other.opens(2);
        MuxStream second = other.opens(4);
        other.sendsData(0, 2, WINDOW);
        other.sendsData(0, 4, 100);
        assertThat(other.gets()).hasSize(2);

        other.sendsData(0, 4, 1);

        assertThat(other.gets()).containsExactly(update(Frame.RST, 4, 0));
        assertFails(Kind.RESET, () -> read(second, 1));
        assertThat(read(first, 1)).isOne();
        assertThat(other.multiplexer.refusedStreams()).isOne();
        assertThat(other.multiplexer.unreadBytes()).isEqualTo(WINDOW - 1);
    }

    @Test
    void sessions_of_one_owner_share_what_may_be_unread_and_each_has_a_little_of_its_own() {
        UnreadBudget budget = new UnreadBudget(WINDOW);
        Peer greedy = new Peer(YamuxLimits.DEFAULT, budget);
        Peer modest = new Peer(YamuxLimits.DEFAULT, budget);
        MuxStream hoard = greedy.opens(2);
        greedy.sendsData(0, 2, WINDOW);
        MuxStream few = modest.opens(2);
        modest.sendsData(0, 2, UnreadBudget.SHARE_BYTES);
        MuxStream tooMany = modest.opens(4);

        modest.sendsData(0, 4, 1);

        assertFails(Kind.RESET, () -> read(tooMany, 1));
        assertThat(budget.bytes()).isEqualTo(WINDOW + UnreadBudget.SHARE_BYTES);
        assertThat(read(few, 100)).isEqualTo(100);
        assertThat(budget.bytes()).isEqualTo(WINDOW + UnreadBudget.SHARE_BYTES - 100);
        greedy.multiplexer.end(new YamuxEnd(Reason.TRANSPORT, "gone"));
        assertThat(budget.bytes()).isEqualTo(UnreadBudget.SHARE_BYTES - 100);
        assertFails(Kind.RESET, () -> read(hoard, 1));
        modest.multiplexer.end(new YamuxEnd(Reason.CLOSED, ""));
        assertThat(budget.bytes()).isZero();
    }

    @Test
    void what_is_announced_counts_before_it_comes_and_no_longer_once_nobody_wants_it() {
        UnreadBudget budget = new UnreadBudget(WINDOW);
        Peer slow = new Peer(YamuxLimits.DEFAULT, budget);
        Peer other = new Peer(YamuxLimits.DEFAULT, budget);
        MuxStream announced = slow.opens(2);
        slow.sendsHeader(new Frame(FrameType.DATA, 0, 2, WINDOW));
        MuxStream late = other.opens(2);
        assertThat(budget.bytes()).isEqualTo(WINDOW);

        other.sendsData(0, 2, UnreadBudget.SHARE_BYTES + 1);
        assertFails(Kind.RESET, () -> read(late, 1));

        slow.sendsBytes(1_000);
        assertThat(budget.bytes()).isEqualTo(WINDOW);
        announced.reset();
        assertThat(budget.bytes()).isEqualTo(WINDOW - 1_000);
        slow.sendsBytes(WINDOW - 2_000);
        assertThat(budget.bytes()).isEqualTo(1_000);
        slow.multiplexer.end(new YamuxEnd(Reason.TRANSPORT, "gone"));
        assertThat(budget.bytes()).isZero();
    }

    @Test
    void what_the_protocol_forbids_is_named() {
        MuxStream _ = peer.opens(2);
        peer.breaksTheProtocol(Reason.STREAM_IN_USE, update(Frame.SYN, 2, 0));
        peer.breaksTheProtocol(Reason.BAD_STREAM, update(Frame.SYN, 3, 0));
        peer.breaksTheProtocol(Reason.BAD_STREAM, update(0, 1, 0));
        peer.breaksTheProtocol(Reason.WINDOW_OVERRUN, data(0, 2, WINDOW + 1));
        peer.breaksTheProtocol(Reason.WINDOW_OVERRUN, data(0, 100, (4 << 20) + 1));
        peer.breaksTheProtocol(Reason.WINDOW_OVERFLOW, new Frame(FrameType.WINDOW_UPDATE, 0, 2, Frame.LENGTH_MAX));
        peer.sendsUpdate(Frame.FIN, 2, 0);
        peer.breaksTheProtocol(Reason.DATA_AFTER_END, data(0, 2, 1));
    }

    @Test
    void frames_on_streams_that_are_gone_are_passed_over() {
        peer.sendsData(0, 2, 1000);
        peer.sendsUpdate(Frame.FIN, 4, 100);
        peer.sendsUpdate(Frame.RST, 6, 0);

        assertThat(peer.gets()).isEmpty();
        assertThat(multiplexer.openStreams()).isZero();
    }

    @Test
    void bytes_are_taken_however_they_are_cut() {
        ByteBuffer wire = ByteBuffer.allocate(3 * Frame.BYTES + 20);
        data(Frame.SYN, 2, 10).encode(wire);
        wire.put(new byte[10]);
        data(0, 2, 10).encode(wire);
        wire.put(new byte[10]);
        update(Frame.FIN, 2, 0).encode(wire);
        wire.flip();
        ByteBuffer window = ByteBuffer.allocate(wire.limit());

        while (wire.hasRemaining()) {
            window.put(wire.get()).flip();
            multiplexer.receive(window);
            window.compact();
        }

        MuxStream stream = Objects.requireNonNull(multiplexer.accept());
        assertThat(stream).isNotNull();
        assertThat(read(stream, 100)).isEqualTo(20);
        assertThat(read(stream, 100)).isEqualTo(-1);
    }

    @Test
    void a_session_that_is_closed_says_so_after_what_was_written() {
        MuxStream stream = multiplexer.open();
        MuxStream other = peer.opens(2);
        peer.sendsData(Frame.FIN, 2, 10);
        write(stream, 100);
        stream.closeOutput();

        multiplexer.end(new YamuxEnd(Reason.CLOSED, ""));

        assertThat(peer.gets())
                .containsExactly(
                        data(Frame.SYN, 1, 100),
                        update(Frame.FIN, 1, 0),
                        update(Frame.ACK, 2, 0),
                        new Frame(FrameType.GO_AWAY, 0, 0, 0));
        assertFails(Kind.CLOSED, () -> read(other, 1));
        assertFails(Kind.CLOSED, stream::requireWritable);
        assertFails(Kind.CLOSED, multiplexer::open);
        assertFails(Kind.CLOSED, multiplexer::accept);
        assertThat(multiplexer.openStreams()).isZero();
        assertThat(multiplexer.unreadBytes()).isZero();
    }

    @Test
    void who_broke_the_protocol_is_told() {
        multiplexer.end(new YamuxEnd(Reason.BAD_TYPE, ""));

        assertThat(peer.gets()).containsExactly(new Frame(FrameType.GO_AWAY, 0, 0, 1));
    }

    @Test
    void once_the_other_side_has_gone_away_only_what_is_complete_can_be_read() {
        MuxStream cut = peer.opens(2);
        MuxStream whole = peer.opens(4);
        peer.sendsData(0, 2, 10);
        peer.sendsData(Frame.FIN, 4, 10);

        peer.sends(new Frame(FrameType.GO_AWAY, 0, 0, 0));

        assertThat(multiplexer.end()).isEqualTo(new YamuxEnd(Reason.GONE_AWAY, ""));
        assertFails(Kind.RESET, () -> read(cut, 10));
        assertThat(read(whole, 10)).isEqualTo(10);
        assertThat(read(whole, 10)).isEqualTo(-1);
        assertFails(Kind.RESET, whole::requireWritable);
        assertFails(Kind.RESET, multiplexer::accept);
        whole.close();
        cut.reset();
        assertThat(multiplexer.unreadBytes()).isZero();
    }

    @Test
    void an_accusation_is_told_apart_from_a_farewell() {
        peer.sends(new Frame(FrameType.GO_AWAY, 0, 0, 2));

        assertThat(Objects.requireNonNull(multiplexer.end()).reason()).isEqualTo(Reason.ACCUSED);
    }

    @Test
    void a_transport_that_ends_inside_a_frame_has_failed() {
        peer.sendsUpdate(Frame.SYN, 2, 0);
        ByteBuffer header = ByteBuffer.allocate(Frame.BYTES);
        data(0, 2, 10).encode(header);
        multiplexer.receive(header.flip());

        multiplexer.receiveEnd(true);

        assertThat(Objects.requireNonNull(multiplexer.end()).reason()).isEqualTo(Reason.TRANSPORT);
    }

    @Test
    void silence_is_pinged_after_a_beat_and_ends_the_session_after_the_next_while_somebody_waits() {
        long _ = multiplexer.waits(multiplexer.open(), true);

        assertThat(pingsOf(1)).isZero();
        assertThat(pingsOf(1)).isOne();

        peer.sends(new Frame(FrameType.PING, Frame.ACK, 0, 0));
        assertThat(pingsOf(1)).isZero();
        assertThat(pingsOf(1)).isOne();
        assertThat(multiplexer.end()).isNull();
        multiplexer.beat();

        assertThat(Objects.requireNonNull(multiplexer.end()).reason()).isEqualTo(Reason.TIMED_OUT);
        assertFails(Kind.TIMED_OUT, multiplexer::open);
    }

    @Test
    void silence_is_pinged_after_somebody_has_given_up_but_not_once_something_came() {
        MuxStream stream = multiplexer.open();
        multiplexer.beat();
        multiplexer.waited(stream, true, multiplexer.waits(stream, true));
        assertThat(pingsOf(1)).isOne();

        peer.sends(new Frame(FrameType.PING, Frame.ACK, 0, 0));
        assertThat(pingsOf(5)).isZero();

        long since = multiplexer.waits(stream, true);
        peer.sendsUpdate(0, 100, 0);
        multiplexer.waited(stream, true, since);
        assertThat(pingsOf(5)).isZero();
    }

    @Test
    void silence_is_pinged_while_a_writer_waits_whoever_opened_the_stream() {
        MuxStream other = peer.opens(2);
        long _ = multiplexer.waits(other, false);

        assertThat(pingsOf(2)).isOne();
    }

    @Test
    void a_silence_in_which_nothing_is_expected_is_pinged_every_eight_beats() {
        MuxStream other = peer.opens(2);
        long _ = multiplexer.waits(other, true); // it says more when it likes

        for (int round = 0; round < 3; round++) {
            assertThat(pingsOf(8)).isZero();
            assertThat(pingsOf(1)).isOne();
            peer.sends(new Frame(FrameType.PING, Frame.ACK, 0, round));
        }

        assertThat(pingsOf(10)).isOne();
        assertThat(Objects.requireNonNull(multiplexer.end()).reason()).isEqualTo(Reason.TIMED_OUT);
    }

    private long pingsOf(int beats) {
        for (int beat = 0; beat < beats; beat++) {
            multiplexer.beat();
        }
        return peer.gets().stream()
                .filter(frame -> frame.type() == FrameType.PING && frame.has(Frame.SYN))
                .count();
    }

    @Test
    void a_stream_that_the_other_side_does_not_end_after_it_was_closed_here_is_reset() {
        MuxStream stream = multiplexer.open();
        write(stream, 1);
        stream.close();
        assertThat(peer.gets()).hasSize(2);

        for (int beat = 0; beat < 5; beat++) {
            assertThat(multiplexer.openStreams()).isOne();
            peer.sendsUpdate(0, 100, 0);
            multiplexer.beat();
        }

        assertThat(peer.gets()).containsExactly(update(Frame.RST, 1, 0));
        assertThat(multiplexer.openStreams()).isZero();
    }
}
