package net.pangea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process: its output, its exit status, and how it takes signals. */
@Timeout(60)
class NodeMainTest {
    @TempDir
    private Path folder;

    @Test
    void a_node_says_when_it_is_ready_and_leaves_on_sigterm() throws IOException, InterruptedException {
        Process node = start("--name", "node/0", "--listen", "127.0.0.1:0", "--data", folder.toString());
        try (BufferedReader out = node.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("event {\"name\":\"store-recovered\",\"version\":1,");
            assertThat(skipTo("event {\"name\":\"node-started\"", out)).contains("\"version\":1,");
            String peer = skipTo("peer ", out);
            assertThat(peer).matches("peer 12D3Koo[0-9A-Za-z]+");
            assertThat(skipTo("listening ", out))
                    .matches("listening /ip4/127\\.0\\.0\\.1/tcp/[1-9][0-9]+/p2p/" + peer.substring("peer ".length()));
            assertThat(skipTo("ready", out)).matches("ready node/0 127\\.0\\.0\\.1:[1-9][0-9]+");

            assertThat(node.toHandle().destroy()).isTrue(); // Process.destroy would close its output as well

            assertThat(node.waitFor(2, TimeUnit.SECONDS)).isTrue();
            assertThat(skipTo("event {\"name\":\"node-stopped\"", out)).contains("\"version\":1,");
        } finally {
            node.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_node_says_where_it_listens_with_tcp_and_with_quic() throws IOException, InterruptedException {
        Process node = start(
                "--listen", "127.0.0.1:0", "--p2p-addr", "/ip4/127.0.0.1/udp/0/quic-v1", "--data", folder.toString());
        try (BufferedReader out = node.inputReader(StandardCharsets.UTF_8)) {
            assertThat(skipTo("listening ", out)).matches("listening /ip4/127\\.0\\.0\\.1/tcp/[1-9][0-9]+/p2p/.+");
            assertThat(skipTo("listening ", out))
                    .matches("listening /ip4/127\\.0\\.0\\.1/udp/[1-9][0-9]+/quic-v1/p2p/.+");
        } finally {
            node.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_node_leaves_when_whoever_started_it_has_ended() throws IOException, InterruptedException {
        Process node = start("--name", "node/0", "--listen", "127.0.0.1:0", "--data", folder.toString());
        try (BufferedReader out = node.inputReader(StandardCharsets.UTF_8)) {
            assertThat(skipTo("ready", out)).startsWith("ready node/0");

            node.getOutputStream().close(); // as the system does for a process that was killed

            assertThat(node.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(skipTo("event {\"name\":\"node-stopped\"", out)).contains("\"version\":1,");
        } finally {
            node.destroyForcibly().waitFor();
        }
    }

    /** {@return the first line that begins so} */
    private static String skipTo(String begin, BufferedReader out) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith(begin)) {
            line = out.readLine();
        }
        return Objects.requireNonNull(line, "the output ended before a line with " + begin);
    }

    @Test
    void a_port_in_use_is_one_line() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String place = "127.0.0.1:" + taken.getLocalPort();
            String data = folder.toString();
            String advice = " address in use; another program listens there: choose another port";

            assertRefused("node: --listen: listen at " + place + ":" + advice, "--listen", place, "--data", data);
            assertRefused(
                    "node: --dht-addr: listen at " + place + ":" + advice,
                    "--listen",
                    "127.0.0.1:0",
                    "--dht-addr",
                    place,
                    "--data",
                    data);
        }
    }

    @Test
    void a_udp_port_in_use_is_one_line() throws IOException, InterruptedException {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String place = "127.0.0.1:" + taken.getLocalPort();
            assertRefused(
                    "--p2p-addr: QUIC at " + place + ": address in use",
                    "--listen",
                    "127.0.0.1:0",
                    "--p2p-addr",
                    "/ip4/127.0.0.1/udp/" + taken.getLocalPort() + "/quic-v1",
                    "--data",
                    folder.toString());
        }
    }

    @Test
    void one_place_for_two_purposes_is_one_line() throws IOException, InterruptedException {
        String data = folder.toString();
        assertRefused(
                "--dht-addr 127.0.0.1:4011: is where --listen 127.0.0.1:4011 listens too",
                "--listen",
                "127.0.0.1:4011",
                "--dht-addr",
                "127.0.0.1:4011",
                "--data",
                data);
        assertRefused(
                "--dht-addr 0.0.0.0:4011: is where --listen 127.0.0.1:4011 listens too",
                "--listen",
                "127.0.0.1:4011",
                "--dht-addr",
                "0.0.0.0:4011",
                "--data",
                data);
    }

    @Test
    void an_address_of_another_computer_is_one_line() throws IOException, InterruptedException {
        assertRefused(
                "node: --dht-addr: listen at 192.0.2.7:4011: address not available; this computer has no such address",
                "--listen",
                "127.0.0.1:0",
                "--dht-addr",
                "192.0.2.7:4011",
                "--data",
                folder.toString());
        assertRefused(
                "--dht-addr no.such.host.invalid:1: ",
                "--listen",
                "127.0.0.1:0",
                "--dht-addr",
                "no.such.host.invalid:1",
                "--data",
                folder.toString());
    }

    @Test
    void a_folder_that_is_a_file_is_one_line() throws IOException, InterruptedException {
        Path file = Files.createFile(folder.resolve("file"));

        assertRefused("wrong type", "--listen", "127.0.0.1:0", "--data", file.toString());
    }

    @Test
    void a_folder_that_another_node_uses_is_one_line() throws IOException, InterruptedException {
        Process first = start("--name", "a", "--listen", "127.0.0.1:0", "--data", folder.toString());
        try (BufferedReader out = first.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).contains("store-recovered");

            assertRefused("locked", "--listen", "127.0.0.1:0", "--data", folder.toString());
        } finally {
            first.destroyForcibly().waitFor();
        }
    }

    @Test
    void a_wrong_flag_and_an_unknown_host_are_one_line() throws IOException, InterruptedException {
        assertRefused("unknown argument '--dta'", "--listen", "127.0.0.1:0", "--dta", folder.toString());
        assertRefused(
                "--listen no.such.host.invalid:1", "--listen", "no.such.host.invalid:1", "--data", folder.toString());
    }

    private static void assertRefused(String problem, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("--name", "node"));
        all.addAll(List.of(arguments));
        Process node = start(all.toArray(String[]::new));
        try (BufferedReader err =
                new BufferedReader(new InputStreamReader(node.getErrorStream(), StandardCharsets.UTF_8))) {
            List<String> lines = err.lines().toList();

            assertThat(node.waitFor()).isEqualTo(2);
            assertThat(lines)
                    .singleElement()
                    .asString()
                    .startsWith("pangea node: ")
                    .contains(problem);
        } finally {
            node.destroyForcibly().waitFor();
        }
    }

    private static Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                NodeMain.class.getName(),
                "--p2p-addr",
                "127.0.0.1:0"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }
}
