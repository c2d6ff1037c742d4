package net.pangea.repair;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import net.pangea.bytes.Bytes;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Event;
import net.pangea.machine.RandomStream;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerCaller;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage.CommitColumns;
import net.pangea.protocol.PeerMessage.FetchShard;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.protocol.PeerMessage.Request;
import net.pangea.protocol.PeerMessage.ShardFound;
import net.pangea.protocol.PeerMessage.StoreShard;

/** Nodes that repair, on one thread, with one clock. */
final class FakeCluster {
    final FakeClock clock = new FakeClock();
    final Map<String, FakeHolder> holders = new LinkedHashMap<>();
    final TreeSet<String> down = new TreeSet<>();
    final TreeMap<String, Duration> slow = new TreeMap<>();
    final List<Emitted> events = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final TreeMap<String, String> domains = new TreeMap<>();
    Hook hook = (_, _) -> {};
    private final RepairSettings settings;
    private final Map<String, RepairService> services = new LinkedHashMap<>();
    private final Map<String, Flock> flocks = new LinkedHashMap<>();
    private final long seed;
    private final TreeMap<Sha256, List<Peer>> ranks = new TreeMap<>();
    private int starts;

    record Emitted(String node, Event event) {}

    record Sent(String from, String to, Request request) {}

    /** Sees each request before it is answered. */
    interface Hook {
        void sees(String from, Request request);
    }

    /** The process that asks ends here. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    FakeCluster(long seed, int nodes, RepairSettings settings) {
        this.seed = seed;
        this.settings = settings;
        for (int i = 0; i < nodes; i++) {
            String name = String.format(Locale.ROOT, "node-%02d", i);
            holders.put(name, new FakeHolder(name, i));
        }
        holders.keySet().forEach(this::start);
    }

    /** Starts a node, anew if it ran before. */
    void start(String name) {
        Surroundings around = new Surroundings(
                clock,
                new InlineTasks(),
                event -> events.add(new Emitted(name, event)),
                caller(name),
                neighbourhood(name),
                holder(name),
                0);
        holder(name).restart();
        Flock flock = RepairService.flock(clock, settings);
        flocks.put(name, flock);
        services.put(
                name,
                new RepairService(around, settings, RandomStream.of(seed, name, Integer.toString(starts++)), flock));
    }

    FakeHolder holder(String name) {
        return Optional.ofNullable(holders.get(name)).orElseThrow();
    }

    RepairService service(String name) {
        return Optional.ofNullable(services.get(name)).orElseThrow();
    }

    Flock flock(String name) {
        return Optional.ofNullable(flocks.get(name)).orElseThrow();
    }

    List<String> names() {
        return List.copyOf(holders.keySet());
    }

    /** {@return the nodes, the best for this object first} */
    List<String> ranked(FakeObject object) {
        return neighbourhood(names().getFirst()).ranked(object.manifest().placementKey()).stream()
                .map(Peer::name)
                .toList();
    }

    /** Gives each column to the node that placement names. */
    void place(FakeObject object) {
        List<String> ranked = ranked(object);
        for (int column = 0; column < object.manifest().columns(); column++) {
            holder(ranked.get(column % ranked.size())).give(object, column);
        }
    }

    /** Lets every node that is up look once, and repair what is due, until {@code duration} has passed. */
    void run(Duration duration) throws InterruptedException {
        long end = clock.nanoTime() + duration.toNanos();
        while (clock.nanoTime() < end) {
            round();
            clock.sleep(settings.scan());
        }
    }

    void round() throws InterruptedException {
        for (String name : names()) {
            if (!down.contains(name)) {
                service(name).scan();
                for (int i = 0; i < 100 && service(name).repairNext(); i++) {}
            }
        }
    }

    <E extends Event> List<E> events(Class<E> type) {
        return events.stream()
                .map(Emitted::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    <R extends Request> List<R> sent(Class<R> type) {
        return sent.stream()
                .map(Sent::request)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** {@return the columns that nodes which are up hold whole, byte for byte} */
    TreeSet<Integer> whole(FakeObject object) {
        TreeSet<Integer> whole = new TreeSet<>();
        for (int column = 0; column < object.manifest().columns(); column++) {
            int found = 0;
            for (int segment = 0; segment < object.manifest().segments(); segment++) {
                if (isThere(object, column, segment)) {
                    found++;
                }
            }
            if (found == object.manifest().segments()) {
                whole.add(column);
            }
        }
        return whole;
    }

    private boolean isThere(FakeObject object, int column, int segment) {
        Bytes right = object.columns().get(column).get(segment);
        return holders.values().stream()
                .filter(holder -> !down.contains(holder.peer.name()))
                .anyMatch(holder -> holder.shard(object.id(), column, segment)
                        .filter(right::equals)
                        .isPresent());
    }

    /** {@return how many bytes of shards went from node to node} */
    long shardBytes() {
        return bytes;
    }

    private long bytes;

    private PeerCaller caller(String from) {
        return (to, request) -> {
            hook.sees(from, request);
            String name = to.name();
            if (down.contains(name) || down.contains(from)) {
                throw new PeerFailure(to, new IllegalStateException("silence"));
            }
            if (!name.equals(from)) {
                sent.add(new Sent(from, name, request));
            }
            clock.sleep(slow.getOrDefault(name, Duration.ZERO));
            Reply reply = holder(name).answer(request);
            if (!name.equals(from) && request instanceof StoreShard store) {
                bytes += store.shard().size();
            }
            if (!name.equals(from) && request instanceof FetchShard && reply instanceof ShardFound found) {
                bytes += found.shard().size();
            }
            return reply;
        };
    }

    private Neighbourhood neighbourhood(String name) {
        return new Neighbourhood() {
            @Override
            public Peer self() {
                return holder(name).peer;
            }

            @Override
            public List<Peer> ranked(Sha256 placementKey) {
                return ranks.computeIfAbsent(
                        placementKey,
                        _ -> holders.values().stream()
                                .map(holder -> holder.peer)
                                .sorted(Comparator.comparingInt(
                                        peer -> Duty.rank(placementKey, 0, peer.name(), holders.keySet())))
                                .toList());
            }

            @Override
            public String domain(Peer peer) {
                return domains.getOrDefault(peer.name(), peer.name());
            }
        };
    }

    List<String> committers() {
        return sent.stream()
                .filter(one -> one.request() instanceof CommitColumns)
                .map(Sent::from)
                .distinct()
                .toList();
    }
}
