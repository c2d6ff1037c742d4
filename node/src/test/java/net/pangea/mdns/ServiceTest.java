package net.pangea.mdns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import org.junit.jupiter.api.Test;

class ServiceTest {
    private static final PeerId ALICE = Identities.of(1).peerId();
    private static final DnsName OWN = DnsName.below("somebody", Service.NAME);

    private static Multiaddr address(int last) {
        return Multiaddr.tcp(new Endpoint(IpAddress.of(192, 0, 2, last), 4001));
    }

    private static DnsMessage saying(DnsName name, String... strings) {
        List<Bytes> said = new ArrayList<>();
        for (String string : strings) {
            said.add(Bytes.wrap(string.getBytes(StandardCharsets.UTF_8)));
        }
        return DnsMessage.response(
                new DnsRecord.Pointer(Service.NAME, 120, OWN), List.of(new DnsRecord.Text(name, 120, said)));
    }

    @Test
    void what_a_peer_announces_others_read() {
        List<Multiaddr> addresses = List.of(address(1), address(2));

        DnsMessage announced = DnsMessage.decode(
                Service.announcement("somebody", ALICE, addresses).orElseThrow().encode());

        assertThat(Service.peers(announced)).isEqualTo(Map.of(ALICE, addresses));
        assertThat(announced.answers()).containsExactly(new DnsRecord.Pointer(Service.NAME, 120, OWN));
    }

    @Test
    void what_cannot_be_reached_announces_nothing_and_answers_nothing() {
        Optional<DnsMessage> silence = Service.announcement("somebody", ALICE, List.of());

        assertThat(silence).isEmpty();
        assertThat(Service.answer(DnsMessage.question(Service.NAME), () -> silence))
                .isEmpty();
        assertThat(Service.answer(DnsMessage.question(Service.SERVICES), () -> silence))
                .isEmpty();
    }

    @Test
    void an_announcement_fits_into_one_packet_however_many_addresses_there_are() {
        List<Multiaddr> many = new ArrayList<>();
        Multiaddr tooLong =
                Multiaddr.parse("/dns4/" + "a".repeat(63) + ("." + "b".repeat(63)).repeat(2) + "/tcp/1/p2p-circuit");
        many.add(tooLong);
        for (int i = 0; i < 100; i++) {
            many.add(address(i));
        }

        DnsMessage announced = Service.announcement("somebody", ALICE, many).orElseThrow();

        assertThat(announced.encode().size()).isLessThanOrEqualTo(Service.MAX_SENT_BYTES);
        assertThat(Service.peers(announced).get(ALICE))
                .hasSizeGreaterThan(10)
                .doesNotContain(tooLong)
                .isSubsetOf(many);
    }

    @Test
    void questions_for_peers_and_for_services_are_answered_and_no_others() {
        Optional<DnsMessage> announced = Service.announcement("somebody", ALICE, List.of(address(1)));

        assertThat(Service.answer(DnsMessage.question(DnsName.of("_P2P._udp.local")), () -> announced))
                .isEqualTo(announced);
        assertThat(Service.answer(DnsMessage.question(Service.SERVICES), () -> announced)
                        .orElseThrow()
                        .answers())
                .containsExactly(new DnsRecord.Pointer(Service.SERVICES, 120, Service.NAME));
        assertThat(Service.answer(DnsMessage.question(DnsName.of("_http._tcp.local")), () -> announced))
                .isEmpty();
        assertThat(Service.answer(new DnsMessage(true, List.of(Service.NAME), List.of(), List.of()), () -> announced))
                .isEmpty();
    }

    @Test
    void what_names_no_peer_or_is_of_another_service_is_passed_over() {
        String good = "dnsaddr=" + address(1).withPeer(ALICE);

        assertThat(Service.peers(saying(
                        OWN,
                        "x=y",
                        "dnsaddr=",
                        "dnsaddr=nonsense",
                        "dnsaddr=/carrier-pigeon/1",
                        "dnsaddr=" + address(2),
                        "dnsaddr=/p2p/" + ALICE,
                        good,
                        good)))
                .isEqualTo(Map.of(ALICE, List.of(address(1))));
        assertThat(Service.peers(saying(DnsName.of("somebody._http._tcp.local"), good)))
                .isEmpty();
        assertThat(Service.peers(saying(Service.NAME, good))).isEmpty();
    }

    @Test
    void of_one_message_a_bounded_number_of_peers_and_addresses_counts() {
        List<String> peers = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            peers.add("dnsaddr=" + address(1).withPeer(Identities.of(i).peerId()));
            places.add("dnsaddr=" + address(i).withPeer(ALICE));
        }

        assertThat(Service.peers(saying(OWN, peers.toArray(String[]::new)))).hasSize(Service.MAX_PEERS);
        assertThat(Service.peers(saying(OWN, places.toArray(String[]::new))).get(ALICE))
                .hasSize(Service.MAX_ADDRESSES);
    }
}
