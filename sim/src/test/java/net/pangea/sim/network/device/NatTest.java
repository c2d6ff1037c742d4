package net.pangea.sim.network.device;

import static java.util.Objects.requireNonNull;
import static net.pangea.sim.network.device.Devices.BOX;
import static net.pangea.sim.network.device.Devices.HOME;
import static net.pangea.sim.network.device.Devices.OTHER_PORT_OF_HOME;
import static net.pangea.sim.network.device.Devices.OTHER_PORT_OF_PEER;
import static net.pangea.sim.network.device.Devices.PEER;
import static net.pangea.sim.network.device.Devices.STRANGER;
import static net.pangea.sim.network.device.Devices.seconds;
import static net.pangea.sim.network.device.Devices.tcp;
import static net.pangea.sim.network.device.Devices.udp;
import static net.pangea.sim.network.device.PacketKind.DATAGRAM;
import static net.pangea.sim.network.device.PacketKind.FIN;
import static net.pangea.sim.network.device.PacketKind.SEGMENT;
import static net.pangea.sim.network.device.PacketKind.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import net.pangea.machine.Endpoint;
import net.pangea.sim.network.device.Nat.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NatTest {
    private static final Endpoint OUTSIDE = new Endpoint(BOX, HOME.port());

    @ParameterizedTest
    @EnumSource(Kind.class)
    void nothing_comes_in_before_anything_has_gone_out(Kind kind) {
        Nat nat = new Nat(kind, BOX);

        assertThat(nat.inbound(PEER, HOME.port(), DATAGRAM, 0)).isNull();
        assertThat(nat.inbound(PEER, HOME.port(), SYN, 0)).isNull();
    }

    /** RFC 4787, section 5: who may come in through the port from which the machine has sent to PEER. */
    @ParameterizedTest
    @CsvSource({
        "CONE, true, true, true",
        "RESTRICTED, true, true, false",
        "PORT_RESTRICTED, true, false, false",
        "SYMMETRIC, true, false, false"
    })
    void its_kind_says_who_may_come_in(Kind kind, boolean same, boolean samesOtherPort, boolean stranger) {
        Nat nat = new Nat(kind, BOX);
        int port = requireNonNull(nat.outbound(udp(HOME, PEER), DATAGRAM, 0)).port();

        assertThat(nat.inbound(PEER, port, DATAGRAM, 1)).isEqualTo(same ? HOME : null);
        assertThat(nat.inbound(OTHER_PORT_OF_PEER, port, DATAGRAM, 1)).isEqualTo(samesOtherPort ? HOME : null);
        assertThat(nat.inbound(STRANGER, port, DATAGRAM, 1)).isEqualTo(stranger ? HOME : null);
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"CONE", "RESTRICTED", "PORT_RESTRICTED"})
    void all_but_a_symmetric_one_show_every_peer_the_same_port_that_of_the_machine(Kind kind) {
        Nat nat = new Nat(kind, BOX);

        assertThat(nat.outbound(udp(HOME, PEER), DATAGRAM, 0)).isEqualTo(OUTSIDE);
        assertThat(nat.outbound(udp(HOME, STRANGER), DATAGRAM, 0)).isEqualTo(OUTSIDE);
    }

    @Test
    void a_symmetric_one_shows_each_endpoint_another_port_and_each_the_same_every_time() {
        Nat nat = new Nat(Kind.SYMMETRIC, BOX);

        assertThat(nat.outbound(udp(HOME, PEER), DATAGRAM, 0)).isEqualTo(new Endpoint(BOX, 1024));
        assertThat(nat.outbound(udp(HOME, OTHER_PORT_OF_PEER), DATAGRAM, 0)).isEqualTo(new Endpoint(BOX, 1025));
        assertThat(nat.outbound(udp(HOME, STRANGER), DATAGRAM, 0)).isEqualTo(new Endpoint(BOX, 1026));
        assertThat(nat.outbound(udp(HOME, PEER), DATAGRAM, 1)).isEqualTo(new Endpoint(BOX, 1024));
    }

    @Test
    void no_port_is_given_to_two_of_a_protocol() {
        Nat nat = new Nat(Kind.CONE, BOX);
        Endpoint other = new Endpoint(PEER.address(), HOME.port());

        assertThat(nat.outbound(udp(HOME, PEER), DATAGRAM, 0)).isEqualTo(OUTSIDE);
        assertThat(nat.outbound(udp(other, PEER), DATAGRAM, 0)).isEqualTo(new Endpoint(BOX, 1024));
        assertThat(nat.outbound(tcp(other, PEER), SYN, 0)).isEqualTo(OUTSIDE);
    }

    @Test
    void a_mapping_of_datagrams_lasts_two_minutes_after_the_last_that_went_out() {
        Nat nat = new Nat(Kind.CONE, BOX);
        var _ = nat.outbound(udp(HOME, PEER), DATAGRAM, 0);

        assertThat(nat.inbound(PEER, HOME.port(), DATAGRAM, seconds(119))).isEqualTo(HOME);
        assertThat(nat.inbound(PEER, HOME.port(), DATAGRAM, seconds(120))).isNull();

        assertThat(nat.outbound(udp(HOME, PEER), DATAGRAM, seconds(121))).isEqualTo(OUTSIDE);
        assertThat(nat.outbound(udp(HOME, PEER), DATAGRAM, seconds(200))).isEqualTo(OUTSIDE);
        assertThat(nat.inbound(PEER, HOME.port(), DATAGRAM, seconds(319))).isEqualTo(HOME);
    }

    @Test
    void an_open_connection_keeps_its_mapping_for_two_hours_and_four_minutes_after_the_last_packet_either_way() {
        Nat nat = new Nat(Kind.PORT_RESTRICTED, BOX);
        assertThat(nat.outbound(tcp(HOME, PEER), SYN, 0)).isEqualTo(OUTSIDE);
        assertThat(nat.inbound(PEER, HOME.port(), SEGMENT, 1)).isEqualTo(HOME);

        assertThat(nat.inbound(PEER, HOME.port(), SEGMENT, seconds(7_440))).isEqualTo(HOME);
        assertThat(nat.outbound(tcp(HOME, PEER), SEGMENT, seconds(14_879))).isEqualTo(OUTSIDE);
        assertThat(nat.outbound(tcp(HOME, PEER), SEGMENT, seconds(14_879 + 7_440)))
                .isNull();
    }

    @Test
    void a_connection_that_closes_is_forgotten_after_four_minutes() {
        Nat nat = new Nat(Kind.PORT_RESTRICTED, BOX);
        assertThat(nat.outbound(tcp(HOME, PEER), SYN, 0)).isEqualTo(OUTSIDE);
        assertThat(nat.inbound(PEER, HOME.port(), FIN, 1)).isEqualTo(HOME);

        assertThat(nat.inbound(PEER, HOME.port(), SEGMENT, seconds(241))).isNull();
    }

    @Test
    void a_connection_that_it_does_not_know_comes_through_neither_way() {
        Nat nat = new Nat(Kind.CONE, BOX);

        assertThat(nat.outbound(tcp(HOME, PEER), SEGMENT, 0)).isNull();
        assertThat(nat.outbound(tcp(HOME, STRANGER), SYN, 0)).isEqualTo(OUTSIDE);
        assertThat(nat.inbound(PEER, HOME.port(), SEGMENT, 1)).isNull();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void rebound_it_lets_nothing_in_and_shows_another_port(Kind kind) {
        Nat nat = new Nat(kind, BOX);
        Endpoint before = requireNonNull(nat.outbound(udp(HOME, PEER), DATAGRAM, 0));

        nat.rebind();

        assertThat(nat.inbound(PEER, before.port(), DATAGRAM, 1)).isNull();
        assertThat(nat.outbound(udp(HOME, PEER), DATAGRAM, 2)).isNotNull().isNotEqualTo(before);
    }

    @Test
    void beyond_its_table_it_drops_what_is_new() {
        Nat nat = new Nat(Kind.SYMMETRIC, BOX);
        for (int port = 1; port <= Nat.FLOWS_MAX; port++) {
            assertThat(nat.outbound(udp(HOME, new Endpoint(PEER.address(), port)), DATAGRAM, 0))
                    .isNotNull();
        }

        assertThat(nat.outbound(udp(OTHER_PORT_OF_HOME, PEER), DATAGRAM, 1)).isNull();
        assertThat(nat.outbound(udp(OTHER_PORT_OF_HOME, PEER), DATAGRAM, seconds(120)))
                .isNotNull();
        assertThat(nat.ports()).doesNotHaveDuplicates();
    }
}
