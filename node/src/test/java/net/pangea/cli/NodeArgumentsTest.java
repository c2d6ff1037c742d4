package net.pangea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.pangea.cli.NodeArguments.HostPort;
import net.pangea.cli.NodeArguments.NamedHost;
import net.pangea.manifest.Redundancy;
import org.junit.jupiter.api.Test;

class NodeArgumentsTest {
    private static final List<String> NEEDED = List.of("--name", "node/0", "--listen", "127.0.0.1:0", "--data", "d");

    @Test
    void everything_that_is_said_is_read() {
        NodeArguments arguments = NodeArguments.parse(
                and("--peers", "node/0=localhost:4000,node/1=[::1]:4001", "--shards", "4+2", "--quorum", "6"));

        assertThat(arguments)
                .isEqualTo(new NodeArguments(
                        "node/0",
                        new HostPort("127.0.0.1", 0),
                        List.of(
                                new NamedHost("node/0", new HostPort("localhost", 4000)),
                                new NamedHost("node/1", new HostPort("::1", 4001))),
                        Path.of("d"),
                        new Redundancy(4, 2, 6)));
    }

    @Test
    void what_is_not_said_is_the_usual() {
        NodeArguments arguments = NodeArguments.parse(NEEDED);

        assertThat(arguments.peers()).isEmpty();
        assertThat(arguments.redundancy()).isEqualTo(Redundancy.DEFAULT);
    }

    @Test
    void what_is_wrong_is_named() {
        assertRefused(List.of("--name", "a"), "--listen is missing");
        assertRefused(List.of("--listen"), "--listen needs a value");
        assertRefused(and("--colour", "blue"), "unknown argument '--colour'");
        assertRefused(and("--name", "b"), "--name is given twice");
        assertRefused(and("--peers", "a"), "'a' is not NAME=HOST:PORT");
        assertRefused(and("--peers", "a=h:1,a=h:2"), "two peers are called 'a'");
        assertRefused(and("--peers", "a=h:1,"), "'' is not NAME=HOST:PORT");
        assertRefused(and("--peers", "a=h:65536"), "'h:65536' is not HOST:PORT");
        assertRefused(and("--peers", "a=::1:5"), "'::1:5' is not HOST:PORT");
        assertRefused(and("--shards", "8"), "'8' is not DATA+PARITY");
        assertRefused(and("--quorum", "7"), "a quorum is 8 to 12, not 7");
        assertRefused(and("--quorum", "x"), "'x' is not a number");
        assertRefused(and("--quorum", "13"), "a quorum is 8 to 12, not 13");
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
