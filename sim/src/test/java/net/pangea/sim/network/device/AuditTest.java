package net.pangea.sim.network.device;

import static net.pangea.sim.network.device.Devices.HOME;
import static net.pangea.sim.network.device.Devices.PEER;
import static net.pangea.sim.network.device.Devices.STRANGER;
import static net.pangea.sim.network.device.Devices.inbound;
import static net.pangea.sim.network.device.Devices.tcp;
import static net.pangea.sim.network.device.Devices.udp;
import static net.pangea.sim.network.device.PacketKind.DATAGRAM;
import static net.pangea.sim.network.device.PacketKind.SEGMENT;
import static net.pangea.sim.network.device.PacketKind.SYN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.pangea.machine.Endpoint;
import net.pangea.sim.network.device.Rule.Action;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final List<Endpoint> PEERS = List.of(PEER, STRANGER);

    private static final List<Action> ACTIONS = List.of(Action.ALLOW, Action.DENY, Action.REJECT, Action.BLOCK);

    private final Audit audit = new Audit();

    @Test
    void what_the_rules_deny_is_wrong_when_it_is_delivered() {
        audit.rules(List.of(inbound(Action.DENY, HOME.port())));

        audit.delivered(tcp(HOME, PEER), SYN, 7);

        assertThat(audit.wrong()).isEqualTo(1);
        assertThat(audit.first()).isEqualTo("a SYN from 10.0.0.2:4002 to 172.16.0.1:4002 at 7 ns");
    }

    @Test
    void an_answer_to_what_was_sent_is_right() {
        audit.rules(List.of(inbound(Action.DENY)));
        audit.sent(tcp(HOME, PEER), SYN, 1);

        audit.delivered(tcp(HOME, PEER), SEGMENT, 2);

        assertThat(audit.wrong()).isZero();
    }

    @Test
    void what_was_opened_while_it_was_allowed_is_right_until_tracking_is_flushed() {
        audit.delivered(tcp(HOME, PEER), SYN, 1);
        audit.rules(List.of(inbound(Action.DENY)));
        audit.delivered(tcp(HOME, PEER), SEGMENT, 2);
        assertThat(audit.wrong()).isZero();

        audit.flushed();
        audit.sent(tcp(HOME, PEER), SEGMENT, 3); // a segment opens nothing

        audit.delivered(tcp(HOME, PEER), SEGMENT, 4);
        assertThat(audit.wrong()).isEqualTo(1);
    }

    @Test
    void nothing_is_right_at_a_blocked_port() {
        audit.sent(udp(HOME, PEER), DATAGRAM, 1);
        audit.rules(List.of(inbound(Action.ALLOW), inbound(Action.BLOCK, HOME.port())));

        audit.delivered(udp(HOME, PEER), DATAGRAM, 2);

        assertThat(audit.wrong()).isEqualTo(1);
    }

    /** Two implementations of one idea: whatever happens, what the firewall lets in is right, and one that let all in is found out. */
    @Property(tries = 500)
    void what_the_firewall_lets_in_is_right_by_the_audit(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 8_999) Integer> story) {
        Firewall firewall = new Firewall();
        Audit one = new Audit();
        Audit ofAll = new Audit();
        long now = 0;
        long kept = 0;
        for (int deed : story) {
            now += (deed / 1_000) * 40_000_000_000L;
            Flow flow = new Flow(
                    deed % 2 == 0 ? Protocol.TCP : Protocol.UDP,
                    new Endpoint(HOME.address(), 4002 + deed / 2 % 2),
                    PEERS.get(deed / 4 % 2));
            PacketKind first = flow.protocol() == Protocol.TCP ? SYN : DATAGRAM;
            PacketKind later = flow.protocol() == Protocol.TCP ? SEGMENT : DATAGRAM;
            switch (deed / 8 % 7) {
                case 0 -> {
                    List<Rule> rules = new ArrayList<>();
                    rules.add(inbound(ACTIONS.get(deed / 56 % 4), 4002));
                    rules.add(inbound(ACTIONS.get(deed / 224 % 4)));
                    firewall.rules(rules);
                    one.rules(rules);
                    ofAll.rules(rules);
                }
                case 1 -> {
                    firewall.flush();
                    one.flushed();
                    ofAll.flushed();
                }
                case 2, 3 -> {
                    PacketKind kind = deed / 56 % 2 == 0 ? first : later;
                    var _ = firewall.outbound(flow, kind, now);
                    one.sent(flow, kind, now);
                    ofAll.sent(flow, kind, now);
                }
                default -> {
                    PacketKind kind = deed / 56 % 2 == 0 ? first : later;
                    if (firewall.inbound(flow, kind, now) == Verdict.PASS) {
                        one.delivered(flow, kind, now);
                    } else {
                        kept++;
                    }
                    ofAll.delivered(flow, kind, now);
                }
            }
        }
        assertThat(one.wrong()).isZero();
        assertThat(ofAll.wrong()).isLessThanOrEqualTo(kept);
    }
}
