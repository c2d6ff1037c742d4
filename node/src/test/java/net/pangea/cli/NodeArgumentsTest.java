package net.pangea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.pangea.cli.NodeArguments.Accepted;
import net.pangea.cli.NodeArguments.HostPort;
import net.pangea.cli.NodeArguments.NamedHost;
import net.pangea.keys.OwnerId;
import net.pangea.node.NodeSettings;
import org.junit.jupiter.api.Test;

class NodeArgumentsTest {
    private static final List<String> NEEDED = List.of("--name", "node/0", "--listen", "127.0.0.1:0", "--data", "d");

    @Test
    void everything_that_is_said_is_read() {
        String owner = "0a".repeat(32);
        NodeArguments arguments = NodeArguments.parse(and(
                "--peers",
                "node/0=localhost:4000,node/1=[::1]:4001/east",
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
                        Optional.of("west"),
                        List.of(
                                new NamedHost("node/0", new HostPort("localhost", 4000), Optional.empty()),
                                new NamedHost("node/1", new HostPort("::1", 4001), Optional.of("east"))),
                        Path.of("d"),
                        Optional.of(Path.of("k")),
                        new Accepted(false, List.of(OwnerId.parseHex(owner).orElseThrow())),
                        NodeSettings.parse(List.of("shards=4+2", "quorum=6"))));
        assertThat(NodeArguments.parse(and("--accept", "everyone")).accepted())
                .isEqualTo(new Accepted(true, List.of()));
    }

    @Test
    void what_is_not_said_is_the_usual() {
        NodeArguments arguments = NodeArguments.parse(List.of("--name", "a", "--data", "d"));

        assertThat(arguments.listen()).hasToString(Client.USUAL_NODE);
        assertThat(arguments.peers()).isEmpty();
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
        assertRefused(and("--peers", "a"), "'a' is not NAME=HOST:PORT");
        assertRefused(and("--peers", "a=h:1,a=h:2"), "two peers are called 'a'");
        assertRefused(and("--peers", "a=h:1,"), "'' is not NAME=HOST:PORT");
        assertRefused(and("--peers", "a=h:65536"), "'h:65536' is not HOST:PORT");
        assertRefused(and("--peers", "a=::1:5"), "'::1:5' is not HOST:PORT");
        assertRefused(and("--peers", "a=h:1/E"), "'E' is not a zone");
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
