package net.pangea.bench;

import java.time.Duration;
import java.util.List;
import net.pangea.node.NodeSettings;
import net.pangea.node.Quantity;

/**
 * What {@code bench full} is asked to run.
 *
 * @param nodes of the network
 * @param connections to other nodes that each keeps; unless told otherwise as many as a node does, so that no node of a hundred
 *     closes one only to dial again
 * @param length of the scenario
 */
record FullOptions(int nodes, int connections, Duration length) {
    private static final int NODES_MIN = 12;
    private static final int NODES_MAX = 10_000;
    private static final int CONNECTIONS_MAX = 1_024;
    private static final Duration LENGTH_MAX = Duration.ofDays(7);

    static FullOptions parse(String... arguments) {
        FullOptions options = new FullOptions(100, NodeSettings.DEFAULT.connections(), Duration.ofMinutes(30));
        for (int i = 0; i < arguments.length; i += 2) {
            String flag = arguments[i];
            if (!List.of("--nodes", "--connections", "--for").contains(flag)) {
                throw new BadInput("unknown argument '" + flag + "': --nodes, --connections or --for");
            }
            if (i + 1 == arguments.length) {
                throw new BadInput(flag + " needs a value");
            }
            options = options.with(flag, arguments[i + 1]);
        }
        return options;
    }

    private FullOptions with(String flag, String value) {
        return switch (flag) {
            case "--nodes" ->
                new FullOptions(EngineOptions.number(flag, value, NODES_MIN, NODES_MAX), connections, length);
            case "--connections" ->
                new FullOptions(nodes, EngineOptions.number(flag, value, 1, CONNECTIONS_MAX), length);
            default -> new FullOptions(nodes, connections, length(value));
        };
    }

    private static Duration length(String value) {
        return Quantity.nanos(value)
                .map(Duration::ofNanos)
                .filter(length -> length.toMinutes() >= 1 && length.compareTo(LENGTH_MAX) <= 0)
                .orElseThrow(() -> new BadInput("--for is 1m to 7d, for instance 30m, not '" + value + "'"));
    }
}
