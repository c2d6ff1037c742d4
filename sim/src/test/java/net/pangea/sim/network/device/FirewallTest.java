package net.pangea.sim.network.device;

import static net.pangea.sim.network.device.Devices.HOME;
import static net.pangea.sim.network.device.Devices.OTHER_PORT_OF_HOME;
import static net.pangea.sim.network.device.Devices.PEER;
import static net.pangea.sim.network.device.Devices.STRANGER;
import static net.pangea.sim.network.device.Devices.inbound;
import static net.pangea.sim.network.device.Devices.seconds;
import static net.pangea.sim.network.device.Devices.tcp;
import static net.pangea.sim.network.device.Devices.udp;
import static net.pangea.sim.network.device.PacketKind.DATAGRAM;
import static net.pangea.sim.network.device.PacketKind.FIN;
import static net.pangea.sim.network.device.PacketKind.RST;
import static net.pangea.sim.network.device.PacketKind.SEGMENT;
import static net.pangea.sim.network.device.PacketKind.SYN;
import static net.pangea.sim.network.device.Verdict.DROP;
import static net.pangea.sim.network.device.Verdict.PASS;
import static net.pangea.sim.network.device.Verdict.REJECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.sim.network.device.Rule.Action;
import org.junit.jupiter.api.Test;

class FirewallTest {
    private final Firewall firewall = new Firewall();

    private void rules(Rule... rules) {
        firewall.rules(List.of(rules));
    }

    /** Opens a connection from the peer while that is allowed, and denies it then. */
    private void openedFromWithoutThenDenied() {
        assertThat(firewall.inbound(tcp(HOME, PEER), SYN, 0)).isEqualTo(PASS);
        assertThat(firewall.outbound(tcp(HOME, PEER), SEGMENT, 0)).isEqualTo(PASS);
        rules(inbound(Action.DENY, HOME.port()));
    }

    @Test
    void the_first_rule_that_matches_decides_and_without_one_all_passes() {
        rules(inbound(Action.ALLOW, 4002), inbound(Action.REJECT, 4003), inbound(Action.DENY));

        assertThat(firewall.inbound(tcp(HOME, PEER), SYN, 0)).isEqualTo(PASS);
        assertThat(firewall.inbound(tcp(new Endpoint(HOME.address(), 4003), PEER), SYN, 0))
                .isEqualTo(REJECT);
        assertThat(firewall.inbound(tcp(new Endpoint(HOME.address(), 4004), PEER), SYN, 0))
                .isEqualTo(DROP);
        assertThat(firewall.outbound(tcp(HOME, STRANGER), SYN, 0)).isEqualTo(PASS);
    }

    @Test
    void a_rule_is_about_its_protocol_alone() {
        rules(new Rule(Action.DENY, true, true, false, 4002, 4002));

        assertThat(firewall.inbound(tcp(HOME, PEER), SYN, 0)).isEqualTo(DROP);
        assertThat(firewall.inbound(udp(HOME, PEER), DATAGRAM, 0)).isEqualTo(PASS);
    }

    @Test
    void a_rule_for_what_is_sent_is_about_the_other_sides_port() {
        rules(new Rule(Action.REJECT, false, true, true, 4002, 4002));

        assertThat(firewall.outbound(tcp(OTHER_PORT_OF_HOME, PEER), SYN, 0)).isEqualTo(REJECT);
        assertThat(firewall.outbound(tcp(HOME, new Endpoint(PEER.address(), 80)), SYN, 0))
                .isEqualTo(PASS);
    }

    @Test
    void answers_to_what_was_opened_from_within_pass_and_nothing_else_does() {
        rules(inbound(Action.DENY));

        assertThat(firewall.outbound(tcp(OTHER_PORT_OF_HOME, PEER), SYN, 0)).isEqualTo(PASS);
        assertThat(firewall.inbound(tcp(OTHER_PORT_OF_HOME, PEER), SEGMENT, 1)).isEqualTo(PASS);
        assertThat(firewall.inbound(tcp(OTHER_PORT_OF_HOME, STRANGER), SEGMENT, 1))
                .isEqualTo(DROP);
        assertThat(firewall.inbound(tcp(HOME, PEER), SYN, 1)).isEqualTo(DROP);
        assertThat(firewall.denied()).isEqualTo(2);
    }

    @Test
    void a_connection_that_is_open_goes_on_when_a_rule_comes() {
        openedFromWithoutThenDenied();

        assertThat(firewall.inbound(tcp(HOME, PEER), SEGMENT, 1)).isEqualTo(PASS);
        assertThat(firewall.inbound(tcp(HOME, STRANGER), SYN, 1)).isEqualTo(DROP);
    }

    @Test
    void after_a_flush_a_denied_connection_is_silent_and_stays_so_whatever_is_sent_from_within() {
        openedFromWithoutThenDenied();

        firewall.flush();

        assertThat(firewall.outbound(tcp(HOME, PEER), SEGMENT, 1)).isEqualTo(PASS);
        assertThat(firewall.inbound(tcp(HOME, PEER), SEGMENT, 2)).isEqualTo(DROP);
    }

    @Test
    void after_a_flush_a_datagram_from_within_opens_the_way_back_again() {
        rules(inbound(Action.DENY));
        assertThat(firewall.outbound(udp(HOME, PEER), DATAGRAM, 0)).isEqualTo(PASS);
        firewall.flush();

        assertThat(firewall.inbound(udp(HOME, PEER), DATAGRAM, 1)).isEqualTo(DROP);
        assertThat(firewall.outbound(udp(HOME, PEER), DATAGRAM, 2)).isEqualTo(PASS);
        assertThat(firewall.inbound(udp(HOME, PEER), DATAGRAM, 3)).isEqualTo(PASS);
    }

    @Test
    void a_blocked_port_takes_nothing_of_open_connections_either() {
        openedFromWithoutThenDenied();

        rules(inbound(Action.BLOCK, HOME.port()));

        assertThat(firewall.inbound(tcp(HOME, PEER), SEGMENT, 1)).isEqualTo(DROP);
    }

    @Test
    void datagrams_are_tracked_for_thirty_seconds_until_they_are_answered_then_for_two_minutes() {
        rules(inbound(Action.DENY));
        assertThat(firewall.outbound(udp(HOME, PEER), DATAGRAM, 0)).isEqualTo(PASS);
        assertThat(firewall.outbound(udp(HOME, STRANGER), DATAGRAM, 0)).isEqualTo(PASS);

        assertThat(firewall.inbound(udp(HOME, PEER), DATAGRAM, seconds(30) - 1)).isEqualTo(PASS);
        assertThat(firewall.inbound(udp(HOME, STRANGER), DATAGRAM, seconds(30))).isEqualTo(DROP);
        assertThat(firewall.inbound(udp(HOME, PEER), DATAGRAM, seconds(149))).isEqualTo(PASS);
        assertThat(firewall.inbound(udp(HOME, PEER), DATAGRAM, seconds(269))).isEqualTo(DROP);
    }

    @Test
    void connections_are_tracked_for_five_days_and_for_little_once_they_close_or_are_reset() {
        rules(inbound(Action.DENY));
        for (Endpoint peer : List.of(PEER, STRANGER)) {
            assertThat(firewall.outbound(tcp(HOME, peer), SYN, 0)).isEqualTo(PASS);
            assertThat(firewall.inbound(tcp(HOME, peer), SEGMENT, 0)).isEqualTo(PASS);
        }
        long fourDays = seconds(4 * 86_400);

        assertThat(firewall.inbound(tcp(HOME, PEER), FIN, fourDays)).isEqualTo(PASS);
        assertThat(firewall.inbound(tcp(HOME, STRANGER), RST, fourDays)).isEqualTo(PASS);

        assertThat(firewall.inbound(tcp(HOME, PEER), SEGMENT, fourDays + seconds(119)))
                .isEqualTo(PASS);
        assertThat(firewall.inbound(tcp(HOME, PEER), SEGMENT, fourDays + seconds(240)))
                .isEqualTo(DROP);
        assertThat(firewall.inbound(tcp(HOME, STRANGER), SEGMENT, fourDays + seconds(10)))
                .isEqualTo(DROP);
    }

    @Test
    void a_new_connection_in_place_of_one_that_closes_is_judged_anew() {
        openedFromWithoutThenDenied();
        assertThat(firewall.inbound(tcp(HOME, PEER), FIN, 1)).isEqualTo(PASS);

        assertThat(firewall.inbound(tcp(HOME, PEER), SYN, 2)).isEqualTo(DROP);
    }

    @Test
    void a_full_table_drops_new_flows_until_old_ones_are_over() {
        for (int i = 0; i < Firewall.FLOWS_MAX; i++) {
            Endpoint remote = new Endpoint(new IpAddress.V4(i), 1);
            assertThat(firewall.inbound(udp(HOME, remote), DATAGRAM, 0)).isEqualTo(PASS);
        }

        assertThat(firewall.inbound(udp(HOME, PEER), DATAGRAM, seconds(29))).isEqualTo(DROP);
        assertThat(firewall.inbound(udp(HOME, PEER), DATAGRAM, seconds(30))).isEqualTo(PASS);
        assertThat(firewall.flows()).isEqualTo(1);
    }
}
