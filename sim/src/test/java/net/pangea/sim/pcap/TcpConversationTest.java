package net.pangea.sim.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import net.pangea.machine.Endpoint;
import org.junit.jupiter.api.Test;

class TcpConversationTest {
    private static final Endpoint CLIENT = Endpoint.parse("10.0.0.1:50000").orElseThrow();
    private static final Endpoint SERVER = Endpoint.parse("10.0.0.2:4001").orElseThrow();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Capture capture = capture();
    private final OpenConversations open = new OpenConversations();
    private final TcpConversation tcp = conversation(0);

    private Capture capture() {
        try {
            return new Capture(new PcapngWriter(out, "test", ""), Instant.EPOCH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The client is at interface 1, the server at interface 2. */
    private TcpConversation conversation(long nanos) {
        return new TcpConversation(
                capture,
                open,
                new TcpConversation.Place(1, CLIENT, SERVER),
                new TcpConversation.Place(2, SERVER, CLIENT),
                nanos);
    }

    private List<String> packets() {
        return Sniffer.read(out.toByteArray());
    }

    private void open(TcpConversation conversation) {
        conversation.requested(10, SERVER, CLIENT);
        conversation.accepted();
        conversation.established(20);
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count);
    }

    @Test
    void a_connection_opens_with_three_packets() {
        open(tcp);

        assertThat(packets())
                .containsExactly(
                        "10 in 2 50000>4001 S seq 0 win 65535 len 0",
                        "20 in 1 4001>50000 SA seq 0 ack 1 win 65535 len 0",
                        "20 out 1 50000>4001 A seq 1 ack 1 win 32768 len 0");
    }

    @Test
    void each_side_of_a_nat_box_sees_the_endpoints_that_it_would_see_there() {
        Endpoint mapped = new Endpoint(CLIENT.address(), 7);
        Endpoint inside = new Endpoint(SERVER.address(), 9);

        tcp.requested(10, inside, mapped);
        tcp.accepted();
        tcp.established(20);

        // Numbers count from the first of each pair of endpoints.
        assertThat(packets())
                .containsExactly(
                        "10 in 2 7>9 S seq 0 win 65535 len 0",
                        "20 in 1 4001>50000 SA seq 0 ack 0 win 65535 len 0",
                        "20 out 1 50000>4001 A seq 0 ack 1 win 32768 len 0");
    }

    @Test
    void a_request_whose_answer_was_lost_comes_again_with_the_same_number() {
        tcp.requested(10, SERVER, CLIENT);
        tcp.requested(11, SERVER, CLIENT);

        assertThat(packets())
                .containsExactly(
                        "10 in 2 50000>4001 S seq 0 win 65535 len 0", "11 in 2 50000>4001 S seq 0 win 65535 len 0");
    }

    @Test
    void a_refusal_is_a_reset_that_acknowledges_the_request() {
        tcp.requested(10, SERVER, CLIENT);
        tcp.refused(20);

        assertThat(packets())
                .containsExactly(
                        "10 in 2 50000>4001 S seq 0 win 65535 len 0", "20 in 1 4001>50000 RA seq 0 ack 1 win 0 len 0");
        assertThat(open.count()).isZero();
    }

    @Test
    void bytes_are_acknowledged_and_take_their_place_in_the_window() {
        open(tcp);
        ByteBuffer sent = bytes(100);
        tcp.server().received(30, sent, true);
        tcp.client().received(40, bytes(7), true);
        tcp.server().read(50, 100);

        assertThat(sent.remaining()).isEqualTo(100);
        assertThat(packets().subList(3, 8))
                .containsExactly(
                        "30 in 2 50000>4001 PA seq 1 ack 1 win 32768 len 100",
                        "30 out 2 4001>50000 A seq 1 ack 101 win 32756 len 0",
                        "40 in 1 4001>50000 PA seq 1 ack 101 win 32756 len 7",
                        "40 out 1 50000>4001 A seq 101 ack 8 win 32768 len 0",
                        "50 out 2 4001>50000 A seq 8 ack 101 win 32768 len 0");
    }

    @Test
    void what_does_not_fit_into_a_packet_is_two() {
        open(tcp);
        tcp.server().received(30, bytes(65_536), true);

        assertThat(packets().subList(3, 6))
                .containsExactly(
                        "30 in 2 50000>4001 A seq 1 ack 1 win 32768 len 65495",
                        "30 in 2 50000>4001 PA seq 65496 ack 1 win 32768 len 41",
                        "30 out 2 4001>50000 A seq 1 ack 65537 win 24576 len 0");
    }

    @Test
    void a_full_window_is_zero() {
        open(tcp);
        for (int i = 0; i < 4; i++) {
            tcp.server().received(30, bytes(65_536), true);
        }

        assertThat(packets().getLast()).isEqualTo("30 out 2 4001>50000 A seq 1 ack 262145 win 0 len 0");
    }

    @Test
    void each_direction_ends_with_its_own_fin_and_then_nothing_is_kept() {
        open(tcp);
        tcp.server().receivedEnd(30, true);
        assertThat(open.count()).isEqualTo(1);

        tcp.client().received(40, bytes(5), true);
        tcp.client().receivedEnd(50, true);

        assertThat(packets().subList(3, 9))
                .containsExactly(
                        "30 in 2 50000>4001 FA seq 1 ack 1 win 32768 len 0",
                        "30 out 2 4001>50000 A seq 1 ack 2 win 32768 len 0",
                        "40 in 1 4001>50000 PA seq 1 ack 2 win 32768 len 5",
                        "40 out 1 50000>4001 A seq 2 ack 6 win 32768 len 0",
                        "50 in 1 4001>50000 FA seq 6 ack 2 win 32768 len 0",
                        "50 out 1 50000>4001 A seq 2 ack 7 win 32768 len 0");
        assertThat(open.count()).isZero();
    }

    @Test
    void an_end_that_is_closed_answers_bytes_with_a_reset_and_no_acknowledgment() {
        open(tcp);
        tcp.server().received(30, bytes(5), false);
        tcp.client().receivedReset(40);

        assertThat(packets().subList(3, 5))
                .containsExactly(
                        "30 in 2 50000>4001 PA seq 1 ack 1 win 32768 len 5",
                        "40 in 1 4001>50000 RA seq 1 ack 6 win 32768 len 0");
    }

    @Test
    void what_overtakes_the_acceptance_has_it_written_first_and_once() {
        tcp.requested(10, SERVER, CLIENT);
        tcp.accepted();
        tcp.client().received(15, bytes(5), true);
        tcp.established(20);

        assertThat(packets().subList(1, 5))
                .containsExactly(
                        "15 in 1 4001>50000 SA seq 0 ack 1 win 65535 len 0",
                        "15 out 1 50000>4001 A seq 1 ack 1 win 32768 len 0",
                        "15 in 1 4001>50000 PA seq 1 ack 1 win 32768 len 5",
                        "15 out 1 50000>4001 A seq 1 ack 6 win 32768 len 0");
        assertThat(packets()).hasSize(5);
    }

    @Test
    void nothing_more_is_written_of_a_connection_whose_endpoints_another_has() {
        open(tcp);
        TcpConversation next = conversation(25);
        open(next);
        int before = packets().size();

        tcp.client().receivedEnd(30, false);
        tcp.server().receivedReset(30);
        tcp.client().gone(30);
        tcp.server().gone(30);

        assertThat(packets()).hasSize(before);
        assertThat(open.count()).isEqualTo(1);
    }

    @Test
    void a_connection_without_ends_is_forgotten_when_nothing_of_it_can_be_under_way() {
        open(tcp);
        tcp.client().gone(100);
        tcp.server().gone(200);
        assertThat(open.count()).isEqualTo(1);

        Endpoint other = Endpoint.parse("10.0.0.1:50001").orElseThrow();
        TcpConversation later = new TcpConversation(
                capture,
                open,
                new TcpConversation.Place(1, other, SERVER),
                new TcpConversation.Place(2, SERVER, other),
                0);
        later.accepted();
        later.client().gone(3_600_000_000_201L);
        later.server().gone(3_600_000_000_201L);

        assertThat(open.count()).isEqualTo(1);
    }

    @Test
    void first_numbers_differ_between_sides_times_and_ports_and_not_between_runs() {
        open(tcp);
        byte[] one = out.toByteArray();
        out.reset();
        open(conversation(0));
        byte[] same = out.toByteArray();
        out.reset();
        open(conversation(1));
        byte[] other = out.toByteArray();

        assertThat(one).endsWith(same);
        assertThat(other).isNotEqualTo(same);
    }
}
