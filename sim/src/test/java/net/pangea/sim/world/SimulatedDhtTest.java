package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtFailure;
import net.pangea.dht.DhtSettings;
import net.pangea.dht.Regions;
import net.pangea.kad.Contact;
import net.pangea.kad.Key;
import net.pangea.kad.LookupResult;
import net.pangea.kad.RecordRule;
import net.pangea.kad.RecordRules;
import net.pangea.kad.Region;
import net.pangea.kad.RoutingTable;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;

/** Whole networks of {@link Dht} nodes in virtual time. */
class SimulatedDhtTest {
    private static final int NODES = 60;

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

    private static Bytes text(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** Starts a node, which joins through others if there are any. */
    private static DhtNode start(Stage stage, int number, List<Multiaddr> others) throws Exception {
        return start(stage, number, others, SETTINGS);
    }

    private static DhtNode start(Stage stage, int number, List<Multiaddr> others, DhtSettings dhtSettings)
            throws Exception {
        return DhtNode.start(stage, stage.add("n" + number), number, others, dhtSettings);
    }

    private static List<DhtNode> network(Stage stage, int size) throws Exception {
        List<DhtNode> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(start(
                    stage, i, nodes.stream().limit(1).map(DhtNode::address).toList()));
        }
        stage.sleep(Duration.ofMinutes(2));
        return nodes;
    }

    private static List<PeerId> closestOf(List<DhtNode> nodes, Bytes key, DhtNode asking) {
        Key target = Key.of(key);
        return nodes.stream()
                .filter(node -> !node.equals(asking))
                .map(DhtNode::id)
                .sorted((one, other) -> target.compareDistances(Key.of(one), Key.of(other)))
                .limit(RoutingTable.K)
                .toList();
    }

    @Example
    void a_client_asks_and_is_in_nobodys_table() throws Exception {
        Stage.play(stage -> {
            List<DhtNode> nodes = network(stage, 20);
            DhtNode client = start(stage, 99, List.of(nodes.getFirst().address()), SETTINGS.client());
            Bytes key = text("/n/of-a-client");

            int stored = stage.begin(client.host(), "put", () -> client.dht().put(key, text("value")))
                    .await();
            stage.sleep(Duration.ofMinutes(5));

            assertThat(stored).isEqualTo(20);
            assertThat(stage.begin(client.host(), "get", () -> client.dht().get(key))
                            .await())
                    .contains(text("value"));
            for (DhtNode node : nodes) {
                assertThat(stage.begin(node.host(), "look", () -> node.dht().contacts())
                                .await())
                        .extracting(Contact::id)
                        .doesNotContain(client.id());
            }
        });
    }

    @Example
    void lookups_find_the_true_closest_peers() throws Exception {
        Stage.play(stage -> {
            List<DhtNode> nodes = network(stage, NODES);
            for (int i = 0; i < NODES; i += 7) {
                DhtNode node = nodes.get(i);
                Bytes key = Sha256.of(text("key " + i)).bytes();

                LookupResult result = stage.begin(
                                node.host(), "look up", () -> node.dht().closest(key))
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
            List<DhtNode> nodes = network(stage, NODES);
            DhtNode storing = nodes.get(5);
            Bytes key = text("/n/name");
            int stored = stage.begin(storing.host(), "put", () -> storing.dht().put(key, text("value")))
                    .await();
            Bytes content = Sha256.of(text("content")).bytes();
            int told = stage.begin(
                            storing.host(), "provide", () -> storing.dht().provide(content))
                    .await();
            assertThat(stored).isEqualTo(RoutingTable.K);
            assertThat(told).isEqualTo(RoutingTable.K);

            for (int i = 10; i < NODES; i += 2) {
                nodes.get(i).host().crash(true);
            }

            for (int i = 11; i < NODES; i += 10) {
                DhtNode asking = nodes.get(i);
                assertThat(stage.begin(asking.host(), "get", () -> asking.dht().get(key))
                                .await())
                        .contains(text("value"));
                assertThat(stage.begin(asking.host(), "find", () -> asking.dht().findProviders(content, 1))
                                .await())
                        .extracting(Contact::id)
                        .containsExactly(storing.id());
            }
        });
    }

    @Example
    void whoever_is_new_or_has_forgotten_is_told_of_a_region_again_and_nobody_else() throws Exception {
        Stage.play(stage -> {
            List<DhtNode> nodes = network(stage, 30);
            DhtNode holder = nodes.get(5);
            List<Bytes> keys = IntStream.range(0, 40)
                    .mapToObj(i -> Sha256.of(text("content " + i)).bytes())
                    .sorted(Comparator.comparing(Key::of))
                    .toList();
            Region whole = new Region(0, 0);

            Regions.Outcome first = sweep(stage, holder, whole, keys, true);
            Regions.Outcome second = sweep(stage, holder, whole, keys, false);

            assertThat(first.stored()).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(first.announcements()).isEqualTo(keys.size() * RoutingTable.K);
            assertThat(first.questions()).isBetween(RoutingTable.K, 29);
            assertThat(second.stored()).containsExactlyInAnyOrderElementsOf(keys);
            assertThat(second.announcements()).isZero();
            assertThat(second.questions()).isBetween(RoutingTable.K, 29);

            for (int i = 20; i < 23; i++) {
                nodes.get(i).host().crash(true);
                nodes.set(
                        i,
                        DhtNode.start(
                                stage,
                                nodes.get(i).host(),
                                i,
                                List.of(nodes.getFirst().address()),
                                SETTINGS));
            }
            nodes.add(start(stage, 30, List.of(nodes.getFirst().address())));
            stage.sleep(Duration.ofMinutes(2));
            Regions.Outcome third = sweep(stage, holder, whole, keys, false);
            Regions.Outcome fourth = sweep(stage, holder, whole, keys, false);

            assertThat(third.announcements()).isBetween(keys.size(), 4 * keys.size());
            assertThat(fourth.announcements()).isZero();
            for (Bytes key : keys) {
                for (PeerId close : closestOf(nodes, key, holder)) {
                    DhtNode node = nodes.stream()
                            .filter(one -> one.id().equals(close))
                            .findFirst()
                            .orElseThrow();
                    assertThat(stage.begin(node.host(), "find", () -> node.dht().findProviders(key, 1))
                                    .await())
                            .extracting(Contact::id)
                            .containsExactly(holder.id());
                }
            }
        });
    }

    private static Regions.Outcome sweep(Stage stage, DhtNode node, Region region, List<Bytes> keys, boolean due)
            throws Exception {
        return stage.begin(node.host(), "sweep", () -> node.dht().regions().sweep(region, keys, _ -> due))
                .await();
    }

    @Example
    void a_node_without_others_has_announced_what_it_says_to_itself() throws Exception {
        Stage.play(stage -> {
            DhtNode alone = start(stage, 1, List.of());
            Bytes key = Sha256.of(text("content")).bytes();

            Regions.Outcome outcome = stage.begin(
                            alone.host(),
                            "announce",
                            () -> alone.dht().regions().announce(List.of(key), _ -> {}))
                    .await();

            assertThat(outcome.stored()).containsExactly(key);
            assertThat(stage.begin(alone.host(), "find", () -> alone.dht().findProviders(key, 1))
                            .await())
                    .extracting(Contact::id)
                    .containsExactly(alone.id());
        });
    }

    @Example
    void nothing_is_announced_where_nobody_answers() throws Exception {
        Stage.play(stage -> {
            List<DhtNode> nodes = network(stage, 8);
            nodes.stream().skip(1).forEach(node -> node.host().crash(true));
            DhtNode left = nodes.getFirst();
            Bytes key = Sha256.of(text("content")).bytes();

            Exception failure = stage.begin(
                            left.host(), "announce", () -> left.dht().regions().announce(List.of(key), _ -> {}))
                    .awaitFailure();

            assertThat(failure).isInstanceOf(DhtFailure.class).hasMessageContaining("none of");
        });
    }

    @Example
    void the_better_value_replaces_the_worse_where_that_was_found() throws Exception {
        Stage.play(stage -> {
            List<DhtNode> nodes = network(stage, 30);
            Bytes key = text("/n/name");
            DhtNode first = nodes.get(3);
            DhtNode second = nodes.get(4);
            int _ = stage.begin(first.host(), "put", () -> first.dht().put(key, text("old")))
                    .await();
            int _ = stage.begin(second.host(), "put", () -> second.dht().put(key, text("newer")))
                    .await();

            Exception outdated = stage.begin(
                            first.host(), "put", () -> first.dht().put(key, text("old")))
                    .awaitFailure();

            assertThat(outdated).hasMessageContaining("newer value");
            for (DhtNode node : nodes) {
                assertThat(stage.begin(node.host(), "get", () -> node.dht().get(key))
                                .await())
                        .contains(text("newer"));
            }
        });
    }

    @Example
    void who_was_told_of_nobody_that_answers_says_so() throws Exception {
        Stage.play(stage -> {
            PeerId nobody = Identities.of(99).peerId();
            Multiaddr address = DhtNode.addressOf(stage.add("nobody"), nobody);

            Throwable failure = catchThrowable(() -> start(stage, 1, List.of(address)));

            assertThat(failure).hasMessageContaining("no peer to join through").hasMessageContaining(nobody.toString());
        });
    }

    @Example
    void silent_addresses_do_not_delay_a_start() throws Exception {
        Stage.play(stage -> {
            List<DhtNode> nodes = network(stage, 12);
            List<Multiaddr> through = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                through.add(DhtNode.addressOf(
                        stage.add("dark" + i), Identities.of(90 + i).peerId()));
            }
            through.add(nodes.get(3).address());
            through.add(nodes.get(7).address());
            long began = stage.now();

            DhtNode late = start(stage, 50, through);

            assertThat(Duration.ofNanos(stage.now() - began)).isLessThan(Duration.ofSeconds(1));
            assertThat(stage.begin(late.host(), "look", late.dht()::contacts).await())
                    .extracting(Contact::id)
                    .containsExactlyInAnyOrderElementsOf(
                            nodes.stream().map(DhtNode::id).toList());
        });
    }

    @Example
    void who_answers_after_the_first_is_taken_in_too() throws Exception {
        Stage.play(stage -> {
            DhtNode near = start(stage, 1, List.of());
            Host far = stage.add("far", LinkProfile.ideal(Sampler.constant(400_000_000)));
            DhtNode slow = DhtNode.start(stage, far, 2, List.of(), SETTINGS);

            DhtNode late = start(stage, 3, List.of(near.address(), slow.address()));
            stage.sleep(Duration.ofSeconds(5));

            assertThat(stage.begin(late.host(), "look", late.dht()::contacts).await())
                    .extracting(Contact::id)
                    .containsExactlyInAnyOrder(near.id(), slow.id());
        });
    }

    @Example
    void one_seed_is_one_history() throws Exception {
        List<String> histories = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Stage.play(7, stage -> {
                StringBuilder history = new StringBuilder();
                for (DhtNode node : network(stage, 25)) {
                    history.append(stage.now())
                            .append(stage.begin(node.host(), "contacts", node.dht()::contacts)
                                    .await());
                }
                histories.add(history.toString());
            });
        }
        assertThat(histories.getFirst()).isEqualTo(histories.getLast());
    }
}
