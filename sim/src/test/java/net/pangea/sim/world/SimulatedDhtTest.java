package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtSettings;
import net.pangea.kad.Contact;
import net.pangea.kad.Key;
import net.pangea.kad.LookupResult;
import net.pangea.kad.RecordRule;
import net.pangea.kad.RecordRules;
import net.pangea.kad.RoutingTable;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/** Whole networks of {@link Dht} nodes in virtual time. */
class SimulatedDhtTest {
    private static final int NODES = 60;
    private static final int PORT = 4001;

    /** In {@code /n/} the longer value wins. */
    private static final class Longest implements RecordRule {
        @Override
        public Optional<String> problem(Bytes key, Bytes value, Instant now) {
            return value.size() == 0 ? Optional.of("no value") : Optional.empty();
        }

        @Override
        public boolean supersedes(Bytes key, Bytes value, Bytes other) {
            return value.size() > other.size();
        }
    }

    private static final DhtSettings SETTINGS =
            DhtSettings.server(DhtSettings.PANGEA, RecordRules.PUBLIC_KEYS.with("n", new Longest()));

    /** A node and its machine. Its parts are used by tasks of that machine only. */
    private record Node(Host machine, PeerId id, Dht dht) {
        Multiaddr address() {
            return addressOf(machine, id);
        }
    }

    private static Multiaddr addressOf(Host machine, PeerId peer) {
        return Multiaddr.tcp(new Endpoint(machine.spec().address(), PORT)).withPeer(peer);
    }

    private static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Starts a node, which joins through others if there are any. */
    private static Node start(Stage stage, int number, List<Multiaddr> others) throws Exception {
        return start(stage, number, others, SETTINGS);
    }

    private static Node start(Stage stage, int number, List<Multiaddr> others, DhtSettings dhtSettings)
            throws Exception {
        Host host = stage.add("n" + number);
        Machine machine = host.start();
        IdentityKey identity = Identities.of(number);
        Stage.Deed<Dht> joined = stage.begin(host, "join", () -> {
            Scope scope = machine.tasks().open("node"); // ends with the machine
            HostSettings settings = HostSettings.of(
                            List.of(new Endpoint(host.spec().address(), PORT)))
                    .secured(Security.PLAINTEXT);
            net.pangea.libp2p.Host peer = net.pangea.libp2p.Host.start(identity, settings, machine, scope);
            Dht dht = Dht.start(peer, dhtSettings, machine, scope);
            if (!others.isEmpty()) {
                dht.join(others);
            }
            return dht;
        });
        return new Node(host, identity.peerId(), joined.await());
    }

    private static List<Node> network(Stage stage, int size) throws Exception {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(start(stage, i, nodes.stream().limit(1).map(Node::address).toList()));
        }
        stage.sleep(Duration.ofMinutes(2));
        return nodes;
    }

    private static List<PeerId> closestOf(List<Node> nodes, Bytes key, Node asking) {
        Key target = Key.of(key);
        return nodes.stream()
                .filter(node -> !node.equals(asking))
                .map(Node::id)
                .sorted((one, other) -> target.compareDistances(Key.of(one), Key.of(other)))
                .limit(RoutingTable.K)
                .toList();
    }

    @Example
    void a_client_asks_and_is_in_nobodys_table() throws Exception {
        Stage.play(stage -> {
            List<Node> nodes = network(stage, 20);
            Node client = start(stage, 99, List.of(nodes.getFirst().address()), SETTINGS.client());
            Bytes key = text("/n/of-a-client");

            int stored = stage.begin(client.machine(), "put", () -> client.dht().put(key, text("value")))
                    .await();
            stage.sleep(Duration.ofMinutes(5));

            assertThat(stored).isEqualTo(20);
            assertThat(stage.begin(client.machine(), "get", () -> client.dht().get(key))
                            .await())
                    .contains(text("value"));
            for (Node node : nodes) {
                assertThat(stage.begin(node.machine(), "look", () -> node.dht().contacts())
                                .await())
                        .extracting(Contact::id)
                        .doesNotContain(client.id());
            }
        });
    }

    @Example
    void lookups_find_the_true_closest_peers() throws Exception {
        Stage.play(stage -> {
            List<Node> nodes = network(stage, NODES);
            for (int i = 0; i < NODES; i += 7) {
                Node node = nodes.get(i);
                Bytes key = Sha256.of(text("key " + i)).bytes();

                LookupResult result = stage.begin(node.machine, "look up", () -> node.dht.closest(key))
                        .await();

                assertThat(result.closest())
                        .extracting(Contact::id)
                        .containsExactlyElementsOf(closestOf(nodes, key, node));
            }
        });
    }

    @Example
    void values_and_providers_outlive_half_of_the_peers() throws Exception {
        Stage.play(stage -> {
            List<Node> nodes = network(stage, NODES);
            Node storing = nodes.get(5);
            Bytes key = text("/n/name");
            int stored = stage.begin(storing.machine, "put", () -> storing.dht.put(key, text("value")))
                    .await();
            Bytes content = Sha256.of(text("content")).bytes();
            int told = stage.begin(storing.machine, "provide", () -> storing.dht.provide(content))
                    .await();
            assertThat(stored).isEqualTo(RoutingTable.K);
            assertThat(told).isEqualTo(RoutingTable.K);

            for (int i = 10; i < NODES; i += 2) {
                nodes.get(i).machine.crash(true);
            }

            for (int i = 11; i < NODES; i += 10) {
                Node asking = nodes.get(i);
                assertThat(stage.begin(asking.machine, "get", () -> asking.dht.get(key))
                                .await())
                        .contains(text("value"));
                assertThat(stage.begin(asking.machine, "find", () -> asking.dht.findProviders(content, 1))
                                .await())
                        .extracting(Contact::id)
                        .containsExactly(storing.id());
            }
        });
    }

    @Example
    void the_better_value_replaces_the_worse_where_that_was_found() throws Exception {
        Stage.play(stage -> {
            List<Node> nodes = network(stage, 30);
            Bytes key = text("/n/name");
            Node first = nodes.get(3);
            Node second = nodes.get(4);
            int _ = stage.begin(first.machine, "put", () -> first.dht.put(key, text("old")))
                    .await();
            int _ = stage.begin(second.machine, "put", () -> second.dht.put(key, text("newer")))
                    .await();

            Exception outdated = stage.begin(first.machine, "put", () -> first.dht.put(key, text("old")))
                    .awaitFailure();

            assertThat(outdated).hasMessageContaining("newer value");
            for (Node node : nodes) {
                assertThat(stage.begin(node.machine, "get", () -> node.dht.get(key))
                                .await())
                        .contains(text("newer"));
            }
        });
    }

    @Example
    void who_was_told_of_nobody_that_answers_says_so() throws Exception {
        Stage.play(stage -> {
            PeerId nobody = Identities.of(99).peerId();
            Multiaddr address = addressOf(stage.add("nobody"), nobody);

            Throwable failure = catchThrowable(() -> start(stage, 1, List.of(address)));

            assertThat(failure).hasMessageContaining("no peer to join through").hasMessageContaining(nobody.toString());
        });
    }

    @Example
    void one_seed_is_one_history() throws Exception {
        List<String> histories = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Stage.play(7, stage -> {
                StringBuilder history = new StringBuilder();
                for (Node node : network(stage, 25)) {
                    history.append(stage.now())
                            .append(stage.begin(node.machine, "contacts", node.dht::contacts)
                                    .await());
                }
                histories.add(history.toString());
            });
        }
        assertThat(histories.getFirst()).isEqualTo(histories.getLast());
    }
}
