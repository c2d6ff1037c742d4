package net.pangea.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostEvent.ConnectionClosed;
import net.pangea.libp2p.HostEvent.ConnectionRefused;
import net.pangea.libp2p.HostFailure;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.LoopbackQuicWire;
import net.pangea.libp2p.Security;
import net.pangea.libp2p.Stream;
import net.pangea.libp2p.TcpWire;
import net.pangea.libp2p.WindowOverrun;
import net.pangea.libp2p.Wire;
import net.pangea.libp2p.tls.FalseIdentities;
import net.pangea.libp2p.tls.TlsStranger;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicIdentity;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.Scope;
import net.pangea.machine.system.SystemFixture;
import net.pangea.manifest.Redundancy;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.node.LoopbackPlace.Way;
import net.pangea.node.NodeEvent.ConnectionRejected;
import net.pangea.object.ObjectClient;
import net.pangea.object.PutReceipt;
import net.pangea.protocol.Limits;
import net.pangea.protocol.PeerLinks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever strangers do to a running node, it is closed to them with a reason, and open to all others. */
@Timeout(120)
class AttackedNodeTest {
    private static final Endpoint FREE = new Endpoint(IpAddress.of(127, 0, 0, 1), 0);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final int HALF_OPEN = 1_000;

    @TempDir
    private Path folder;

    private interface Attack {
        void run(Machine machine, Target node) throws Exception;
    }

    /** The first of three nodes, all of which listen with TCP and with QUIC. */
    private record Target(LoopbackCluster cluster, Multiaddr tcp, Multiaddr quic) {
        PeerId id() {
            return tcp.peer().orElseThrow();
        }

        Endpoint tcpPort() {
            return tcp.tcpEndpoint().orElseThrow();
        }

        Endpoint quicPort() {
            return quic.quicEndpoint().orElseThrow();
        }

        /** {@return how often it turned somebody away, by the reason} */
        private TreeMap<String, Integer> reasons() {
            TreeMap<String, Integer> reasons = new TreeMap<>();
            for (LoopbackCluster.Seen seen : cluster.events()) {
                if (seen.machine().equals("node0")) {
                    switch (seen.event()) {
                        case ConnectionRefused refused -> reasons.merge(refused.reason(), 1, Integer::sum);
                        case ConnectionClosed closed -> reasons.merge(closed.reason(), 1, Integer::sum);
                        case ConnectionRejected rejected -> reasons.merge(rejected.reason(), 1, Integer::sum);
                        default -> {}
                    }
                }
            }
            return reasons;
        }

        /** Waits until so many were turned away for a reason. */
        void awaitCounted(String reason, int count, Machine machine) throws InterruptedException {
            await("'" + reason + "' " + count + " times", () -> reasons().getOrDefault(reason, 0) >= count, machine);
        }

        void awaitTurnedAway(Wire.HalfOpen handshakes, Machine machine) throws InterruptedException {
            await(
                    "most are turned away",
                    () -> handshakes.areTurnedAway(reasons().values().stream()
                            .mapToInt(Integer::intValue)
                            .sum()),
                    machine);
        }

        private void await(String what, BooleanSupplier done, Machine machine) throws InterruptedException {
            long begun = machine.clock().nanoTime();
            while (!done.getAsBoolean()) {
                assertThat(machine.clock().nanoTime() - begun)
                        .as("%s, among %s", what, reasons())
                        .isLessThan(TimeUnit.SECONDS.toNanos(20));
                machine.clock().sleep(MOMENT);
            }
        }
    }

    private void attacked(Attack attack) throws Exception {
        byte[] content = "still there".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        List<LoopbackPlace> places = LoopbackPlace.free(3, List.of(Way.BOTH));
        try (LoopbackCluster cluster = LoopbackCluster.start(folder, new Redundancy(2, 1, 3), places)) {
            LoopbackPlace first = places.getFirst();
            PeerId id = first.address().peer().orElseThrow();
            Target node = new Target(
                    cluster,
                    first.p2p().getFirst().withPeer(id),
                    first.p2p().getLast().withPeer(id));
            new SystemFixture(folder.resolve("stranger")).on(machine -> {
                attack.run(machine, node);

                ObjectClient user = new ObjectClient(machine);
                PutReceipt receipt = user.put(first.listen(), "after", content);
                assertThat(receipt.peers()).as("who stores with the node").isEqualTo(3);
                assertThat(user.get(places.get(1).listen(), receipt.ref())).isEqualTo(content);
                assertStrangersMayConnect(machine, node.tcp);
                assertStrangersMayConnect(machine, node.quic);
            });
        }
    }

    private static void assertStrangersMayConnect(Machine machine, Multiaddr node) throws InterruptedException {
        try (Scope tasks = machine.tasks().open("host");
                Host host = host(20, machine, tasks)) {
            assertThat(host.ping(host.connect(node))).as("%s", node).isPositive();
        }
    }

    private static Host host(int number, Machine machine, Scope tasks) {
        return Host.start(Identities.of(number), HostSettings.of(List.of()), machine, tasks);
    }

    @Test
    void garbage_at_its_ports_is_counted() throws Exception {
        attacked((machine, node) -> {
            new TcpWire(Security.NOISE).disturb(machine, node.tcpPort());
            node.awaitCounted("not libp2p", 2, machine);
            new LoopbackQuicWire().disturb(machine, node.quicPort());
            node.awaitCounted("bad certificate", 3, machine);
        });
    }

    @Test
    void certificates_that_are_expired_or_forged_are_refused_by_name() throws Exception {
        attacked((machine, node) -> {
            shows(FalseIdentities.forged(machine.clock().now()), machine, node.quicPort());
            node.awaitCounted("forged identity", 1, machine);
            shows(FalseIdentities.expired(machine.clock().now()), machine, node.quicPort());
            node.awaitCounted("bad certificate", 1, machine);
        });
    }

    @Test
    void certificates_that_are_expired_forged_or_of_another_peer_are_refused_over_tcp_too() throws Exception {
        attacked((machine, node) -> {
            TlsStranger.shows(FalseIdentities.forged(machine.clock().now()), node.tcpPort());
            node.awaitCounted("forged identity", 1, machine);
            TlsStranger.shows(FalseIdentities.expired(machine.clock().now()), node.tcpPort());
            node.awaitCounted("bad certificate", 1, machine);

            HostSettings withTls = HostSettings.of(List.of()).secured(Security.TLS);
            try (Scope tasks = machine.tasks().open("host");
                    Host host = Host.start(Identities.of(10), withTls, machine, tasks)) {
                Multiaddr wrong = node.tcp.withPeer(Identities.of(12).peerId());
                assertThat(catchThrowableOfType(HostFailure.class, () -> host.connect(wrong)))
                        .hasMessageContaining("another peer");
                assertThat(host.ping(host.connect(node.tcp))).as("as who it is").isPositive();
            }
        });
    }

    private static void shows(QuicIdentity identity, Machine machine, Endpoint port) throws InterruptedException {
        QuicSettings dialsOnly = QuicSettings.DEFAULT.withBacklog(0);
        try (QuicSocket socket = machine.network().quic(FREE, identity, dialsOnly, QuicAdmission.ALL)) {
            NetworkFailure.Kind _ = socket.dial(port).awaitEnd();
        }
    }

    @Test
    void wrong_ids_unknown_protocols_and_frames_too_large_end_what_they_are_in() throws Exception {
        attacked((machine, node) -> {
            for (Multiaddr address : List.of(node.tcp, node.quic)) {
                try (Scope tasks = machine.tasks().open("hosts");
                        Host mistaken = host(10, machine, tasks);
                        Host host = host(11, machine, tasks)) {
                    Multiaddr wrong = address.withPeer(Identities.of(12).peerId());
                    assertThat(catchThrowableOfType(HostFailure.class, () -> mistaken.connect(wrong)))
                            .hasMessageContaining("another peer");

                    PeerId peer = host.connect(address);
                    assertThat(catchThrowableOfType(HostFailure.class, () -> host.open(peer, List.of("/none/1")))
                                    .kind())
                            .isEqualTo(HostFailure.Kind.NOT_SUPPORTED);
                    try (Stream stream = host.open(peer, List.of(PeerLinks.PROTOCOL))) {
                        stream.write(ByteBuffer.allocate(4).putInt(-1).flip());
                        assertEnds(stream);
                    }
                    assertThat(host.ping(peer)).as("the connection goes on").isPositive();
                }
            }
            node.awaitCounted("a frame of 4294967295 bytes, at most " + Limits.MAX_FRAME_BYTES, 2, machine);
        });
    }

    private static void assertEnds(Stream stream) throws InterruptedException {
        int read;
        try {
            read = stream.read(ByteBuffer.allocate(1));
        } catch (NetworkFailure e) {
            return; // reset
        }
        assertThat(read).as("what is answered").isNegative();
    }

    @Test
    void who_sends_more_than_the_window_is_cut_off() throws Exception {
        attacked((machine, node) -> {
            WindowOverrun.at(node.tcpPort(), node.id(), Identities.of(10), machine);
            node.awaitCounted("broke the protocol: window overrun", 1, machine);
        });
    }

    @Test
    void a_thousand_half_open_handshakes_over_tcp_leave_room_for_others() throws Exception {
        attacked((machine, node) -> stand(new TcpWire(Security.NOISE), node.tcpPort(), machine, node));
    }

    @Test
    void a_thousand_half_open_handshakes_over_quic_leave_room_for_others() throws Exception {
        attacked((machine, node) -> stand(new LoopbackQuicWire(), node.quicPort(), machine, node));
    }

    private static void stand(Wire wire, Endpoint port, Machine machine, Target node) throws InterruptedException {
        try (Wire.HalfOpen handshakes = wire.halfOpen(machine, port, HALF_OPEN)) {
            node.awaitTurnedAway(handshakes, machine);
            handshakes.fallSilent();
            node.awaitCounted("handshake too slow", 1, machine);
        }
    }
}
