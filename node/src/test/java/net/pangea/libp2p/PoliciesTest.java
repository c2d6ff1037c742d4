package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.pangea.machine.IpAddress;
import net.pangea.machine.ManualClock;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** What a host decides: whose handshake is begun, who is tried again, in which order addresses are dialed. */
class PoliciesTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final IpAddress ONE = IpAddress.of(10, 0, 0, 1);
    private static final PeerId PEER = Identities.of(1).peerId();

    private static IpAddress address(int number) {
        return IpAddress.of(10, 0, number >> 8, number & 0xff);
    }

    @Example
    void one_address_has_so_many_handshakes_at_a_time_and_others_have_theirs() {
        Admission admission = new Admission(HostLimits.DEFAULT, 0);
        for (int i = 0; i < HostLimits.DEFAULT.handshakesPerAddress(); i++) {
            assertThat(admission.begin(ONE, 0)).isEmpty();
        }

        assertThat(admission.begin(ONE, 0)).contains("too many handshakes of one address under way");
        assertThat(admission.begin(address(2), 0)).isEmpty();
        admission.end(ONE);
        assertThat(admission.begin(ONE, 0)).isEmpty();
    }

    @Example
    void all_addresses_together_have_so_many_handshakes_at_a_time() {
        Admission admission = new Admission(HostLimits.DEFAULT, 0);
        for (int i = 0; i < HostLimits.DEFAULT.handshakes(); i++) {
            assertThat(admission.begin(address(i), 0)).isEmpty();
        }

        assertThat(admission.begin(address(1_000), 0)).contains("too many handshakes under way");
    }

    @Property(tries = 50)
    void the_rate_is_kept_whatever_the_pace(@ForAll @IntRange(min = 1, max = 20_000) int perSecond) {
        Admission admission = new Admission(HostLimits.DEFAULT, 0);
        int seconds = 5;
        long begun = 0;
        for (long i = 0; i < (long) perSecond * seconds; i++) {
            if (admission.begin(ONE, i * SECOND / perSecond).isEmpty()) {
                begun++;
                admission.end(ONE);
            }
        }

        long allowed = (long) HostLimits.DEFAULT.handshakesPerSecond() * (seconds + 2);
        assertThat(begun).isBetween(Math.min(allowed - 1, (long) perSecond * seconds) * 9 / 10, allowed + 1);
    }

    @Example
    void who_cannot_be_reached_is_left_alone_for_longer_each_time() {
        BackOff backOff = new BackOff();
        assertThat(backOff.left(PEER, 0)).isZero();
        long before = 0;
        for (int i = 0; i < 10; i++) {
            backOff.failed(PEER, false, 0);
            long left = backOff.left(PEER, 0).toSeconds();
            assertThat(left).isBetween(before, 320L);
            before = left;
        }
        assertThat(before).isEqualTo(320);
        assertThat(backOff.left(PEER, 321 * SECOND).isPositive()).isFalse();

        backOff.reached(PEER);

        assertThat(backOff.left(PEER, 0)).isZero();
    }

    @Example
    void who_refuses_is_tried_again_sooner_than_who_is_silent() {
        BackOff backOff = new BackOff();
        backOff.failed(PEER, true, 0);
        assertThat(backOff.left(PEER, 0).toSeconds()).isEqualTo(1);
        backOff.failed(PEER, true, 0);
        assertThat(backOff.left(PEER, 0).toSeconds()).isEqualTo(2);
        backOff.failed(PEER, false, 0);
        assertThat(backOff.left(PEER, 0).toSeconds()).isEqualTo(20);
    }

    @Example
    void near_addresses_are_dialed_first_and_names_last() {
        List<Multiaddr> order = List.of(
                Multiaddr.parse("/ip4/127.0.0.1/tcp/1"),
                Multiaddr.parse("/ip4/192.168.1.1/udp/1/quic-v1"),
                Multiaddr.parse("/ip4/192.168.1.1/tcp/1"),
                Multiaddr.parse("/ip6/fd00::1/tcp/1"),
                Multiaddr.parse("/ip4/8.8.8.8/tcp/1"),
                Multiaddr.parse("/dns4/example.org/tcp/1"));

        assertThat(AddressRank.order(order.reversed()))
                .containsSubsequence(order.get(0), order.get(1), order.get(2), order.get(4), order.get(5));
    }

    @Example
    void a_socket_leads_to_addresses_of_its_kind_and_to_loopback_only_from_there() {
        IpAddress any = IpAddress.of(0, 0, 0, 0);
        IpAddress loopback = IpAddress.of(127, 0, 0, 1);
        IpAddress six = IpAddress.parse("2001:db8::1").orElseThrow();
        IpAddress loopbackSix = IpAddress.parse("::1").orElseThrow();

        assertThat(OwnAddresses.leadsTo(any, ONE)).isTrue();
        assertThat(OwnAddresses.leadsTo(any, loopback)).isTrue();
        assertThat(OwnAddresses.leadsTo(address(2), ONE)).isTrue();
        assertThat(OwnAddresses.leadsTo(loopback, IpAddress.of(127, 0, 0, 9))).isTrue();
        assertThat(OwnAddresses.leadsTo(loopback, ONE)).isFalse();
        assertThat(OwnAddresses.leadsTo(ONE, loopback)).isFalse();
        assertThat(OwnAddresses.leadsTo(any, six)).isFalse();
        assertThat(OwnAddresses.leadsTo(six, ONE)).isFalse();
        assertThat(OwnAddresses.leadsTo(six, loopbackSix)).isFalse();
        assertThat(OwnAddresses.leadsTo(IpAddress.of(new byte[16]), loopbackSix))
                .isTrue();
    }

    @Example
    void a_book_forgets_addresses_in_time_and_keeps_no_more_than_its_limits() {
        ManualClock clock = new ManualClock();
        AddressBook book = new AddressBook(clock);
        Multiaddr told = Multiaddr.parse("/ip4/10.0.0.1/tcp/1");
        Multiaddr reached = Multiaddr.parse("/ip4/10.0.0.2/tcp/1");
        book.add(PEER, List.of(told), AddressBook.HEARSAY);
        book.add(PEER, List.of(reached), AddressBook.CONFIRMED);
        assertThat(book.addresses(PEER)).containsExactly(reached, told);

        clock.pass(AddressBook.HEARSAY.plusSeconds(1));
        assertThat(book.addresses(PEER)).containsExactly(reached);

        for (int i = 0; i < 100; i++) {
            book.add(PEER, List.of(Multiaddr.parse("/ip4/10.1.0." + i + "/tcp/1")), AddressBook.HEARSAY);
        }
        assertThat(book.addresses(PEER)).hasSize(AddressBook.ADDRESSES_MAX).contains(reached);
    }

    @Example
    void a_book_forgets_whom_it_was_asked_about_longest_ago_when_peers_say_too_much() {
        AddressBook book = new AddressBook(new ManualClock());
        List<String> boast = IntStream.range(100, 164)
                .mapToObj(i -> "/" + i + "/" + "x".repeat(240))
                .toList();
        int most = AddressBook.BYTES_MAX / (64 * 245);
        book.speaks(PEER, List.of("/short"));

        for (int i = 0; i < 2 * most; i++) {
            book.speaks(Identities.of(i + 100).peerId(), boast);
            assertThat(book.protocols(PEER)).as("who is asked about").isNotEmpty();
        }

        int kept = 0;
        for (int i = 0; i < 2 * most; i++) {
            kept += book.protocols(Identities.of(i + 100).peerId()).isEmpty() ? 0 : 1;
        }
        assertThat(kept).isBetween(most - 1, most);
    }

    @Example
    void limits_fit_the_memory_and_are_the_usual_ones_where_there_is_enough() {
        HostLimits usual = HostLimits.DEFAULT;

        assertThat(usual.fitting(1L << 30)).isEqualTo(usual);
        assertThat(usual.fitting(8L << 30)).isEqualTo(usual);
        HostLimits small = usual.fitting(96 << 20);
        assertThat(small.unreadBytes()).isEqualTo(12 << 20);
        assertThat(small.servedStreams()).isEqualTo(768);
        assertThat(small.connections()).isEqualTo(96);
        assertThat(small.kept()).isEqualTo(96);
    }

    @Example
    void a_tally_stops_at_so_many_reasons() {
        Tally tally = new Tally();
        for (int i = 0; i < 1_000; i++) {
            tally.count("reason " + i);
        }
        tally.count("reason 0");

        assertThat(tally.counts()).hasSize(64).containsEntry("reason 0", 2L);
    }
}
