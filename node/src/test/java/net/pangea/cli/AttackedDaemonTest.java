package net.pangea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.pangea.libp2p.LoopbackQuicWire;
import net.pangea.libp2p.Security;
import net.pangea.libp2p.TcpWire;
import net.pangea.libp2p.Wire;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.system.SystemFixture;
import net.pangea.manifest.ObjectRef;
import net.pangea.multiformats.Multiaddr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever strangers do, a node's memory stays bounded. The node is a process with a heap that most attacks would fill if what
 * they bring were kept, and that ends at once when it is full.
 */
@Timeout(180)
class AttackedDaemonTest {
    private static final int MIB = 1 << 20;
    private static final int HEAP_BYTES = 96 * MIB;
    private static final int DIRECT_BYTES = 64 * MIB;

    /** At rest it has 13 MiB of live objects. */
    private static final List<String> MEMORY = List.of(
            "-Xmx" + HEAP_BYTES,
            "-Xmn" + HEAP_BYTES / 6,
            "-XX:MaxDirectMemorySize=" + DIRECT_BYTES,
            "-XX:+UseCompactObjectHeaders",
            "-XX:+ExitOnOutOfMemoryError");

    /** Classes that are used for the first time, counters, events on their way, a few contacts. */
    private static final int ALLOWED_BYTES = 6 * MIB;

    /** A sixteenth of the heap, and what the values take beside their bytes. */
    private static final int VALUES_BYTES = HEAP_BYTES / 16 + MIB;

    /** An eighth of the heap for the announcements of others, and some as one takes a little more than is counted. */
    private static final int PROVIDERS_BYTES = HEAP_BYTES / 6;

    /** What QUIC keeps outside of the JVM: the windows of all connections, beside all else that a JVM has there. */
    private static final int NATIVE_BYTES = 128 * MIB;

    private static final int HALF_OPEN = 1_000;

    private static final Duration MOMENT = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private interface Attack {
        void run() throws Exception;
    }

    /** The node that is attacked. */
    private record Attacked(DaemonProcess daemon, Machine machine) {
        /** Attacks it, and waits until it has let go of what that brought. */
        void by(String name, int keptBytes, Attack attack) throws Exception {
            long before = daemon.liveBytes();
            attack.run();
            eventually(name + ": " + before + " bytes before", () -> {
                assertThat(daemon.liveBytes()).isLessThan(before + keptBytes + ALLOWED_BYTES);
            });
        }

        void awaitStatus(String... words) throws Exception {
            eventually("status", () -> assertThat(status()).contains(words));
        }

        private String status() throws InterruptedException {
            return String.join(
                    "\n", Ran.pangea("status", "--node", daemon.place()).done());
        }

        private void eventually(String what, Attack check) throws Exception {
            long begun = machine.clock().nanoTime();
            while (true) {
                assertThat(daemon.isAlive())
                        .as("%s: it runs, and has said %s", what, daemon.said())
                        .isTrue();
                try {
                    check.run();
                    return;
                } catch (AssertionError e) {
                    if (machine.clock().nanoTime() - begun > TimeUnit.SECONDS.toNanos(30)) {
                        throw new AssertionError(what, e);
                    }
                    machine.clock().sleep(MOMENT);
                }
            }
        }
    }

    @Test
    void its_memory_stays_bounded_and_its_status_says_what_it_turned_away() throws Exception {
        try (DaemonProcess daemon = start();
                TestNodes others =
                        TestNodes.start(folder, 2, List.of(daemon.addresses().getFirst()))) {
            long atRest = daemon.residentBytes().orElse(0);
            new SystemFixture(folder.resolve("strangers")).on(machine -> {
                attack(new Attacked(daemon, machine), machine);
            });

            assertThat(daemon.residentBytes().orElse(0))
                    .as("%s bytes of memory before", atRest)
                    .isLessThan(atRest + HEAP_BYTES + DIRECT_BYTES + NATIVE_BYTES);
            assertStoresAndReads(daemon, others);
        }
    }

    private DaemonProcess start() throws Exception {
        return DaemonProcess.start(
                MEMORY,
                "--data",
                folder.resolve("attacked").toString(),
                "--listen",
                "127.0.0.1:0",
                "--p2p-addr",
                "127.0.0.1:0",
                "--p2p-addr",
                "/ip4/127.0.0.1/udp/0/quic-v1",
                "--settings",
                "shards=2+1");
    }

    private static void attack(Attacked node, Machine machine) throws Exception {
        Multiaddr tcp = node.daemon.addresses().getFirst();
        Multiaddr quic = node.daemon.addresses().getLast();
        Endpoint tcpPort = tcp.tcpEndpoint().orElseThrow();
        Strangers strangers = new Strangers(machine, tcp, quic);

        node.by("garbage", 0, () -> {
            new TcpWire(Security.NOISE).disturb(machine, tcpPort);
            new LoopbackQuicWire().disturb(machine, quic.quicEndpoint().orElseThrow());
        });
        node.by("windows over TCP", 0, () -> strangers.fillWindowsOverTcp(4, 120));
        node.by("windows over QUIC", 0, () -> strangers.fillWindowsOverQuic(8, 6));
        node.by("messages without end", 0, () -> strangers.beginMessages(2, 50));
        node.by("huge messages", 0, strangers::announceHugeMessages);
        node.by("streams that are reset", 0, () -> strangers.openAndReset(100_000));
        node.by("streams that say nothing", 0, () -> strangers.openAndWait(8, 512));
        node.by("uploads of strangers", 0, () -> strangers.openUploads(1_000));
        node.by("many peers", 0, () -> strangers.identify(60));
        node.by("values", VALUES_BYTES, () -> strangers.putValues(7_000));
        node.by("announcements", PROVIDERS_BYTES, () -> strangers.addProviders(150_000));
        node.by("half-open handshakes", 0, () -> halfOpen(node, machine, tcpPort, quic));

        node.awaitStatus(
                " refused: not libp2p",
                " refused: bad certificate",
                " refused: too many streams",
                " refused: handshake too slow",
                " stream malformed",
                " stream with a message too large",
                " stream too slow while memory was short");
    }

    private static void halfOpen(Attacked node, Machine machine, Endpoint tcpPort, Multiaddr quic) throws Exception {
        Endpoint quicPort = quic.quicEndpoint().orElseThrow();
        try (Wire.HalfOpen overTcp = new TcpWire(Security.NOISE).halfOpen(machine, tcpPort, HALF_OPEN);
                Wire.HalfOpen overQuic = new LoopbackQuicWire().halfOpen(machine, quicPort, HALF_OPEN)) {
            overTcp.fallSilent();
            node.eventually(
                    "all have dialed",
                    () -> assertThat(overQuic.areTurnedAway(0)).isTrue());
            overQuic.fallSilent();
            node.awaitStatus(" refused: handshake too slow");
        }
    }

    private void assertStoresAndReads(DaemonProcess daemon, TestNodes others) throws Exception {
        Path source = folder.resolve("photo");
        Files.write(source, "still there".repeat(100_000).getBytes(StandardCharsets.US_ASCII));
        Path target = folder.resolve("copy");
        List<String> put =
                Ran.pangea("put", source.toString(), "--node", daemon.place()).done();
        String reference = ObjectRef.parse(put.getFirst()).orElseThrow().text();
        var _ = Ran.pangea(
                        "get",
                        reference,
                        target.toString(),
                        "--node",
                        others.at("node0").toString())
                .done();
        assertThat(target).hasSameBinaryContentAs(source);
    }
}
