package net.pangea.multiformats;

import static net.pangea.multiformats.Vectors.hex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.MalformedBytes;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;

class MultiaddrTest {
    private static final String QM = "QmYyQSo1c1Ym7orWxLYvCrM2EmxFTANf8wXmmE7DWjhx5N";
    private static final String ED = "12D3KooWBtg3aaRMjxwedh83aGiUkwSxDwUZkzuJcfaqUmo7R3pq";
    private static final PeerId PEER = PeerId.parse(ED).orElseThrow();
    private static final PeerId RELAY = PeerId.parse(QM).orElseThrow();

    @Provide
    Arbitrary<Multiaddr> addresses() {
        return AddressArbitraries.addresses();
    }

    @Property
    void an_address_is_read_as_it_was_written(@ForAll("addresses") Multiaddr address) {
        assertThat(Multiaddr.decode(address.bytes())).isEqualTo(address);
        assertThat(Multiaddr.of(address.components())).isEqualTo(address);
        assertThat(Multiaddr.parse(address.toString())).isEqualTo(address);
        assertThat(Multiaddr.parse(address.toString()).toString()).isEqualTo(address.toString());
    }

    @Example
    void texts_and_bytes_are_those_of_js_libp2p() {
        for (List<String> vector : Vectors.of("addresses.txt")) {
            Multiaddr address = Multiaddr.parse(vector.getFirst());

            assertThat(address.bytes().hex()).isEqualTo(vector.get(1));
            assertThat(Multiaddr.decode(hex(vector.get(1))).toString()).isEqualTo(vector.getFirst());
        }
    }

    @Example
    void every_protocol_has_its_code_and_name() {
        assertThat(AddressProtocol.values())
                .extracting(protocol -> protocol.code() + " " + protocol)
                .containsExactly(
                        "4 ip4",
                        "6 tcp",
                        "41 ip6",
                        "42 ip6zone",
                        "53 dns",
                        "54 dns4",
                        "55 dns6",
                        "56 dnsaddr",
                        "273 udp",
                        "290 p2p-circuit",
                        "400 unix",
                        "421 p2p",
                        "448 tls",
                        "454 noise",
                        "460 quic",
                        "461 quic-v1",
                        "465 webtransport",
                        "466 certhash",
                        "477 ws",
                        "478 wss",
                        "777 memory");
    }

    /** What go-multiaddr takes too. */
    @Example
    void texts_that_mean_the_same_are_one_address() {
        assertSame("/ip4/127.0.0.1/tcp/1234/", "/ip4/127.0.0.1/tcp/1234");
        assertSame("/ip4/127.0.0.1/tcp/01234//", "/ip4/127.0.0.1/tcp/1234");
        assertSame("/ip4/127.0.0.1/ipfs/" + QM, "/ip4/127.0.0.1/p2p/" + QM);
        assertSame("/p2p/" + PEER.cid(), "/p2p/" + ED);
        assertSame("/p2p/" + PEER.cid().toString(Multibase.BASE36), "/p2p/" + ED);
        assertSame("/ip6/2001:DB8:0:0::1/udp/1", "/ip6/2001:db8::1/udp/1");
        assertSame("/unix/%2fa b/p2p/" + QM, "/unix/%2Fa%20b/p2p/" + QM);
        assertSame(
                "/certhash/b" + Multibase.BASE32.digits(hex("12021234")),
                "/certhash/u" + Multibase.BASE64_URL.digits(hex("12021234")));
    }

    @Example
    void a_wrong_text_is_named_with_its_place_and_what_would_be_right() {
        assertRefused("", 1, "an empty address: an address begins with a slash and a protocol, such as");
        assertRefused("///", 1, "an empty address");
        assertRefused("10.0.0.1:4001", 1, "\"10.0.0.1:4001\" at character 1: an address begins with a slash");
        assertRefused(
                "/ip4/1.2.3.4/tpc/80",
                14,
                "\"tpc\" at character 14: it is no protocol; these are known: ip4, tcp, ip6, ip6zone, dns");
        assertRefused("/ip4/1.2.3.4//tcp/80", 14, "\"\" at character 14: it is no protocol");
        assertRefused("/ip4/1.2.3.4/TCP/80", 14, "\"TCP\" at character 14");
        assertRefused("/ip4", 2, "\"ip4\" at character 2: behind it is missing an IPv4 address such as 192.0.2.1");
        assertRefused("/ip4/1.2.3.4/tcp/", 14, "\"tcp\" at character 14: behind it is missing a port, 0 to 65535");
        assertRefused("/ip4/1.2.3.4/tcp/65536", 18, "\"65536\" at character 18: tcp has a port, 0 to 65535");
        assertRefused("/ip4/1.2.3.4/tcp/-1", 18, "\"-1\" at character 18: tcp has a port");
        assertRefused("/ip4/1.2.3.4/udp/1/quic-v1/2", 28, "\"2\" at character 28: it is no protocol");
        assertRefused("/ip4/::1/tcp/1", 6, "\"::1\" at character 6: ip4 has an IPv4 address");
        assertRefused("/ip6/1.2.3.4/tcp/1", 6, "\"1.2.3.4\" at character 6: ip6 has an IPv6 address");
        assertRefused("/ip4/01.2.3.4/tcp/1", 6, "ip4 has an IPv4 address");
        assertRefused("/ip6/fe80::1%eth0/tcp/1", 6, "ip6 has an IPv6 address");
        assertRefused("/ip6zone//ip6/fe80::1", 10, "\"\" at character 10: ip6zone has a name of 1 to 253");
        assertRefused("/dns4/a b/tcp/1", 7, "\"a b\" at character 7: dns4 has a name");
        assertRefused("/dns4/\u00e9.example/tcp/1", 7, "dns4 has a name");
        assertRefused("/ip4/1.2.3.4/p2p/tcp", 18, "\"tcp\" at character 18: p2p has a peer id such as 12D3KooW");
        assertRefused("/ip4/1.2.3.4/ipfs/tcp", 19, "\"tcp\" at character 19: ipfs has a peer id");
        assertRefused("/unix/a%2", 7, "\"a%2\" at character 7: unix has a path whose slashes are written %2F");
        assertRefused("/unix/a/b", 9, "\"b\" at character 9: it is no protocol");
        assertRefused("/certhash/b2uaraocy6yrdblb4sfptaddgimjmmp", 11, "certhash has the multihash of a certificate");
        assertRefused("/\u0007\n/", 2, "\"??\" at character 2");
        assertRefused("/" + "x".repeat(1_000), 2, "\"" + "x".repeat(60) + "...\" at character 2");
    }

    @Example
    void a_long_text_is_refused() {
        assertRefused("/tls".repeat(33), 130, "\"tls\" at character 130: an address has at most 32 parts");
        assertRefused("/dns/a".repeat(4_000), 1, "an address of 24000 characters: it has at most 4096");
        assertRefused("/unix/" + "a".repeat(1_022), 1, "an address of 1026 bytes: it has at most 1024");
    }

    @Example
    void bytes_that_are_no_address_are_malformed() {
        assertMalformed("", "an empty address");
        assertMalformed("05", "unknown protocol 5");
        assertMalformed("047f000001" + "bc03" + "c0439831b48218480050", "unknown protocol 444");
        assertMalformed("047f0000", "cut off");
        assertMalformed("8400" + "7f000001", "longer than needed");
        assertMalformed("047f00000106", "cut off");
        assertMalformed("36", "cut off");
        assertMalformed("3600", "a name of 0 bytes");
        assertMalformed("3601" + "2f", "a name with the byte 47");
        assertMalformed("3601" + "0a", "a name with the byte 10");
        assertMalformed("3602" + "c3a9", "a name with the byte 195");
        assertMalformed("36ffffffff07", "size of a value is 2147483647");
        assertMalformed("9003" + "00", "an empty path");
        assertMalformed("a503221221c05877cbae039d70a5e600ea02c6f9f2942439285c9e344e26f8d280c850fad6", "no peer id");
        assertMalformed("d203021220", "cut off");
        assertMalformed("c003".repeat(33), "33 parts, at most 32 are allowed");
        assertMalformed("9003" + "fe07" + "61".repeat(1_022), "1026 bytes, at most 1024 are allowed");
    }

    @Example
    void the_longest_address_has_an_end_and_still_takes_a_peer() {
        Multiaddr longest = Multiaddr.decode(hex("9003" + "fc07" + "61".repeat(1_020)));
        Multiaddr most = Multiaddr.decode(hex("c003".repeat(32)));

        assertThat(longest.bytes().size()).isEqualTo(Multiaddr.MAX_BYTES);
        assertThat(Multiaddr.parse(longest.toString())).isEqualTo(longest);
        assertThat(longest.withPeer(PEER).withoutPeer()).isEqualTo(longest);
        assertThat(most.withPeer(PEER).withoutPeer()).isEqualTo(most);
    }

    @Example
    void endpoints_of_tcp_and_quic_are_those_that_can_be_dialed() {
        Endpoint four = Endpoint.parse("192.0.2.1:4001").orElseThrow();
        Endpoint six = Endpoint.parse("[2001:db8::1]:4001").orElseThrow();

        for (Endpoint endpoint : List.of(four, six)) {
            Multiaddr tcp = Multiaddr.tcp(endpoint);
            Multiaddr quic = Multiaddr.quic(endpoint);
            assertThat(tcp.tcpEndpoint()).contains(endpoint);
            assertThat(tcp.withPeer(PEER).tcpEndpoint()).contains(endpoint);
            assertThat(tcp.quicEndpoint()).isEmpty();
            assertThat(quic.quicEndpoint()).contains(endpoint);
            assertThat(quic.withPeer(PEER).quicEndpoint()).contains(endpoint);
            assertThat(quic.tcpEndpoint()).isEmpty();
            assertThat(quic.ipAddress()).contains(endpoint.address());
        }
        assertThat(Multiaddr.tcp(four)).hasToString("/ip4/192.0.2.1/tcp/4001");
        assertThat(Multiaddr.quic(six)).hasToString("/ip6/2001:db8::1/udp/4001/quic-v1");
    }

    @Example
    void addresses_with_more_or_less_have_no_endpoint() {
        for (String text : List.of(
                "/ip4/192.0.2.1",
                "/tcp/4001",
                "/p2p/" + ED,
                "/ip4/192.0.2.1/p2p/" + ED,
                "/dns4/a.example/tcp/4001",
                "/ip4/192.0.2.1/udp/4001",
                "/ip4/192.0.2.1/udp/4001/quic",
                "/ip4/192.0.2.1/tcp/4001/ws",
                "/ip4/192.0.2.1/tcp/4001/tls/ws",
                "/ip4/192.0.2.1/tcp/4001/p2p/" + QM + "/p2p/" + ED,
                "/ip4/192.0.2.1/tcp/4001/p2p/" + QM + "/p2p-circuit",
                "/ip4/192.0.2.1/tcp/4001/p2p/" + QM + "/p2p-circuit/p2p/" + ED,
                "/ip4/192.0.2.1/udp/4001/quic-v1/webtransport",
                "/ip6zone/eth0/ip6/fe80::1/tcp/4001")) {
            assertThat(Multiaddr.parse(text).tcpEndpoint()).as(text).isEmpty();
            assertThat(Multiaddr.parse(text).quicEndpoint()).as(text).isEmpty();
        }
    }

    @Example
    void the_peer_is_the_one_at_the_end() {
        Multiaddr bare = Multiaddr.parse("/ip4/192.0.2.1/tcp/4001");
        Multiaddr relay = bare.withPeer(RELAY);
        Multiaddr relayed = Multiaddr.parse(relay + "/p2p-circuit");

        assertThat(bare.peer()).isEmpty();
        assertThat(bare.withoutPeer()).isEqualTo(bare);
        assertThat(relay.peer()).contains(RELAY);
        assertThat(relay.withoutPeer()).isEqualTo(bare);
        assertThat(relay.withPeer(PEER)).isEqualTo(bare.withPeer(PEER));
        assertThat(relayed.peer()).isEmpty();
        assertThat(relayed.withPeer(PEER).peer()).contains(PEER);
        assertThat(relayed.withPeer(PEER).withoutPeer()).isEqualTo(relayed);
        assertThat(Multiaddr.parse("/p2p/" + ED).withoutPeer()).hasToString("/p2p/" + ED);
    }

    @Example
    void a_name_gives_way_to_an_address_of_its_kind() {
        IpAddress four = IpAddress.parse("192.0.2.1").orElseThrow();
        IpAddress six = IpAddress.parse("2001:db8::1").orElseThrow();
        Multiaddr any = Multiaddr.parse("/dns/a.example/tcp/4001");
        Multiaddr only4 = Multiaddr.parse("/dns4/a.example/udp/4001/quic-v1/p2p/" + ED);
        Multiaddr only6 = Multiaddr.parse("/dns6/a.example/tcp/4001");

        assertThat(any.hostName()).contains("a.example");
        assertThat(any.resolvedTo(four)).contains(Multiaddr.parse("/ip4/192.0.2.1/tcp/4001"));
        assertThat(any.resolvedTo(six)).contains(Multiaddr.parse("/ip6/2001:db8::1/tcp/4001"));
        assertThat(only4.resolvedTo(four).flatMap(Multiaddr::quicEndpoint))
                .contains(Endpoint.parse("192.0.2.1:4001").orElseThrow());
        assertThat(only4.resolvedTo(six)).isEmpty();
        assertThat(only6.resolvedTo(four)).isEmpty();
        assertThat(only6.resolvedTo(six)).isPresent();
        assertThat(Multiaddr.tcp(new Endpoint(four, 1)).hostName()).isEmpty();
        assertThat(Multiaddr.tcp(new Endpoint(four, 1)).resolvedTo(four)).isEmpty();
        assertThat(Multiaddr.parse("/dnsaddr/a.example").hostName()).isEmpty();
    }

    private static void assertSame(String text, String canonical) {
        assertThat(Multiaddr.parse(text)).isEqualTo(Multiaddr.parse(canonical)).hasToString(canonical);
    }

    private static void assertRefused(String text, int position, String why) {
        assertThatThrownBy(() -> Multiaddr.parse(text)).isInstanceOfSatisfying(MalformedMultiaddr.class, refused -> {
            assertThat(refused.position()).isEqualTo(position);
            assertThat(refused)
                    .hasMessageStartingWith(why.startsWith("\"") || why.startsWith("an ") ? why : "")
                    .hasMessageContaining(why);
        });
    }

    private static void assertMalformed(String bytes, String why) {
        Bytes given = hex(bytes);
        assertThatExceptionOfType(MalformedBytes.class)
                .isThrownBy(() -> Multiaddr.decode(given))
                .withMessageContaining(why);
    }
}
