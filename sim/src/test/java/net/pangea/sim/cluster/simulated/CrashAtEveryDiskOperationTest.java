package net.pangea.sim.cluster.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.pangea.holding.HoldingEvent.ShardStored;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Event;
import net.pangea.machine.RandomStream;
import net.pangea.manifest.ObjectRef;
import net.pangea.node.NodeEvent.NodeStarted;
import net.pangea.object.ObjectClient;
import net.pangea.object.ObjectEvent.ObjectStored;
import net.pangea.object.ObjectFailure;
import net.pangea.object.PutReceipt;
import net.pangea.sim.cluster.FaultAction;
import net.pangea.sim.cluster.MachineKeys;
import net.pangea.sim.cluster.Member;
import net.pangea.sim.cluster.Realised;
import net.pangea.sim.engine.InvalidRun;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.engine.Trace;
import net.pangea.sim.scenario.MachineSpec;
import net.pangea.sim.scenario.Resolved;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.World;
import net.pangea.store.StoreRecovered;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A put is cut by a crash right after each disk operation that one of its holders does, one run for each. Whatever was
 * acknowledged, before or nevertheless or later, is there when the machines are up again, as often as they crash.
 */
class CrashAtEveryDiskOperationTest {
    private static final String SCENARIO = """
            pangea: 1
            story: Seven machines hold shards of four and two.
            for: 1m
            machines: {node: {count: 7}}
            node: {shards: 4+2}
            expect: {finally: [no-leaks]}
            """;

    private static final String GATEWAY = "node/0";

    /** What crashes. */
    enum Crash {
        POWER_OF_ONE,
        PROCESS_OF_ONE,
        POWER_OF_ALL
    }

    @ParameterizedTest(name = "{0}, seed {1}, {2} us later")
    @CsvSource({
        "POWER_OF_ONE, 1, 0",
        "POWER_OF_ONE, 4, 50",
        "PROCESS_OF_ONE, 1, 0",
        "PROCESS_OF_ONE, 2, 50",
        "POWER_OF_ALL, 1, 0",
        "POWER_OF_ALL, 3, 50",
        "POWER_OF_ALL, 1, 6000",
        "POWER_OF_ALL, 2, 4000"
    })
    void nothing_acknowledged_is_lost(Crash crash, long seed, long laterMicros) throws Exception {
        Run dry = new Run(seed, crash, "", Integer.MAX_VALUE, 0);
        dry.go();
        String victim = dry.holderBesideTheGateway();
        Run counted = new Run(seed, crash, victim, Integer.MAX_VALUE, 0);
        counted.go();
        int operations = counted.operationsOfTheVictim;
        assertThat(operations).isGreaterThan(5); // a shard and a manifest: room, write, sync, each perhaps in parts

        Set<String> cut = new LinkedHashSet<>();
        Set<Boolean> acknowledged = new LinkedHashSet<>();
        for (int n = 1; n <= operations; n++) {
            Run run = new Run(seed, crash, victim, n, laterMicros);
            run.go();
            assertThat(run.crashedAfter)
                    .as("%s, seed %d, operation %d", crash, seed, n)
                    .isNotEmpty();
            cut.add(run.crashedAfter.substring(0, run.crashedAfter.indexOf(' ')));
            acknowledged.add(run.acknowledged.containsKey("cut"));
        }

        // Of the first operations of a store, LogStoreCrashTest takes care.
        assertThat(cut).contains("WRITE", "SYNC", "FREE_BYTES");
        // A put outlives one machine, and all of them only if they crash after the answer is out.
        assertThat(acknowledged)
                .isEqualTo(
                        crash != Crash.POWER_OF_ALL
                                ? Set.of(true)
                                : laterMicros < 1000 ? Set.of(false) : Set.of(true, false));
    }

    /** One run, with its crash after the n-th operation, or some time after that. */
    private static final class Run implements Trace.Sink {
        private final Crash crash;
        private final String victim;
        private final int n;
        private final long laterNanos;
        private final Resolved scenario;
        private final Simulation simulation;
        private final Map<String, PutReceipt> acknowledged = new LinkedHashMap<>();
        private final Map<String, byte[]> contents = new LinkedHashMap<>();
        private final Map<String, List<String>> holders = new LinkedHashMap<>();
        private final Map<String, Set<String>> shardsByMachine = new LinkedHashMap<>();
        private final Map<String, List<StoreRecovered>> recovered = new LinkedHashMap<>();
        private final Set<String> up = new LinkedHashSet<>();
        private @Nullable World world;
        private @Nullable SimCluster cluster;
        private @Nullable Throwable thrown;
        private boolean armed;
        private int operationsOfTheVictim;
        private String crashedAfter = "";

        Run(long seed, Crash crash, String victim, int n, long laterMicros) {
            this.crash = crash;
            this.victim = victim;
            this.n = n;
            this.laterNanos = Duration.of(laterMicros, ChronoUnit.MICROS).toNanos();
            this.scenario = ScenarioRun.resolve(SCENARIO, seed);
            this.simulation = new Simulation(seed, Policy.FIFO, Limits.of(Duration.ofHours(1)), this);
        }

        void go() throws Exception {
            boolean[] ended = new boolean[1];
            Simulation.End end = simulation.run(
                    () -> {
                        World made = new World(simulation);
                        SimCluster built = new SimCluster(scenario, made);
                        world = made;
                        cluster = built;
                        built.observe((machine, _, event) -> observe(machine, event));
                        built.controllerHost().run("script", () -> {
                            try {
                                play(built);
                            } catch (Throwable e) {
                                thrown = e;
                            }
                            ended[0] = true;
                            simulation.stop();
                            return true;
                        });
                    },
                    (_, _) -> {});
            if (thrown != null) {
                throw new AssertionError(
                        crash + " of " + victim + " with seed " + scenario.seed() + " after operation " + n + ": "
                                + crashedAfter,
                        thrown);
            }
            if (!ended[0]) {
                throw new InvalidRun(end + " before the script had ended\n" + simulation.describeTasks(), null);
            }
        }

        private void play(SimCluster nodes) throws InterruptedException {
            nodes.start();
            put(nodes, "before", 20_000);
            armed = true;
            put(nodes, "cut", 30_000);
            armed = false;
            if (n == Integer.MAX_VALUE) {
                return;
            }
            sleep(nodes, Duration.ofSeconds(1)); // a put may be acknowledged without the victim, which still works
            restart(nodes, crashed(nodes));
            put(nodes, "after", 10_000);
            assertThat(acknowledged).containsKeys("before", "after");
            assertThat(nodes.leaks()).isEmpty();
            assertRecovered(nodes);
            assertReadableThroughEachAndWithoutSpares(nodes);
        }

        private static <T> T of(Map<String, T> map, String key) {
            T value = map.get(key);
            if (value == null) {
                throw new AssertionError("nothing is known of " + key);
            }
            return value;
        }

        private List<String> crashed(SimCluster nodes) {
            return nodes.members().stream()
                    .map(Member::name)
                    .filter(name -> !up.contains(name))
                    .toList();
        }

        private void restart(SimCluster nodes, List<String> machines) throws InterruptedException {
            for (String machine : machines) {
                apply(nodes, new FaultAction.Restart(machine, true));
            }
            sleep(nodes, Duration.ofSeconds(5));
            assertThat(crashed(nodes)).as("machines that did not start again").isEmpty();
        }

        private void apply(SimCluster nodes, FaultAction action) {
            switch (action) {
                case FaultAction.Crash(String machine, boolean _) -> up.remove(machine);
                case FaultAction.Restart(String machine, boolean _) -> up.remove(machine);
                default -> throw new IllegalArgumentException(action.toString());
            }
            assertThat(nodes.apply(action, RandomStream.of(1))).isEqualTo(Realised.YES);
        }

        private static void sleep(SimCluster nodes, Duration duration) throws InterruptedException {
            nodes.controller().clock().sleep(duration);
        }

        private void put(SimCluster nodes, String name, int size) throws InterruptedException {
            byte[] content = new byte[size];
            RandomStream.of(scenario.seed(), name).fill(content);
            contents.put(name, content);
            onClient(nodes, "put " + name, () -> {
                try {
                    ObjectClient client = new ObjectClient(nodes.client());
                    acknowledged.put(
                            name,
                            nodes.client()
                                    .clock()
                                    .within(
                                            Duration.ofMinutes(3),
                                            () -> client.put(endpoint(nodes, GATEWAY), name, content)));
                } catch (ObjectFailure | DeadlineExceeded e) {
                    assertThat(name).as("a put that failed with " + e).isEqualTo("cut");
                }
            });
        }

        /** Work of the client machine, waited for by the controller. */
        private interface Work {
            void run() throws InterruptedException;
        }

        private static void onClient(SimCluster nodes, String name, Work work) throws InterruptedException {
            try (var scope = nodes.client().tasks().open(name)) {
                var task = scope.start(name, () -> {
                    work.run();
                    return true;
                });
                assertThat(task.join()).isTrue();
            }
        }

        private static Endpoint endpoint(SimCluster nodes, String machine) {
            return nodes.members().stream()
                    .filter(member -> member.name().equals(machine))
                    .findFirst()
                    .orElseThrow()
                    .endpoint();
        }

        private void observe(String machine, Event event) {
            switch (event) {
                case NodeStarted _ -> up.add(machine);
                case StoreRecovered store ->
                    recovered.computeIfAbsent(machine, _ -> new ArrayList<>()).add(store);
                case ShardStored shard ->
                    shardsByMachine
                            .computeIfAbsent(machine, _ -> new LinkedHashSet<>())
                            .add(shard.object() + " " + shard.segment() + " " + shard.index());
                case ObjectStored stored ->
                    holders.put(
                            stored.object(),
                            Stream.of(stored.holders().split(",", -1))
                                    .map(this::machineOf)
                                    .toList());
                default -> {
                    // Fetched objects say nothing about disks.
                }
            }
        }

        private String machineOf(String peer) {
            return scenario.machines().stream()
                    .map(MachineSpec::name)
                    .filter(name ->
                            MachineKeys.peer(scenario.seed(), name).toString().equals(peer))
                    .findFirst()
                    .orElseThrow();
        }

        String holderBesideTheGateway() {
            return of(holders, of(acknowledged, "cut").ref().id().hex()).stream()
                    .filter(holder -> !holder.equals(GATEWAY))
                    .findFirst()
                    .orElseThrow();
        }

        /** A store that opens again has every shard that it had acknowledged, and nothing that is half a shard. */
        private void assertRecovered(SimCluster nodes) throws InterruptedException {
            Map<String, Set<String>> promised = new LinkedHashMap<>();
            shardsByMachine.forEach((machine, shards) -> promised.put(machine, Set.copyOf(shards)));
            for (String machine : promised.keySet()) {
                apply(nodes, new FaultAction.Crash(machine, true));
            }
            restart(nodes, List.copyOf(promised.keySet()));
            promised.forEach((machine, shards) -> {
                assertThat(of(recovered, machine).getLast().shards())
                        .as("shards of " + machine)
                        .isGreaterThanOrEqualTo(shards.size());
                assertThat(of(recovered, machine))
                        .allSatisfy(store -> assertThat(store.quarantined()).isZero());
            });
        }

        private void assertReadableThroughEachAndWithoutSpares(SimCluster nodes) throws InterruptedException {
            for (Map.Entry<String, PutReceipt> object : acknowledged.entrySet()) {
                ObjectRef ref = object.getValue().ref();
                for (String node : List.of(GATEWAY, victim)) {
                    read(nodes, node, object.getKey(), ref);
                }
                // Now every shard counts, those of the victim too.
                List<String> spares = of(holders, ref.id().hex()).stream()
                        .filter(holder -> !holder.equals(victim) && !holder.equals(GATEWAY))
                        .limit(object.getValue().peersMayBeLost())
                        .toList();
                spares.forEach(machine -> apply(nodes, new FaultAction.Crash(machine, false)));
                read(nodes, GATEWAY, object.getKey(), ref);
                restart(nodes, spares);
            }
        }

        private void read(SimCluster nodes, String node, String name, ObjectRef ref) throws InterruptedException {
            onClient(
                    nodes,
                    "get " + name,
                    () -> assertThat(new ObjectClient(nodes.client()).get(endpoint(nodes, node), ref))
                            .as(name + " through " + node)
                            .isEqualTo(contents.get(name)));
        }

        @Override
        public void record(
                long index,
                long nanos,
                Trace.Kind kind,
                int machine,
                long first,
                long second,
                @Nullable ByteBuffer payload) {
            if (!armed
                    || kind != Trace.Kind.DISK
                    || payload == null
                    || !nameOf(machine).equals(victim)) {
                return;
            }
            if (++operationsOfTheVictim == n) {
                crashedAfter = StandardCharsets.UTF_8.decode(payload).toString();
                // The operation's own task is in the middle of a step: the crash comes after it, at the same instant
                // at the earliest.
                simulation.after(laterNanos, new CrashNow());
            }
        }

        private String nameOf(int machine) {
            World made = world;
            return made == null
                    ? ""
                    : made.hosts().stream()
                            .filter(host -> host.number() == machine)
                            .map(Host::name)
                            .findFirst()
                            .orElse("");
        }

        private final class CrashNow extends SimEvent {
            @Override
            protected void fire() {
                SimCluster nodes = cluster;
                if (nodes == null) {
                    return;
                }
                switch (crash) {
                    case POWER_OF_ONE -> apply(nodes, new FaultAction.Crash(victim, true));
                    case PROCESS_OF_ONE -> apply(nodes, new FaultAction.Crash(victim, false));
                    case POWER_OF_ALL ->
                        nodes.members().forEach(member -> apply(nodes, new FaultAction.Crash(member.name(), true)));
                }
            }
        }
    }
}
