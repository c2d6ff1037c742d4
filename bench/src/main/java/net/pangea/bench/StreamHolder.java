package net.pangea.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.pangea.cli.NodeMain;
import net.pangea.keys.KeyText;
import net.pangea.multiformats.Multiaddr;
import net.pangea.sim.cluster.Member;

/** A node in a process of its own, that holds what the streaming node gives it. */
final class StreamHolder implements AutoCloseable {
    private final Process process;

    private StreamHolder(Process process) {
        this.process = process;
    }

    /** Starts a node and waits until it serves. */
    static StreamHolder start(Member self, List<Member> all, Path data) throws IOException {
        Path keys = data.resolveSibling(self.name() + ".keys");
        Files.writeString(keys, KeyText.of(StreamPlaces.keys(self)));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                NodeMain.class.getName(),
                "--name",
                self.name(),
                "--listen",
                self.endpoint().toString(),
                "--data",
                data.toString(),
                "--p2p-addr",
                self.p2p().toString(),
                "--bootstrap",
                StreamPlaces.bootstrap(all).stream().map(Multiaddr::toString).collect(Collectors.joining(",")),
                "--keys",
                keys.toString(),
                "--accept",
                "everyone");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String line = "";
        while (!line.startsWith("ready ")) {
            line = out.readLine();
            if (line == null) {
                throw new IllegalStateException("node " + self.name() + " ended before it served");
            }
        }
        Thread _ = Thread.ofPlatform().daemon().start(() -> {
            // A pipe that nobody reads stops its writer.
            try (out) {
                while (out.readLine() != null) {
                    // an event
                }
            } catch (IOException e) {
                return; // it has ended
            }
        });
        return new StreamHolder(process);
    }

    @Override
    public void close() {
        Process _ = process.destroyForcibly();
    }
}
