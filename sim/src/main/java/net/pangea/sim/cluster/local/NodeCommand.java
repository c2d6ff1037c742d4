package net.pangea.sim.cluster.local;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.pangea.cli.NodeMain;
import net.pangea.keys.KeyText;
import net.pangea.keys.OwnerId;
import net.pangea.multiformats.Multiaddr;
import net.pangea.sim.cluster.MachineKeys;
import net.pangea.sim.cluster.Member;

/**
 * The command line of a node's process: this JVM's executable, class path and required flags, and a small heap.
 *
 * @param members all nodes; each is told of all
 * @param seed of which their keys are
 * @param settings of every node, {@code key=value} each
 */
record NodeCommand(List<Member> members, long seed, List<String> settings) {
    /** Sixteen of these start on two cores; none computes for long. */
    private static final List<String> SMALL = List.of(
            "-Xmx128m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData");

    private static final String VECTORS = "--add-modules=jdk.incubator.vector";

    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    NodeCommand {
        members = List.copyOf(members);
        settings = List.copyOf(settings);
    }

    /** {@return the text of the keys that a node is to import} */
    String keysOf(Member node) {
        return KeyText.of(MachineKeys.of(seed, node.name()));
    }

    /**
     * {@return a builder of the node's process}
     *
     * @param keys the file with {@link #keysOf}
     */
    ProcessBuilder of(Member node, Path data, Path keys) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.addAll(required());
        command.add(NodeMain.class.getName());
        command.addAll(List.of("--name", node.name()));
        command.addAll(List.of("--listen", node.endpoint().toString()));
        command.addAll(List.of("--data", data.toString()));
        if (node.zone().isPresent()) {
            command.addAll(List.of("--zone", node.zone().get()));
        }
        command.addAll(List.of("--keys", keys.toString()));
        command.addAll(List.of("--accept", owners()));
        command.addAll(List.of("--settings", String.join(",", settings)));
        command.addAll(List.of("--p2p-addr", node.p2p().toString()));
        command.addAll(List.of(
                "--bootstrap",
                MachineKeys.bootstrap(seed, members).stream()
                        .map(Multiaddr::toString)
                        .collect(Collectors.joining(","))));
        ProcessBuilder builder = new ProcessBuilder(command);
        // Not as a flag: systems show, and tests look for, only so much of a command.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        // Flags for the harness are not for nodes, and the JVM reports them among a node's own words.
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder;
    }

    private String owners() {
        List<String> names = members.stream().map(Member::name).toList();
        return MachineKeys.owners(seed, names).stream().map(OwnerId::hex).collect(Collectors.joining(","));
    }

    /**
     * What this JVM was told about modules: node code needs the same, but for the vectors, which are slow without the
     * compiler that these small processes do not start.
     */
    private static List<String> required() {
        List<String> flags = new ArrayList<>(ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.equals(VECTORS))
                .filter(flag -> flag.startsWith("--add-") || flag.startsWith("--enable-native-access"))
                .toList());
        if (!flags.contains(NATIVE)) {
            flags.add(NATIVE);
        }
        return flags;
    }
}
