package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import net.jqwik.api.Example;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtSettings;
import net.pangea.kad.Contact;
import net.pangea.kad.Key;
import net.pangea.kad.RecordRules;
import net.pangea.machine.Machine;
import net.pangea.multiformats.Multiaddr;
import net.pangea.node.Announcer;
import net.pangea.object.ProviderKey;

/** An {@link Announcer} in a network of {@link Dht} nodes, for days of virtual time. */
class SimulatedAnnouncerTest {
    private static final int NODES = 12;
    private static final DhtSettings SETTINGS = DhtSettings.server(DhtSettings.PANGEA, RecordRules.PUBLIC_KEYS);

    private record Node(DhtNode at, Announcer announcer) {}

    /** What is held, and this node's place among the holders. */
    private static final class Held implements Announcer.Held {
        private final Map<Sha256, Integer> ranks = new ConcurrentSkipListMap<>();

        @Override
        public List<Sha256> after(Sha256 after, int limit) {
            return new TreeMap<>(ranks)
                    .tailMap(after, false).keySet().stream().limit(limit).toList();
        }

        @Override
        public Map<Sha256, Integer> ranks(List<Sha256> objects) {
            return new TreeMap<>(ranks);
        }
    }

    private static Sha256 object(int number) {
        return Sha256.of(Bytes.wrap(("object " + number).getBytes(StandardCharsets.US_ASCII)));
    }

    private static Node start(Stage stage, int number, Held held, List<Multiaddr> others) throws Exception {
        DhtNode at = DhtNode.start(stage, stage.add("n" + number), number, others, SETTINGS);
        Machine machine = at.machine();
        Announcer announcer = stage.begin(at.host(), "announcer", () -> {
                    Announcer made = new Announcer(
                            at.dht(), Key.of(at.id()), machine.clock(), machine.events(), machine.random("announcer"));
                    made.start(machine.tasks().open("announcer"), held); // ends with the machine
                    return made;
                })
                .await();
        return new Node(at, announcer);
    }

    /** The first holds something, the others nothing. */
    private static List<Node> network(Stage stage, Held held) throws Exception {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            List<Multiaddr> others =
                    nodes.stream().limit(1).map(node -> node.at.address()).toList();
            nodes.add(start(stage, i, i == 0 ? held : new Held(), others));
        }
        stage.sleep(Duration.ofMinutes(1));
        return nodes;
    }

    private static boolean isFound(Stage stage, Node asking, Node holder, Sha256 object) throws Exception {
        return stage
                .begin(asking.at.host(), "find", () -> asking.at.dht().findProviders(ProviderKey.of(object), 1))
                .await()
                .stream()
                .map(Contact::id)
                .anyMatch(holder.at.id()::equals);
    }

    @Example
    void what_is_held_is_announced_as_long_as_it_is_held_and_by_the_first_four_only() throws Exception {
        Stage.play(1, Duration.ofDays(3), stage -> {
            Held held = new Held();
            for (int rank = 0; rank < 6; rank++) {
                held.ranks.put(object(rank), rank);
            }
            List<Node> nodes = network(stage, held);
            stage.sleep(Duration.ofMinutes(3));
            for (int rank = 0; rank < 6; rank++) {
                assertThat(isFound(stage, nodes.get(5), nodes.getFirst(), object(rank)))
                        .as("found by rank %d", rank)
                        .isEqualTo(rank < ProviderKey.ANNOUNCERS);
            }

            // Who is overtaken by one goes on; who is overtaken by many does not, nor who does not hold it any more.
            held.ranks.put(object(0), ProviderKey.ANNOUNCERS);
            held.ranks.put(object(1), ProviderKey.ANNOUNCERS + 2);
            held.ranks.remove(object(2));
            stage.sleep(Duration.ofHours(50)); // what was said at the start has expired

            assertThat(isFound(stage, nodes.get(5), nodes.getFirst(), object(0)))
                    .isTrue();
            assertThat(isFound(stage, nodes.get(5), nodes.getFirst(), object(1)))
                    .isFalse();
            assertThat(isFound(stage, nodes.get(5), nodes.getFirst(), object(2)))
                    .isFalse();
            assertThat(isFound(stage, nodes.get(5), nodes.getFirst(), object(3)))
                    .isTrue();
        });
    }

    @Example
    void what_a_put_asks_for_is_announced_at_once_many_together() throws Exception {
        Stage.play(stage -> {
            List<Node> nodes = network(stage, new Held());
            Node holder = nodes.getFirst();
            List<Stage.Deed<Boolean>> asked = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                Sha256 object = object(i);
                asked.add(stage.begin(holder.at.host(), "announce " + i, () -> holder.announcer.announce(object)));
            }

            for (int i = 0; i < asked.size(); i++) {
                assertThat(asked.get(i).await()).isTrue();
                assertThat(isFound(stage, nodes.get(7), holder, object(i))).isTrue();
            }
        });
    }

    @Example
    void where_nobody_answers_nothing_is_announced() throws Exception {
        Stage.play(stage -> {
            List<Node> nodes = network(stage, new Held());
            nodes.stream().skip(1).forEach(node -> node.at.host().crash(true));
            Node left = nodes.getFirst();

            assertThat(stage.begin(left.at.host(), "announce", () -> left.announcer.announce(object(1)))
                            .await())
                    .isFalse();
        });
    }
}
