package net.pangea.sim.experiment;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.pangea.bytes.Bytes;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Event;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.multiformats.Multiaddr;
import net.pangea.sim.cluster.Cluster;
import net.pangea.sim.cluster.EventObserver;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.cluster.MachineKeys;
import net.pangea.sim.cluster.Member;
import net.pangea.sim.cluster.Realised;
import net.pangea.sim.cluster.Wiretap;
import net.pangea.sim.scenario.MachineSpec;
import net.pangea.sim.scenario.Resolved;

/**
 * A cluster whose nodes are pretended: whole files are kept in memory, and shards only said to be. Client and controller
 * are simulated machines, so that everything happens in virtual time. Some bugs can be planted.
 */
final class FakeCluster implements Cluster {

    /** Bugs that checks must find. */
    enum Bug {
        NONE,
        WRONG_BYTES,
        WRONG_RANGES,
        FORGETS,
        LEAKS,
        LANDS_ON_THE_MOON,
        STORES_TOO_FEW,
        STORES_AGAIN,
        KEEPS_DELETED,
        KEEPS_DELETED_SHARDS,
        RENEWS_NOTHING,
        SLOWS_DOWN,
        SPEAKS_PLAINLY,
        KNOWS_ALL_BUT_ONE,
        PUBLISHES_OLD_CATALOGUES,
        RESTORES_OLD_CATALOGUES
    }

    private record Happened(String name, String object, long index) implements Event {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("segment", 0);
            fields.number("index", index);
            fields.number("sequence", index);
            fields.number("sizeBytes", 1);
        }
    }

    /** When one that slows down does so. */
    private static final Duration SLOW_FROM = Duration.ofMinutes(4);

    private record Stored(String id) implements StorageClient.Handle {
        @Override
        public Bytes placement() {
            return Bytes.EMPTY;
        }
    }

    private final Resolved scenario;
    private final Bug bug;
    private final Machine client;
    private final Machine controller;
    private final List<EventObserver> observers = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Set<String> down = new LinkedHashSet<>();
    private final Set<String> deleted = new LinkedHashSet<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final Map<String, Map<Integer, String>> holders = new LinkedHashMap<>();
    final List<String> applied = new ArrayList<>();
    private Optional<Wiretap> wiretap = Optional.empty();
    private int published;

    FakeCluster(Resolved scenario, Bug bug, Machine client, Machine controller) {
        this.scenario = scenario;
        this.bug = bug;
        this.client = client;
        this.controller = controller;
        int port = 1;
        for (MachineSpec machine : scenario.machines()) {
            members.add(new Member(
                    machine.name(),
                    machine.group(),
                    new Endpoint(IpAddress.of(127, 0, 0, 1), port),
                    Multiaddr.tcp(new Endpoint(IpAddress.of(127, 0, 0, 2), port)),
                    Optional.empty(),
                    machine.startsNanos()));
            port++;
        }
    }

    @Override
    public String kind() {
        return "fake";
    }

    @Override
    public List<Member> members() {
        return members;
    }

    @Override
    public Machine client() {
        return client;
    }

    @Override
    public Machine controller() {
        return controller;
    }

    @Override
    public void observe(EventObserver observer) {
        observers.add(observer);
    }

    @Override
    public Realised listen(Wiretap tap) {
        wiretap = Optional.of(tap);
        return Realised.YES;
    }

    @Override
    public void start() {}

    @Override
    public Realised apply(FaultAction action, RandomStream random) {
        applied.add(controller.clock().nanoTime() / 1_000_000 + "ms " + action + " " + random.nextInt(1_000_000));
        return switch (action) {
            case FaultAction.Crash(String machine, boolean power) -> {
                if (power) {
                    yield new Realised.No("the power stays on here");
                }
                down.add(machine);
                yield Realised.YES;
            }
            case FaultAction.Leave(String machine) -> {
                down.add(machine);
                yield Realised.YES;
            }
            case FaultAction.Restart(String machine, boolean _) -> {
                down.remove(machine);
                yield Realised.YES;
            }
            default -> Realised.YES;
        };
    }

    @Override
    public List<String> notRealised() {
        return List.of();
    }

    @Override
    public void stop() {}

    @Override
    public List<String> leaks() {
        return bug == Bug.LEAKS ? List.of("node/0: a connection to node/1") : List.of();
    }

    StorageClient storage() {
        return new StorageClient() {
            @Override
            public Closest closest(Endpoint node, byte[] key) {
                requireUp(node);
                List<String> all = members.stream()
                        .map(member ->
                                MachineKeys.peer(scenario.seed(), member.name()).toString())
                        .toList();
                return new Closest(bug == Bug.KNOWS_ALL_BUT_ONE ? all.subList(1, all.size()) : all, 1);
            }

            @Override
            public List<String> providers(Endpoint node, StorageClient.Handle object) {
                throw new StorageFailure(StorageFailure.Kind.REFUSED, "there is no DHT here");
            }

            @Override
            public StorageClient.Handle put(Endpoint node, String name, byte[] content) throws InterruptedException {
                requireUp(node);
                client.clock().sleep(Duration.ofMillis(10));
                List<String> up = members.stream()
                        .map(Member::name)
                        .filter(machine -> !down.contains(machine))
                        .toList();
                if (up.size() < scenario.shards().total()) {
                    throw new StorageFailure(StorageFailure.Kind.REFUSED, "not enough peers");
                }
                Map<Integer, String> placed = new LinkedHashMap<>();
                for (int index = 0; index < scenario.shards().total(); index++) {
                    String holder = up.get(Math.floorMod(name.hashCode() + index, up.size()));
                    placed.put(index, holder);
                    if (bug != Bug.STORES_TOO_FEW || index >= 5) {
                        emit(holder, new Happened("shard-stored", name, index));
                    }
                    if (bug == Bug.STORES_AGAIN) {
                        emit(holder, new Happened("shard-stored", name, index));
                    }
                }
                if (bug == Bug.LANDS_ON_THE_MOON) {
                    emit(up.getFirst(), new Happened("moon-landed", name, 0));
                }
                carry(up.get(0), up.get(1), content);
                published++;
                emit(up.getFirst(), new Happened("catalogue-published", name, numberOf("PUBLISHES")));
                emit(up.getFirst(), new Happened("catalogue-restored", name, numberOf("RESTORES")));
                contents.put(name, content);
                holders.put(name, placed);
                return new Stored(name);
            }

            @Override
            public byte[] range(Endpoint node, StorageClient.Handle object, long offset, int length)
                    throws InterruptedException {
                byte[] part = Arrays.copyOfRange(get(node, object), (int) offset, (int) offset + length);
                if (bug == Bug.WRONG_RANGES && length > 0) {
                    part[length - 1] ^= 1;
                }
                return part;
            }

            @Override
            public void delete(Endpoint owner, StorageClient.Handle object) throws InterruptedException {
                requireUp(owner);
                if (bug != Bug.KEEPS_DELETED) {
                    deleted.add(object.id());
                }
                if (bug != Bug.KEEPS_DELETED_SHARDS) {
                    Set.copyOf(holders.getOrDefault(object.id(), Map.of()).values())
                            .forEach(holder -> emit(holder, new Happened("object-deleted", object.id(), 0)));
                }
            }

            @Override
            public void renew(Endpoint owner, StorageClient.Handle object, Duration keep) throws InterruptedException {
                requireUp(owner);
                if (bug == Bug.RENEWS_NOTHING) {
                    throw new StorageFailure(StorageFailure.Kind.REFUSED, "not renewed");
                }
            }

            @Override
            public byte[] get(Endpoint node, StorageClient.Handle object) throws InterruptedException {
                requireUp(node);
                boolean slow = bug == Bug.SLOWS_DOWN && controller.clock().nanoTime() > SLOW_FROM.toNanos();
                client.clock().sleep(Duration.ofMillis(slow ? 15 : 5));
                if (deleted.contains(object.id())) {
                    throw new StorageFailure(StorageFailure.Kind.REFUSED, "deleted");
                }
                long alive = holders.getOrDefault(object.id(), Map.of()).values().stream()
                        .filter(machine -> !down.contains(machine))
                        .count();
                if (alive < scenario.shards().data() || bug == Bug.FORGETS) {
                    throw new StorageFailure(StorageFailure.Kind.REFUSED, alive + " shards");
                }
                byte[] content = contents.getOrDefault(object.id(), new byte[0]).clone();
                if (bug == Bug.WRONG_BYTES) {
                    content[0] ^= 1;
                }
                return content;
            }
        };
    }

    /** The numbers of catalogues grow by two, so that an old one is not that of another put. */
    private int numberOf(String what) {
        return bug.name().startsWith(what) && published == 5 ? 1 : 2 * published;
    }

    private void carry(String from, String to, byte[] content) {
        byte[] carried = content.clone();
        for (int i = 0; i < carried.length && bug != Bug.SPEAKS_PLAINLY; i++) {
            carried[i] ^= 1;
        }
        wiretap.ifPresent(tap -> tap.line(from, to).accept(ByteBuffer.wrap(carried)));
    }

    private void emit(String machine, Event event) {
        observers.forEach(
                observer -> observer.observe(machine, controller.clock().nanoTime(), event));
    }

    private void requireUp(Endpoint node) {
        String name = members.get(node.port() - 1).name();
        if (down.contains(name)) {
            throw new StorageFailure(StorageFailure.Kind.UNREACHABLE, name + " is down");
        }
    }
}
