package net.pangea.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.dht.Dht;
import net.pangea.dht.DhtFailure;
import net.pangea.dht.DhtSettings;
import net.pangea.kad.Key;
import net.pangea.kad.RecordRules;
import net.pangea.libp2p.HostLimits;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import net.pangea.node.Announcer;
import net.pangea.node.NodeEvent.ObjectsAnnounced;
import net.pangea.object.ProviderKey;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.HostSpec;
import net.pangea.sim.world.World;
import org.jspecify.annotations.Nullable;

/**
 * A network of peers in virtual time, one of which, the last, announces objects. The others may come and go, but for the first,
 * through which they join: one that goes is back at once under its id, and has forgotten what it was told.
 */
final class AnnounceNetwork {
    /** Days that are counted. */
    static final int DAYS = 2;

    /** Of the keys, looked for at the end of each day. */
    static final int LOOKED_FOR = 100;

    private static final long SEED = 42;
    private static final int PORT = 4001;
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final Duration SETTLING = Duration.ofMinutes(2);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    /** Between two looks at a connection: seldom, since ten thousand of them are what such a network would do most of all. */
    private static final Duration BEAT = Duration.ofHours(1);

    private static final HostLimits LIMITS = HostLimits.DEFAULT.withPatience(Duration.ofSeconds(10), BEAT);
    private static final Duration DAY = Duration.ofDays(1);
    private static final DhtSettings USUAL = DhtSettings.server(DhtSettings.PANGEA, RecordRules.PUBLIC_KEYS);

    /** As usual, but that the routing tables are looked after seldom, for the same reason. */
    private static final DhtSettings SETTINGS = new DhtSettings(
            USUAL.protocol(),
            USUAL.mode(),
            USUAL.lookups(),
            USUAL.rules(),
            USUAL.diversity(),
            USUAL.records(),
            USUAL.providers(),
            USUAL.quorum(),
            USUAL.pings(),
            USUAL.refresh(),
            BEAT,
            USUAL.idle());

    private final Simulation simulation =
            new Simulation(SEED, Policy.FIFO, Limits.of(DAY.multipliedBy(DAYS + 1)), null);
    private final World world = new World(simulation);
    private final RandomStream random = RandomStream.of(SEED, "bench announce");
    private final NavigableSet<Sha256> held = new TreeSet<>();
    private final Duration stay;
    private final List<Node> nodes = new ArrayList<>();
    private final Day[] days = new Day[DAYS];
    private long begunNanos = -1;
    private @Nullable Exception failure;

    /**
     * One day of the node that announces.
     *
     * @param found of {@link #LOOKED_FOR} keys, those that another peer found at its end
     */
    record Day(long requests, long announcements, long questions, int found) {
        static final Day NOTHING = new Day(0, 0, 0, 0);

        /** {@return what was sent, and what was sent back: an announcement has no reply} */
        long messages() {
            return 2 * (requests + questions) + announcements;
        }

        private Day finding(int newFound) {
            return new Day(requests, announcements, questions, newFound);
        }

        private Day plus(ObjectsAnnounced event) {
            return new Day(
                    requests + event.requests(),
                    announcements + event.announcements(),
                    questions + event.questions(),
                    found);
        }
    }

    /** A peer, whose incarnations come and go. */
    private static final class Node {
        private final Host host;
        private final IdentityKey identity;
        private @Nullable Machine machine;
        private @Nullable Dht dht;

        Node(Host host, IdentityKey identity) {
            this.host = host;
            this.identity = identity;
        }

        Endpoint endpoint() {
            return new Endpoint(host.nic().address(), PORT);
        }

        Multiaddr address() {
            return Multiaddr.tcp(endpoint()).withPeer(identity.peerId());
        }

        Dht dht() {
            return there(dht);
        }

        Machine machine() {
            return there(machine);
        }

        private <T> T there(@Nullable T part) {
            if (part == null) {
                throw new IllegalStateException(host.name() + " has not joined");
            }
            return part;
        }
    }

    /** What the one node holds: it is the closest holder of all of it. */
    private record AllClosest(NavigableSet<Sha256> objects) implements Announcer.Held {
        @Override
        public List<Sha256> after(Sha256 after, int limit) {
            return objects.tailSet(after, false).stream().limit(limit).toList();
        }

        @Override
        public Map<Sha256, Integer> ranks(List<Sha256> wanted) {
            return wanted.stream().filter(objects::contains).collect(Collectors.toMap(Function.identity(), _ -> 0));
        }
    }

    /**
     * @param keys how many the one node announces
     * @param stay how long the others stay on average; zero if for ever
     */
    AnnounceNetwork(int peers, int keys, Duration stay) {
        this.stay = stay;
        while (held.size() < keys) {
            held.add(new Sha256(seed()));
        }
        LinkProfile link = LinkProfile.ideal(Sampler.constant(LATENCY.toNanos()));
        for (int i = 0; i < peers; i++) {
            HostSpec spec = HostSpec.plain("peer/" + i, new IpAddress.V4((10 << 24) + i + 1), link);
            nodes.add(new Node(world.add(spec), IdentityKey.ofSeed(seed())));
        }
        for (int i = 0; i < DAYS; i++) {
            days[i] = Day.NOTHING;
        }
    }

    private Bytes seed() {
        byte[] seed = new byte[IdentityKey.SEED_BYTES];
        random.fill(seed);
        return Bytes.wrap(seed);
    }

    /** Runs all of it. */
    void run() throws InterruptedException {
        world.observe((nanos, _, event) -> {
            if (event instanceof ObjectsAnnounced one && begunNanos >= 0) {
                int day = Math.toIntExact((nanos - begunNanos) / DAY.toNanos());
                if (day < DAYS) {
                    days[day] = days[day].plus(one);
                }
            }
        });
        Simulation.End end = simulation.run(
                () -> {
                    Host director = world.add(HostSpec.plain(
                            "director", IpAddress.of(10, 255, 255, 255), LinkProfile.ideal(Sampler.NONE)));
                    Machine machine = director.start();
                    director.run("script", () -> {
                        try {
                            play(machine, director);
                        } catch (Exception e) {
                            failure = e;
                        }
                        simulation.stop();
                        return machine;
                    });
                },
                (_, _) -> {});
        if (failure != null
                || end != Simulation.End.STOPPED
                || !world.failures().isEmpty()) {
            throw new IllegalStateException("the run did not go well: " + end + ", " + world.failures(), failure);
        }
    }

    List<Day> days() {
        return List.of(days);
    }

    private void play(Machine director, Host directorHost) throws InterruptedException {
        for (Node node : nodes) {
            start(node).await();
        }
        director.clock().sleep(SETTLING);
        if (stay.isPositive()) {
            for (Node node : nodes.subList(1, nodes.size() - 1)) {
                RandomStream draws = RandomStream.of(SEED, "stays", node.host.name());
                directorHost.run("churn of " + node.host.name(), () -> churn(director, node, draws));
            }
        }
        begunNanos = simulation.now();
        announce(nodes.getLast());
        for (int day = 0; day < DAYS; day++) {
            director.clock().sleep(DAY.multipliedBy(day + 1).minusNanos(simulation.now() - begunNanos));
            lookFor(LOOKED_FOR, nodes.getFirst(), day).await();
        }
    }

    /** Begins to start a peer. */
    private CountDownLatch start(Node node) {
        CountDownLatch joined = new CountDownLatch(1);
        Machine machine = node.host.start();
        node.host.run("peer", () -> {
            Scope scope = machine.tasks().open("peer"); // ends with the machine
            HostSettings settings = HostSettings.of(List.of(node.endpoint()))
                    .secured(Security.PLAINTEXT)
                    .within(LIMITS);
            net.pangea.libp2p.Host host = net.pangea.libp2p.Host.start(node.identity, settings, machine, scope);
            Dht dht = Dht.start(host, SETTINGS, machine, scope);
            if (node != nodes.getFirst()) {
                join(dht, machine);
            }
            node.machine = machine;
            node.dht = dht;
            joined.countDown();
            return dht;
        });
        return joined;
    }

    private void join(Dht dht, Machine machine) throws InterruptedException {
        while (true) {
            try {
                dht.join(List.of(nodes.getFirst().address()));
                return;
            } catch (DhtFailure e) {
                machine.clock().sleep(AGAIN); // whom it was told of have gone
            }
        }
    }

    private Object churn(Machine director, Node node, RandomStream draws) throws InterruptedException {
        while (true) {
            director.clock().sleep(Duration.ofNanos((long) (-stay.toNanos() * Math.log1p(-draws.nextUnit()))));
            node.host.crash(false);
            CountDownLatch _ = start(node);
        }
    }

    private void announce(Node node) {
        node.host.run("announcer", () -> {
            Machine machine = node.machine();
            Announcer announcer = new Announcer(
                    node.dht(),
                    Key.of(node.identity.peerId()),
                    machine.clock(),
                    machine.events(),
                    machine.random("announcer"));
            announcer.start(machine.tasks().open("announcer"), new AllClosest(held));
            return announcer;
        });
    }

    private CountDownLatch lookFor(int keys, Node node, int day) {
        CountDownLatch done = new CountDownLatch(1);
        PeerId announcing = nodes.getLast().identity.peerId();
        List<Sha256> all = List.copyOf(held);
        node.host.run("look for", () -> {
            int found = 0;
            for (int i = 0; i < keys; i++) {
                Bytes key = ProviderKey.of(all.get(i * all.size() / keys));
                if (node.dht().findProviders(key, 1).stream()
                        .anyMatch(one -> one.id().equals(announcing))) {
                    found++;
                }
            }
            days[day] = days[day].finding(found);
            done.countDown();
            return done;
        });
        return done;
    }
}
