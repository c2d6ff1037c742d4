package net.pangea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.cli.NodeArguments.Accepted;
import net.pangea.cli.NodeArguments.HostPort;
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
                        List.of(new HostPort("localhost", 4000), new HostPort("::1", 4001)),
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
        assertThat(arguments.p2p()).containsExactly(new HostPort("0.0.0.0", 9090));
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
        assertRefused(and("--dht-addr", "::1:5"), "--dht-addr: '::1:5' is not HOST:PORT");
        assertRefused(and("--bootstrap", "/ip4/127.0.0.1/tcp/4000"), "does not end in /p2p/");
        assertRefused(and("--bootstrap", "/ip4/127.0.0/tcp/4000"), "--bootstrap: '/ip4/127.0.0/tcp/4000': ");
        assertRefused(and("--bootstrap", FIRST + ","), "--bootstrap: '': ");
        assertRefused(and("--settings", "security=none"), "security: 'none' is not noise, tls or plaintext");
        assertRefused(and("--zone", "1"), "'1' is not a zone");
        assertRefused(and("--accept", "me"), "'me' is not an owner of 64 hexadecimal digits");
        assertRefused(and("--settings", "shards=8"), "'8' is not DATA+PARITY");
        assertRefused(and("--settings", "colour=blue"), "'colour=blue' is no setting");
        assertRefused(and("--settings", "quorum=7"), "quorum");
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
