package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtSettings;
import net.pangea.holding.HolderSelf;
import net.pangea.holding.HolderService;
import net.pangea.holding.HolderSurroundings;
import net.pangea.holding.HoldingSettings;
import net.pangea.kad.Contact;
import net.pangea.kad.KadMessage;
import net.pangea.kad.RoutingTable;
import net.pangea.kad.ValueRecord;
import net.pangea.keys.MasterKey;
import net.pangea.keys.SigningKey;
import net.pangea.libp2p.Delimited;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.manifest.CataloguePointer;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.node.CatalogueRecords;
import net.pangea.sim.network.Fabric;
import net.pangea.sim.network.Nic;
import net.pangea.store.LogStore;
import net.pangea.store.StoreSettings;

/** Whole networks of nodes that keep owners' pointers, in virtual time: nothing of storage but those. */
class CatalogueDhtTest {
    private static final int PORT = 4001;
    private static final SigningKey OWNER =
            SigningKey.ofSeed(Sha256.of(Bytes.wrap(new byte[] {1})).bytes());
    private static final SigningKey OTHER =
            SigningKey.ofSeed(Sha256.of(Bytes.wrap(new byte[] {2})).bytes());
    private static final Bytes KEY = CatalogueRecords.keyOf(OWNER.id());

    private static final DhtSettings SETTINGS = DhtSettings.server(DhtSettings.PANGEA, CatalogueRecords.RULES);

    /** Longer than any of these tests. */
    private static final long EXPIRES = Long.MAX_VALUE / 2;

    private static CataloguePointer pointer(SigningKey owner, long sequence) {
        Sha256 some = Sha256.of(owner.id().bytes());
        return CataloguePointer.sign(
                owner, sequence, 1, EXPIRES, some, some, Bytes.wrap(new byte[MasterKey.WRAPPED_BYTES]));
    }

    private static Bytes value(long sequence) {
        return pointer(OWNER, sequence).encode();
    }

    /** What runs on a machine in one of its lives. */
    private record Life(net.pangea.libp2p.Host host, Dht dht, HolderService holder) {}

    /** A machine and its present life. Its parts are used by tasks of that machine only. */
    private static final class Node {
        private final Stage stage;
        private final int number;
        private final Host machine;
        private final HoldingSettings settings;
        private Life life;

        Node(Stage stage, int number, HoldingSettings settings) throws Exception {
            this.stage = stage;
            this.number = number;
            this.machine = stage.add("n" + number);
            this.settings = settings;
            this.life = start();
        }

        private Life start() throws Exception {
            Machine running = machine.start();
            return stage.begin(machine, "start", () -> begin(running)).await();
        }

        private Life begin(Machine running) throws InterruptedException {
            Scope scope = running.tasks().open("node"); // ends with the machine
            LogStore store = LogStore.open(running, StoreSettings.DEFAULT);
            IdentityKey identity = Identities.of(number);
            HostSettings listening = HostSettings.of(
                            List.of(new Endpoint(machine.spec().address(), PORT)))
                    .secured(Security.PLAINTEXT);
            net.pangea.libp2p.Host host = net.pangea.libp2p.Host.start(identity, listening, running, scope);
            CatalogueRecords records = new CatalogueRecords();
            Dht dht = Dht.start(host, SETTINGS, records, running, scope);
            HolderService holder = HolderService.open(
                    new HolderSelf(machine.name(), OTHER.id(), ""),
                    settings,
                    new HolderSurroundings(
                            store, running.clock(), () -> OptionalLong.of(0), _ -> true, running.events(), number));
            records.open(holder.pointers());
            return new Life(host, dht, holder);
        }

        void restart() throws Exception {
            machine.crash(true);
            life = start();
        }

        void join(List<Node> others) throws Exception {
            List<Multiaddr> addresses = others.stream()
                    .filter(node -> node != this)
                    .map(Node::address)
                    .toList();
            Boolean _ = stage.begin(machine, "join", () -> {
                        life.dht().join(addresses);
                        return true;
                    })
                    .await();
        }

        Multiaddr address() {
            return Multiaddr.tcp(new Endpoint(machine.spec().address(), PORT)).withPeer(id());
        }

        PeerId id() {
            return Identities.of(number).peerId();
        }

        int put(Bytes value) throws Exception {
            return stage.begin(machine, "put", () -> life.dht().put(KEY, value)).await();
        }

        Optional<Bytes> get() throws Exception {
            return stage.begin(machine, "get", () -> life.dht().get(KEY)).await();
        }

        /** {@return what is in its store} */
        Optional<Bytes> kept() throws Exception {
            return stage.begin(
                            machine,
                            "look",
                            () -> life.holder().pointers().find(OWNER.id()).map(CataloguePointer::encode))
                    .await();
        }

        /** Sends a request as no node of ours would; returns the reply, or nothing if the stream is reset. */
        Optional<KadMessage> send(Node to, KadMessage request) throws Exception {
            return stage.begin(machine, "send", () -> {
                        var stream = life.host().open(to.id(), List.of(DhtSettings.PANGEA));
                        Delimited.write(stream, request.encode());
                        try {
                            return Delimited.next(stream, KadMessage.MAX_REPLY_BYTES)
                                    .map(KadMessage::decode);
                        } catch (net.pangea.machine.NetworkFailure e) {
                            return Optional.<KadMessage>empty();
                        }
                    })
                    .await();
        }
    }

    private static List<Node> network(Stage stage, int size) throws Exception {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            add(stage, nodes, i);
        }
        stage.sleep(Duration.ofMinutes(2));
        return nodes;
    }

    private static Node add(Stage stage, List<Node> nodes, int number) throws Exception {
        Node node = new Node(stage, number, HoldingSettings.DEFAULT);
        if (!nodes.isEmpty()) {
            node.join(nodes.subList(Math.max(0, nodes.size() - 3), nodes.size()));
        }
        nodes.add(node);
        return node;
    }

    private static List<Node> holders(List<Node> nodes) throws Exception {
        List<Node> holders = new ArrayList<>();
        for (Node node : nodes) {
            if (node.kept().isPresent()) {
                holders.add(node);
            }
        }
        return holders;
    }

    @Property(tries = 3)
    void it_survives_restarts_of_all_who_have_it_one_by_one_and_at_once(@ForAll @LongRange(min = 1, max = 99) long seed)
            throws Exception {
        Stage.play(seed, stage -> {
            List<Node> nodes = network(stage, 32);
            Node owner = nodes.removeLast();
            assertThat(owner.put(value(7))).isEqualTo(RoutingTable.K);
            owner.machine.crash(true);
            List<Node> holders = holders(nodes);
            assertThat(holders).hasSize(RoutingTable.K);

            for (Node holder : holders) {
                holder.restart();
                holder.join(nodes.subList(0, 3));
                stage.sleep(Duration.ofSeconds(10));
            }
            assertThat(nodes.getFirst().get()).contains(value(7));
            for (Node node : nodes) {
                node.machine.crash(true);
            }
            for (Node node : nodes) {
                node.life = node.start();
            }
            for (Node node : nodes) {
                node.join(nodes.subList(0, 3));
            }

            Node empty = add(stage, nodes, 99);
            assertThat(empty.get()).contains(value(7));
        });
    }

    @Example
    void it_survives_an_owner_who_is_away_for_three_days_while_all_others_are_replaced() throws Exception {
        Stage.play(1, Duration.ofDays(4), stage -> {
            List<Node> nodes = network(stage, 25);
            Node owner = nodes.removeLast();
            int _ = owner.put(value(7));
            owner.machine.crash(true);

            for (int comers = 0; comers < 24; comers++) {
                stage.sleep(Duration.ofHours(3));
                nodes.removeFirst().machine.crash(true); // for good: at the end none of the first is left
                Node _ = add(stage, nodes, 100 + comers);
            }
            stage.sleep(Duration.ofHours(3));

            assertThat(nodes.getLast().get()).contains(value(7));
            assertThat(holders(nodes)).hasSizeGreaterThanOrEqualTo(RoutingTable.K / 2);
        });
    }

    @Property(tries = 3)
    void nobody_ever_goes_back_to_what_one_has_who_was_cut_off(@ForAll @LongRange(min = 1, max = 99) long seed)
            throws Exception {
        Stage.play(seed, stage -> {
            List<Node> nodes = network(stage, 30);
            Node owner = nodes.removeLast();
            int _ = owner.put(value(1));
            List<Node> holders = holders(nodes);
            List<Node> stale = holders.subList(0, 3);
            List<Nic> inside = stale.stream().map(node -> node.machine.nic()).toList();
            List<Nic> outside = Stream.concat(Stream.of(owner), nodes.stream())
                    .filter(node -> !stale.contains(node))
                    .map(node -> node.machine.nic())
                    .toList();
            Fabric fabric = stage.world().fabric();
            List<Fabric.Cut> cuts = List.of(fabric.cut(inside, outside), fabric.cut(outside, inside));
            stage.sleep(Duration.ofMinutes(1));
            int _ = owner.put(value(2));
            owner.machine.crash(true);
            for (Node node : stale) {
                assertThat(node.kept()).contains(value(1));
            }
            stage.sleep(Duration.ofMinutes(30));
            cuts.forEach(fabric::heal);
            List<Node> others = new ArrayList<>(nodes);
            others.removeAll(stale);
            for (Node node : stale) {
                node.join(others.subList(0, 3)); // as nodes meet members again that they remember
            }

            for (int minutes = 0; minutes < 180; minutes += 20) {
                for (Node node : nodes) {
                    assertThat(node.get()).contains(value(2));
                }
                stage.sleep(Duration.ofMinutes(20));
            }
            for (Node node : holders) {
                assertThat(node.kept()).contains(value(2));
            }
            for (Node node : stale) {
                node.restart();
                assertThat(node.kept()).contains(value(2));
            }
        });
    }

    @Example
    void what_the_owner_has_not_signed_is_taken_by_nobody_and_under_no_other_key() throws Exception {
        Stage.play(stage -> {
            List<Node> nodes = network(stage, 25);
            Node liar = nodes.removeLast();
            CataloguePointer good = pointer(OWNER, 1);
            CataloguePointer forged = new CataloguePointer(
                    good.owner(),
                    2,
                    good.issuedMillis(),
                    good.expiresMillis(),
                    good.object(),
                    good.placementKey(),
                    good.wrappedKey(),
                    good.signature());
            Bytes longer =
                    new net.pangea.bytes.ByteWriter().raw(good.encode()).u8(0).toBytes();

            for (Bytes bad : List.of(
                    forged.encode(),
                    pointer(OTHER, 9).encode(),
                    longer,
                    Bytes.EMPTY,
                    good.encode().slice(0, 200))) {
                for (Node node : nodes) {
                    KadMessage request = KadMessage.putValue(new ValueRecord(KEY, bad, ""));
                    assertThat(liar.send(node, request)).isEmpty();
                }
            }
            for (Node node : nodes) {
                assertThat(node.kept()).isEmpty();
            }
            assertThat(nodes.getFirst().get()).isEmpty();
            assertThat(nodes.getFirst().put(good.encode())).isEqualTo(RoutingTable.K);
            assertThat(nodes.getLast().get()).contains(good.encode());
        });
    }

    @Example
    void who_does_not_keep_it_for_this_owner_says_so_and_stays_in_the_table() throws Exception {
        Stage.play(stage -> {
            List<Node> nodes = network(stage, 10);
            HoldingSettings nobodyElse = HoldingSettings.DEFAULT.limited(1, 0);
            Node strict = new Node(stage, 50, nobodyElse);
            strict.join(nodes.subList(0, 3));
            stage.sleep(Duration.ofMinutes(2));

            assertThat(nodes.getFirst().put(value(1))).isEqualTo(9);
            Optional<KadMessage> reply =
                    nodes.getFirst().send(strict, KadMessage.putValue(new ValueRecord(KEY, value(1), "")));

            assertThat(reply.orElseThrow().record()).isEmpty();
            assertThat(strict.kept()).isEmpty();
            assertThat(strict.get()).contains(value(1));
            Node first = nodes.getFirst();
            assertThat(stage.begin(
                                    first.machine,
                                    "contacts",
                                    () -> first.life.dht().contacts())
                            .await())
                    .extracting(Contact::id)
                    .contains(strict.id());
        });
    }
}
