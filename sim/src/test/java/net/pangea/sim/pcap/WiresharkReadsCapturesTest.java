package net.pangea.sim.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.pangea.machine.Connection;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.sim.cluster.simulated.SimExecutor;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.experiment.Execution;
import net.pangea.sim.experiment.Experiment;
import net.pangea.sim.experiment.Inputs;
import net.pangea.sim.experiment.RunSettings;
import net.pangea.sim.host.CaptureFile;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.scenario.Language;
import net.pangea.sim.verbs.PangeaVerbs;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.HostSpec;
import net.pangea.sim.world.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets Wireshark's own reader judge captures, where its command {@code tshark} is installed. */
class WiresharkReadsCapturesTest {
    private static final LinkProfile LINK = LinkProfile.ideal(Sampler.constant(1_000_000));
    private static final Endpoint ANY = new Endpoint(IpAddress.of(0, 0, 0, 0), 0);
    private static final int PORT = 4001;

    /** More than the window and than a packet holds. */
    private static final int MANY_BYTES = 700_000;

    @TempDir
    private Path folder;

    /** What the client of a small run does. */
    @FunctionalInterface
    private interface Script {
        void play(Machine alice, Machine bob) throws Exception;
    }

    private TsharkTool tshark(Path capture) throws IOException {
        Path settings = Files.createDirectories(folder.resolve("settings"));
        Optional<TsharkTool> tool = TsharkTool.find(capture, settings);
        assumeTrue(tool.isPresent(), "the command tshark is not installed");
        return tool.orElseThrow();
    }

    /** Runs a server, which answers each stream with its bytes turned over, beside a script that alice plays. */
    private TsharkTool capture(String aliceAddress, String bobAddress, Script script) throws Exception {
        Path file = folder.resolve("run.pcapng");
        TsharkTool tshark = tshark(file);
        Simulation simulation = new Simulation(1, Policy.FIFO, Limits.of(Duration.ofHours(1)), null);
        try (CaptureFile capture = CaptureFile.create(file.toString(), "a test", World.START)) {
            Simulation.End end = simulation.run(
                    () -> {
                        World world = new World(simulation);
                        world.fabric().tap(capture.tap());
                        Host alice = world.add(HostSpec.plain("alice", address(aliceAddress), LINK));
                        Host bob = world.add(HostSpec.plain("bob/1", address(bobAddress), LINK));
                        Machine client = alice.start();
                        Machine server = bob.start();
                        bob.run("serve", () -> {
                            serve(server);
                            return null;
                        });
                        alice.run("script", () -> {
                            script.play(client, server);
                            client.clock().sleep(Duration.ofSeconds(1)); // what is under way arrives
                            simulation.stop();
                            return null;
                        });
                    },
                    (_, _) -> {});
            assertThat(end).isEqualTo(Simulation.End.STOPPED);
        }
        return tshark;
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    private static void serve(Machine server) throws InterruptedException {
        try (Listener listener = server.network().listen(new Endpoint(ANY.address(), PORT))) {
            while (true) {
                try (Connection connection = listener.accept()) {
                    ByteBuffer buffer = ByteBuffer.allocate(4096);
                    while (connection.read(buffer.clear()) >= 0) {
                        connection.write(ByteBuffer.wrap(turned(buffer)));
                    }
                } catch (NetworkFailure reset) {
                    assertThat(reset.kind()).isEqualTo(NetworkFailure.Kind.RESET);
                }
            }
        }
    }

    private static byte[] turned(ByteBuffer filled) {
        byte[] bytes = new byte[filled.position()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~filled.get(i);
        }
        return bytes;
    }

    private static byte[] bytes(int count, long seed) {
        byte[] bytes = new byte[count];
        RandomStream random = RandomStream.of(seed, "bytes");
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Sends {@code sent} and reads as much, in turns. */
    private static void talk(Machine client, Endpoint to, byte[] sent) throws InterruptedException {
        try (Connection connection = client.network().connect(to)) {
            for (int at = 0; at < sent.length; at += 100_000) {
                int count = Math.min(100_000, sent.length - at);
                connection.write(ByteBuffer.wrap(sent, at, count));
                ByteBuffer answer = ByteBuffer.allocate(count);
                while (answer.hasRemaining()) {
                    assertThat(connection.read(answer)).isPositive();
                }
            }
            connection.closeOutput();
            assertThat(connection.read(ByteBuffer.allocate(1))).isNegative();
        }
    }

    private static void assertFollowed(TsharkTool tshark, int stream, byte[] sent) throws Exception {
        List<String> followed = tshark.follow(stream);

        assertThat(followed.getFirst().equals(HexFormat.of().formatHex(sent))).isTrue();
        byte[] answered = turned(ByteBuffer.wrap(sent).position(sent.length));
        assertThat(followed.getLast().equals(HexFormat.of().formatHex(answered)))
                .isTrue();
    }

    private static void assertSound(TsharkTool tshark) throws Exception {
        assertThat(tshark.fields("_ws.malformed || _ws.expert.severity == \"Error\"", "frame.number"))
                .isEmpty();
        assertThat(tshark.fields("tcp.checksum.status == \"Good\" || udp.checksum.status == \"Good\"", "frame.number"))
                .isNotEmpty()
                .hasSameSizeAs(tshark.fields("frame", "frame.number"));
        assertThat(tshark.fields("ip && !(ip.checksum.status == \"Good\")", "frame.number"))
                .isEmpty();
    }

    private static int conversations(TsharkTool tshark) throws Exception {
        return new LinkedHashSet<>(tshark.fields("tcp", "tcp.stream")).size();
    }

    @Test
    void streams_are_followed_byte_by_byte_and_nothing_is_amiss() throws Exception {
        Endpoint bob = new Endpoint(address("10.0.0.2"), PORT);

        TsharkTool tshark = capture("10.0.0.1", "10.0.0.2", (alice, _) -> {
            talk(alice, bob, bytes(MANY_BYTES, 1));
            talk(alice, bob, bytes(10, 2));
        });

        assertSound(tshark);
        assertThat(conversations(tshark)).isEqualTo(2);
        assertFollowed(tshark, 0, bytes(MANY_BYTES, 1));
        assertFollowed(tshark, 1, bytes(10, 2));
        assertThat(tshark.fields("tcp.analysis.flags && !tcp.analysis.window_update", "frame.number"))
                .isEmpty();
        assertThat(tshark.fields("tcp.flags.fin == 1", "tcp.completeness"))
                .containsExactly("15", "31", "15", "31"); // opened, used, and with the second one closed
    }

    @Test
    void the_same_over_ipv6() throws Exception {
        TsharkTool tshark = capture(
                "fd00::1",
                "fd00::2",
                (alice, _) -> talk(alice, new Endpoint(address("fd00::2"), PORT), bytes(200_000, 3)));

        assertSound(tshark);
        assertFollowed(tshark, 0, bytes(200_000, 3));
        assertThat(tshark.fields("ipv6", "frame.number")).hasSameSizeAs(tshark.fields("frame", "frame.number"));
    }

    @Test
    void machines_have_their_names_interfaces_and_virtual_time() throws Exception {
        TsharkTool tshark = capture(
                "10.0.0.1",
                "10.0.0.2",
                (alice, _) -> talk(alice, new Endpoint(address("10.0.0.2"), PORT), bytes(5, 3)));

        assertThat(tshark.fields(
                        "tcp.flags.syn == 1", "frame.time_epoch", "frame.interface_name", "ip.src_host", "ip.dst_host"))
                .containsExactly(
                        "1767225600.001001000\tbob/1\talice\tbob/1", "1767225600.002001000\talice\tbob/1\talice");
    }

    @Test
    void datagrams_refusals_and_resets_are_what_they_are() throws Exception {
        TsharkTool tshark = capture("10.0.0.1", "10.0.0.2", (alice, bob) -> {
            try (DatagramSocket from = alice.network().bind(ANY);
                    DatagramSocket to = bob.network().bind(new Endpoint(ANY.address(), 5000))) {
                from.send(to.local(), ByteBuffer.wrap(new byte[] {1, 2, 3}));
                from.send(to.local(), ByteBuffer.allocate(DatagramSocket.MAX_PAYLOAD_BYTES));
                from.send(new Endpoint(to.local().address(), 5001), ByteBuffer.allocate(4)); // nobody is there
                alice.clock().sleep(Duration.ofSeconds(1));
            }
            try (Connection never = alice.network().connect(new Endpoint(address("10.0.0.2"), 9))) {
                throw new AssertionError("not refused: " + never);
            } catch (NetworkFailure refused) {
                assertThat(refused.kind()).isEqualTo(NetworkFailure.Kind.REFUSED);
            }
            Connection cut = alice.network().connect(new Endpoint(address("10.0.0.2"), PORT));
            cut.write(ByteBuffer.wrap(new byte[] {7}));
            alice.clock().sleep(Duration.ofMillis(100));
            cut.reset();
        });

        assertSound(tshark);
        assertThat(tshark.fields("udp", "udp.dstport", "udp.length")).containsExactly("5000\t11", "5000\t65515");
        assertThat(tshark.fields("tcp.flags.reset == 1", "tcp.stream", "frame.interface_name", "tcp.len"))
                .containsExactly("0\talice\t0", "1\tbob/1\t0");
        assertThat(conversations(tshark)).isEqualTo(2);
    }

    /** A run of nodes, lossy and with a machine that loses its power and comes back. */
    private static final String SCENARIO = """
            pangea: 1
            story: Users go on.
            for: 15s
            machines: {node: {count: 6}}
            network: {links: {lan: {latency: uniform 1ms..5ms, jitter: exponential 1ms, loss: 1%}}}
            node: {shards: 2+1}
            workload:
              - {every: 2s, until: 10s, put: {as: file, count: 1, size: 40KiB, from: node}}
              - {every: 2s, from: 1s, until: 12s, get: {of: file, choose: uniform, from: node}}
            FAULTS
            expect: {always: [no-wrong-bytes]}
            """;

    private Execution run(String faults, Path trace, Path capture) {
        Experiment experiment = new Experiment(
                new Language(PangeaVerbs.ALL.vocabulary())
                        .read(SCENARIO.replace("FAULTS", faults), "test.yaml")
                        .resolve(1),
                PangeaVerbs.ALL,
                new Inputs(Map.of(), ""));
        RunSettings settings =
                new RunSettings(Policy.RANDOM, Optional.of(trace.toString()), Optional.of(capture.toString()));
        return new SimExecutor().run(experiment, settings, (_, _) -> {});
    }

    @Test
    void a_run_of_nodes_has_a_conversation_for_each_connection() throws Exception {
        Path trace = folder.resolve("trace");
        Path file = folder.resolve("nodes.pcapng");
        TsharkTool tshark = tshark(file);

        assertThat(run("", trace, file).invalid()).isEmpty();

        long connections = Files.readAllLines(trace).stream()
                .filter(line -> line.contains("\"kind\":\"connection\",\"first\":1,"))
                .count();
        assertSound(tshark);
        assertThat((long) conversations(tshark)).isGreaterThan(20).isEqualTo(connections);
    }

    @Test
    void a_run_with_a_power_cut_and_a_partition_is_sound_too() throws Exception {
        Path file = folder.resolve("nodes.pcapng");
        TsharkTool tshark = tshark(file);

        Execution execution = run("""
                faults:
                  - {at: 2s, crash: {who: node/3, power: true, for: 2s}}
                  - {at: 5s, partition: {cut: [3 of node, node], for: 3s}}
                  - {at: 9s, reset-connections: {who: node/1}}
                """.indent(0), folder.resolve("trace"), file);

        assertThat(execution.invalid()).isEmpty();
        assertSound(tshark);
        assertThat(tshark.fields("tcp.flags.reset == 1", "frame.number")).isNotEmpty();
        assertThat(tshark.fields("tcp.analysis.lost_segment || tcp.analysis.ack_lost_segment", "frame.number"))
                .isEmpty();
    }

    @Test
    void two_runs_of_a_seed_have_the_same_packets() throws Exception {
        Path trace = folder.resolve("trace");
        Path first = folder.resolve("first.pcapng");
        Path second = folder.resolve("second.pcapng");

        Execution _ = run("", trace, first);
        Execution _ = run("", trace, second);

        assertThat(Files.mismatch(first, second)).isEqualTo(-1);
    }
}
