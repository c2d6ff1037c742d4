package net.pangea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.cli.NodeArguments.Accepted;
import net.pangea.cli.NodeArguments.HostPort;
import net.pangea.cli.NodeArguments.PeerPlace;
import net.pangea.keys.OwnerId;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.node.NodeSettings;
import org.junit.jupiter.api.Test;

class NodeArgumentsTest {
    private static final List<String> NEEDED = List.of("--name", "node/0", "--listen", "127.0.0.1:0", "--data", "d");

    private static final String FIRST =
            "/ip4/192.0.2.7/tcp/9090/p2p/" + Identities.of(1).peerId();
    private static final String SECOND =
            "/dns4/example.org/tcp/9090/p2p/" + Identities.of(2).peerId();

    @Test
    void everything_that_is_said_is_read() {
        String owner = "0a".repeat(32);
        NodeArguments arguments = NodeArguments.parse(and(
                "--p2p-addr",
                "localhost:4000",
                "--p2p-addr",
                "/ip4/127.0.0.1/udp/4000/quic-v1",
                "--p2p-addr",
                "/ip6/::1/tcp/4002",
                "--dht-addr",
                "[::1]:4001",
                "--bootstrap",
                FIRST + "," + SECOND,
                "--zone",
                "west",
                "--keys",
                "k",
                "--accept",
                owner,
                "--settings",
                "shards=4+2,quorum=6"));

        assertThat(arguments)
                .isEqualTo(new NodeArguments(
                        "node/0",
                        new HostPort("127.0.0.1", 0),
                        List.of(
                                new PeerPlace("--p2p-addr", new HostPort("localhost", 4000), false),
                                new PeerPlace("--p2p-addr", new HostPort("127.0.0.1", 4000), true),
                                new PeerPlace("--p2p-addr", new HostPort("::1", 4002), false),
                                new PeerPlace("--dht-addr", new HostPort("::1", 4001), false)),
                        List.of(Multiaddr.parse(FIRST), Multiaddr.parse(SECOND)),
                        Optional.of("west"),
                        Path.of("d"),
                        Optional.of(Path.of("k")),
                        new Accepted(false, List.of(OwnerId.parseHex(owner).orElseThrow())),
                        NodeSettings.parse(List.of("shards=4+2", "quorum=6"))));
        assertThat(NodeArguments.parse(and("--accept", "everyone")).accepted())
                .isEqualTo(new Accepted(true, List.of()));
    }

    @Test
    void what_is_not_said_is_the_usual() {
        NodeArguments arguments = NodeArguments.parse(List.of("--data", "d"));

        assertThat(arguments.name()).isEqualTo("node");
        assertThat(arguments.p2p()).containsExactly(new PeerPlace("--p2p-addr", new HostPort("0.0.0.0", 9090), false));
        assertThat(arguments.listen()).hasToString(Client.USUAL_NODE);
        assertThat(arguments.bootstrap()).isEmpty();
        assertThat(arguments.zone()).isEmpty();
        assertThat(arguments.keys()).isEmpty();
        assertThat(arguments.accepted()).isEqualTo(new Accepted(false, List.of()));
        assertThat(arguments.settings()).isEqualTo(NodeSettings.DEFAULT);
    }

    @Test
    void what_is_wrong_is_named() {
        assertRefused(List.of("--name", "a"), "--data is missing");
        assertRefused(List.of("--listen"), "--listen needs a value");
        assertRefused(and("--colour", "blue"), "unknown argument '--colour'");
        assertRefused(and("--name", "b"), "--name is given twice");
        assertRefused(and("--p2p-addr", "h"), "--p2p-addr: 'h' is not HOST:PORT");
        assertRefused(and("--p2p-addr", "h:65536"), "'h:65536' is not HOST:PORT");
        assertRefused(and("--p2p-addr", "h:1", "--p2p-addr", "h:1"), "--p2p-addr h:1 is given twice");
        assertRefused(
                and("--p2p-addr", "/ip4/0.0.0.0/udp/9090"), "'/ip4/0.0.0.0/udp/9090' is not where a node can listen");
        assertRefused(and("--p2p-addr", "/dns4/example.org/tcp/1"), "is not where a node can listen");
        assertRefused(and("--p2p-addr", FIRST), "is not where a node can listen");
        assertRefused(and("--p2p-addr", "/ip4/1/tcp/1"), "--p2p-addr: '/ip4/1/tcp/1': ");
        assertRefused(and("--dht-addr", "::1:5"), "--dht-addr: '::1:5' is not HOST:PORT");
        assertRefused(and("--bootstrap", "/ip4/127.0.0.1/tcp/4000"), "does not end in /p2p/");
        assertRefused(and("--bootstrap", "/ip4/127.0.0/tcp/4000"), "--bootstrap: '/ip4/127.0.0/tcp/4000': ");
        assertRefused(and("--bootstrap", FIRST + ","), "--bootstrap: '': ");
        assertRefused(and("--settings", "security=none"), "security: 'none' is not noise or tls");
        assertRefused(and("--settings", "security=plaintext"), "plaintext is for simulations only; write noise or tls");
        assertRefused(and("--bootstrap", FIRST + "," + FIRST), "is given twice; leave one out");
        assertRefused(and("--bootstrap", "/p2p/" + Identities.of(1).peerId()), "does not say where the node listens");
        assertRefused(
                and("--bootstrap", "/dns4/example.org/p2p/" + Identities.of(1).peerId()),
                "does not say where the node listens");
        assertRefused(and("--zone", "1"), "'1' is not a zone");
        assertRefused(and("--accept", "me"), "'me' is not an owner of 64 hexadecimal digits");
        assertRefused(and("--settings", "shards=8"), "'8' is not DATA+PARITY");
        assertRefused(and("--settings", "colour=blue"), "'colour=blue' is no setting");
        assertRefused(and("--settings", "quorum=7"), "quorum");
    }

    @Test
    void a_setting_out_of_range_is_named_with_its_range() {
        for (String setting : List.of(
                "connections=0",
                "connections=1025",
                "connections=99999999999",
                "quorum=99999999999",
                "lease=0s",
                "lease=5",
                "lease=9999999d",
                "catalogue=0s",
                "repair.scan=0s",
                "repair.grace=366d",
                "repair.bandwidth=1B",
                "repair.audits=0",
                "repair.audits=99999999999",
                "store.capacity=0B",
                "store.quota=9999999TiB",
                "store.scrub=0B",
                "store.scrub=1TiB",
                "store.scrub-every=0s",
                "collect.every=1ns",
                "collect.after=99999d",
                "collect.uploads=0s")) {
            String key = setting.substring(0, setting.indexOf('='));
            String value = setting.substring(setting.indexOf('=') + 1);
            assertThatThrownBy(() -> NodeArguments.parse(and("--settings", setting)))
                    .isInstanceOf(UsageError.class)
                    .hasMessageMatching(
                            "--settings: " + key + ": '" + value
                                    + "' is not a (whole number|duration|size) from [0-9A-Za-z]+ to [0-9A-Za-z]+(, such as .*)?");
        }
        NodeSettings most = NodeArguments.parse(and("--settings", "connections=1024,store.scrub=17GiB,lease=1m"))
                .settings();
        assertThat(most.connections()).isEqualTo(1_024);
    }

    private static void assertRefused(List<String> arguments, String problem) {
        assertThatThrownBy(() -> NodeArguments.parse(arguments))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("\n");
    }

    private static List<String> and(String... more) {
        List<String> arguments = new ArrayList<>(NEEDED);
        arguments.addAll(List.of(more));
        return arguments;
    }
}
