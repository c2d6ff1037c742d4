package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.multiformats.Multiaddr;
import net.pangea.node.Node;
import net.pangea.node.NodeConfig;
import net.pangea.node.NodeEvent;
import net.pangea.node.NodeSettings;
import net.pangea.object.ObjectClient;
import net.pangea.sim.cluster.MachineKeys;
import net.pangea.sim.scenario.Transport;

/** How whole nodes find their way into the network when they start. */
class SimulatedJoiningTest {
    private static final int CLIENT_PORT = 4001;
    private static final int PEER_PORT = 4002;

    /** The nodes of a network on one stage, and when each has joined since the test looked away. */
    private static final class Network {
        private final Stage stage;
        private final Transport transport;
        private final List<Host> hosts = new ArrayList<>();
        private final Map<String, List<Duration>> joined = new LinkedHashMap<>();

        Network(Stage stage, int size) {
            this(stage, size, Transport.TCP);
        }

        Network(Stage stage, int size, Transport transport) {
            this.stage = stage;
            this.transport = transport;
            for (int i = 0; i < size; i++) {
                hosts.add(stage.add("n" + i));
            }
            stage.world().observe((nanos, machine, event) -> {
                if (event instanceof NodeEvent.NodeJoined) {
                    joined.computeIfAbsent(machine, _ -> new ArrayList<>()).add(Duration.ofNanos(nanos));
                }
            });
        }

        Multiaddr address(Host host) {
            return place(host).withPeer(MachineKeys.peer(1, host.name()));
        }

        private Multiaddr place(Host host) {
            Endpoint place = new Endpoint(host.nic().address(), PEER_PORT);
            return switch (transport) {
                case TCP -> Multiaddr.tcp(place);
                case QUIC -> Multiaddr.quic(place);
            };
        }

        void start(Host host, List<Host> bootstrap) {
            Machine machine = host.start();
            IpAddress address = host.nic().address();
            NodeConfig config = NodeConfig.of(
                            new Endpoint(address, CLIENT_PORT),
                            new Endpoint(address, PEER_PORT),
                            bootstrap.stream().map(this::address).toList())
                    .listeningAt(List.of(place(host)))
                    .with(NodeSettings.parse(List.of("security=plaintext")))
                    .keyed(MachineKeys.of(1, host.name()));
            host.run("node", () -> {
                Node.run(config, machine);
                return null;
            });
        }

        /** Starts all, waits until they know each other and have noted it, and forgets when they have joined. */
        void settle() throws InterruptedException {
            for (Host host : hosts) {
                start(host, hosts.subList(0, 2));
            }
            stage.sleep(Duration.ofMinutes(3));
            assertThat(joined).hasSize(hosts.size());
            joined.clear();
        }

        /** {@return whom a node finds in the DHT} */
        List<String> closest(Host host) throws Exception {
            Host user = stage.add("user");
            Machine machine = user.start();
            return stage.begin(
                            user,
                            "look up",
                            () -> new ObjectClient(machine)
                                    .lookUp(
                                            new Endpoint(host.nic().address(), CLIENT_PORT),
                                            MachineKeys.peer(1, host.name()).bytes()))
                    .await()
                    .peers();
        }

        List<Duration> joins(Host host) {
            return joined.getOrDefault(host.name(), List.of());
        }
    }

    @Example
    void nodes_that_are_started_in_the_same_second_have_joined_after_three() throws Exception {
        Stage.play(stage -> {
            Network network = new Network(stage, 40);
            // Those that all join through come last, so that the first dials of nearly all are refused.
            List<Host> bootstrap = network.hosts.subList(36, 40);

            for (Host host : network.hosts) {
                network.start(host, bootstrap);
                stage.sleep(Duration.ofMillis(25));
            }
            stage.sleep(Duration.ofSeconds(20));

            assertThat(network.hosts)
                    .allSatisfy(host -> assertThat(network.joins(host))
                            .as(host.name())
                            .hasSize(1)
                            .allSatisfy(at -> assertThat(at).isLessThan(Duration.ofSeconds(3))));
        });
    }

    @Example
    void a_restarted_node_joins_through_those_it_remembers_while_its_bootstrap_addresses_are_silent() throws Exception {
        Stage.play(stage -> {
            Network network = new Network(stage, 8);
            network.settle();
            Host restarted = network.hosts.get(5);
            List<Host> dark = Stream.of("a", "b", "c", "d").map(stage::add).toList();
            restarted.crash(false);
            long began = stage.now();

            network.start(restarted, dark);
            stage.sleep(Duration.ofMinutes(2));

            assertThat(network.joins(restarted)).hasSize(1);
            assertThat(network.joins(restarted).getFirst().minusNanos(began)).isLessThan(Duration.ofSeconds(2));
        });
    }

    @Example
    void a_restarted_node_that_was_told_of_nobody_joins_through_those_it_remembers() throws Exception {
        joinsThroughThoseItRemembers(Transport.TCP);
    }

    @Example
    void it_dials_those_it_remembers_with_what_they_listen_with() throws Exception {
        joinsThroughThoseItRemembers(Transport.QUIC);
    }

    private static void joinsThroughThoseItRemembers(Transport transport) throws Exception {
        Stage.play(stage -> {
            Network network = new Network(stage, 4, transport);
            network.settle();
            Host restarted = network.hosts.getLast();
            restarted.crash(false);

            network.start(restarted, List.of());
            stage.sleep(Duration.ofSeconds(5));

            assertThat(network.joins(restarted)).hasSize(1);
            assertThat(network.closest(restarted)).hasSize(3);
        });
    }

    @Example
    void a_node_that_was_told_of_nobody_goes_on_without_those_it_remembers_and_says_so_once() throws Exception {
        Stage.play(stage -> {
            Network network = new Network(stage, 4);
            network.settle();
            Host restarted = network.hosts.getLast();
            network.hosts.forEach(host -> host.crash(true));

            network.start(restarted, List.of());
            stage.sleep(Duration.ofMinutes(10));

            assertThat(network.joins(restarted)).hasSize(1);
        });
    }
}
