package net.pangea.sim.experiment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Event;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.sim.cluster.Cluster;
import net.pangea.sim.cluster.EventObserver;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.cluster.Member;
import net.pangea.sim.cluster.Realised;
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
        FORGETS,
        LEAKS
    }

    private record ShardStored(String object, long index) implements Event {
        @Override
        public String name() {
            return "shard-stored";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Fields fields) {
            fields.text("object", object);
            fields.number("segment", 0);
            fields.number("index", index);
            fields.number("sizeBytes", 1);
        }
    }

    private record Stored(String id) implements StorageClient.Handle {}

    private final Resolved scenario;
    private final Bug bug;
    private final Machine client;
    private final Machine controller;
    private final List<EventObserver> observers = new ArrayList<>();
    private final List<Member> members = new ArrayList<>();
    private final Set<String> down = new LinkedHashSet<>();
    private final Map<String, byte[]> contents = new LinkedHashMap<>();
    private final Map<String, Map<Integer, String>> holders = new LinkedHashMap<>();
    final List<String> applied = new ArrayList<>();

    FakeCluster(Resolved scenario, Bug bug, Machine client, Machine controller) {
        this.scenario = scenario;
        this.bug = bug;
        this.client = client;
        this.controller = controller;
        int port = 1;
        for (MachineSpec machine : scenario.machines()) {
            members.add(new Member(machine.name(), machine.group(), new Endpoint(IpAddress.of(127, 0, 0, 1), port++)));
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
                    long shard = index;
                    observers.forEach(observer ->
                            observer.observe(holder, controller.clock().nanoTime(), new ShardStored(name, shard)));
                }
                contents.put(name, content);
                holders.put(name, placed);
                return new Stored(name);
            }

            @Override
            public byte[] range(Endpoint node, StorageClient.Handle object, long offset, int length)
                    throws InterruptedException {
                return Arrays.copyOfRange(get(node, object), (int) offset, (int) offset + length);
            }

            @Override
            public void delete(Endpoint owner, StorageClient.Handle object) throws InterruptedException {
                requireUp(owner);
                holders.remove(object.id());
                contents.remove(object.id());
            }

            @Override
            public void renew(Endpoint owner, StorageClient.Handle object, Duration keep) throws InterruptedException {
                requireUp(owner);
            }

            @Override
            public byte[] get(Endpoint node, StorageClient.Handle object) throws InterruptedException {
                requireUp(node);
                client.clock().sleep(Duration.ofMillis(5));
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

    private void requireUp(Endpoint node) {
        String name = members.get(node.port() - 1).name();
        if (down.contains(name)) {
            throw new StorageFailure(StorageFailure.Kind.UNREACHABLE, name + " is down");
        }
    }
}
