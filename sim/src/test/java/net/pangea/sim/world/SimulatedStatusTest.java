package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Example;
import net.pangea.bytes.Bytes;
import net.pangea.legacy.LegacyClient;
import net.pangea.legacy.LegacyRequest;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.node.Node;
import net.pangea.node.NodeConfig;
import net.pangea.node.NodeSettings;
import net.pangea.object.ObjectClient;
import net.pangea.sim.cluster.MachineKeys;

/** What a whole node says of itself to its user. */
class SimulatedStatusTest {
    private static final Bytes FILE = Bytes.wrap(new byte[] {1, 2, 3});

    /** Starts a node that serves peers of the original network, and returns its host. */
    private static Host node(Stage stage) {
        Host host = stage.add("node");
        Machine machine = host.start();
        NodeConfig config = NodeConfig.of(clients(host), peers(host), List.of())
                .with(NodeSettings.parse(List.of("security=plaintext", "legacy=on")))
                .keyed(MachineKeys.of(1, host.name()));
        host.run("node", () -> {
            Node.run(config, machine);
            return null;
        });
        return host;
    }

    private static Endpoint clients(Host host) {
        return new Endpoint(host.nic().address(), 4001);
    }

    private static Endpoint peers(Host host) {
        return new Endpoint(host.nic().address(), 4002);
    }

    @Example
    void requests_of_the_original_network_are_counted_for_the_user_those_refused_by_their_reason() throws Exception {
        Stage.play(stage -> {
            Host node = node(stage);
            Host guest = stage.add("guest");
            Machine machine = guest.start();
            stage.sleep(Duration.ofSeconds(1));

            String before = stage.begin(guest, "status", () -> new ObjectClient(machine).status(clients(node)))
                    .await()
                    .legacy();
            boolean _ = stage.begin(guest, "ask", () -> ask(machine, node)).await();
            String after = stage.begin(guest, "status", () -> new ObjectClient(machine).status(clients(node)))
                    .await()
                    .legacy();

            assertThat(before).isEqualTo("0 answered, 0 refused, 0 entries of 0 bytes kept");
            assertThat(after).isEqualTo("2 answered, 3 refused (2 malformed, 1 cut off), 1 entries of 1000 bytes kept");
        });
    }

    private static boolean ask(Machine machine, Host node) throws Exception {
        try (Scope tasks = machine.tasks().open("guest")) {
            net.pangea.libp2p.Host host = net.pangea.libp2p.Host.start(
                    Identities.of(7), HostSettings.of(List.of()).secured(Security.PLAINTEXT), machine, tasks);
            PeerId peer = host.connect(Multiaddr.tcp(peers(node)).withPeer(MachineKeys.peer(1, node.name())));
            LegacyClient client = new LegacyClient(host, machine.clock(), Duration.ofSeconds(5));
            client.storeShard(peer, FILE, 0, Bytes.wrap(new byte[1_000]));
            assertThat(client.fetchShard(peer, FILE, 1)).isEmpty();
            Bytes whole = new LegacyRequest.FetchShard(FILE, 0).encode();
            for (Bytes said : List.of(
                    Bytes.wrap(new byte[] {99, 1}), Bytes.wrap(new byte[] {98, 1}), whole.slice(0, whole.size() - 1))) {
                Stream stream = host.open(peer, List.of(LegacyRequest.PROTOCOL));
                stream.write(said.asBuffer());
                stream.closeOutput();
                assertThat(catchThrowable(() -> stream.read(ByteBuffer.allocate(1))))
                        .hasMessageContaining("reset");
            }
            host.close();
            return true;
        }
    }
}
