package net.pangea.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.pangea.bytes.Sha256;
import net.pangea.machine.Event;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.protocol.Peer;
import net.pangea.protocol.PeerCaller;
import net.pangea.protocol.PeerFailure;
import net.pangea.protocol.PeerMessage.Reply;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.HostSpec;
import net.pangea.sim.world.World;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tasks of repair as they run in a node, many nodes at once in virtual time: machines crash in the middle of whatever
 * they do, some never return, and an object is deleted meanwhile. Requests take time and are not otherwise simulated.
 */
class RepairInSimulationTest {
    private static final int NODES = 16;
    private static final int OBJECTS = 5;
    private static final int COLUMNS = 8;
    private static final RepairSettings SETTINGS = RepairSettings.DEFAULT.withGrace(Duration.ofMinutes(5));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void what_crashes_and_dies_is_made_good_and_what_is_deleted_stays_so(long seed) throws InterruptedException {
        Run run = new Run(seed);
        run.play();

        assertThat(run.findings).isEmpty();
        assertThat(run.count(RepairEvent.RepairCompleted.class)).isPositive();
        assertThat(run.count(RepairEvent.ObjectInconsistent.class)).isZero();
        assertThat(run.count(RepairEvent.AuditFailed.class)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = 7)
    void the_same_seed_gives_the_same_trace(long seed) throws InterruptedException {
        Run first = new Run(seed);
        Run second = new Run(seed);
        first.play();
        second.play();

        assertThat(first.simulation.trace().hash())
                .isEqualTo(second.simulation.trace().hash());
    }

    private static final class Run {
        private final Simulation simulation;
        private final RandomStream random;
        private final List<FakeObject> objects = new ArrayList<>();
        private final List<FakeHolder> holders = new ArrayList<>();
        private final List<Host> hosts = new ArrayList<>();
        private final TreeMap<Sha256, List<Peer>> ranks = new TreeMap<>();
        private final List<Event> events = new ArrayList<>();
        private final List<String> findings = new ArrayList<>();

        Run(long seed) {
            simulation = new Simulation(seed, Policy.RANDOM, Limits.of(Duration.ofDays(2)), null);
            random = RandomStream.of(seed, "script");
            for (int i = 0; i < NODES; i++) {
                holders.add(new FakeHolder(String.format(Locale.ROOT, "node-%02d", i), i));
            }
            List<String> names =
                    holders.stream().map(holder -> holder.peer.name()).toList();
            for (int i = 0; i < OBJECTS; i++) {
                FakeObject object = FakeObject.of(seed * 100 + i, 4, 4, 1 + i % 3, 20_000);
                objects.add(object);
                Sha256 key = object.manifest().placementKey();
                ranks.put(
                        key,
                        holders.stream()
                                .map(holder -> holder.peer)
                                .sorted(Comparator.comparingInt(peer -> Duty.rank(key, 0, peer.name(), names)))
                                .toList());
                for (int column = 0; column < COLUMNS; column++) {
                    holder(Optional.ofNullable(ranks.get(key))
                                    .orElseThrow()
                                    .get(column)
                                    .name())
                            .give(object, column);
                }
            }
        }

        void play() throws InterruptedException {
            var end = simulation.run(
                    () -> {
                        World world = new World(simulation);
                        world.observe((_, _, event) -> events.add(event));
                        for (FakeHolder holder : holders) {
                            hosts.add(world.add(HostSpec.plain(
                                    holder.peer.name(),
                                    holder.peer.endpoint().address(),
                                    LinkProfile.ideal(Sampler.NONE))));
                        }
                        hosts.forEach(this::start);
                        Host director = world.add(HostSpec.plain(
                                "director", IpAddress.of(10, 255, 255, 255), LinkProfile.ideal(Sampler.NONE)));
                        Machine machine = director.start();
                        director.run("script", () -> {
                            script(machine);
                            simulation.stop();
                            return true;
                        });
                    },
                    (_, _) -> {});
            assertThat(end).isEqualTo(Simulation.End.STOPPED);
        }

        private void script(Machine director) throws InterruptedException {
            List<Host> doomed = new ArrayList<>(hosts);
            random.shuffle(doomed);
            FakeObject deleted = objects.getFirst();
            for (int step = 0; step < 16; step++) {
                director.clock().sleep(Duration.ofSeconds(random.between(1, 900)));
                Host host = random.pick(doomed);
                host.crash(random.chance(500_000));
                if (step % 6 == 5) {
                    doomed.remove(host); // for good
                    director.clock().sleep(Duration.ofMinutes(20));
                } else {
                    director.clock().sleep(Duration.ofSeconds(random.between(1, 600)));
                    start(host);
                }
                if (step == 7) {
                    holderOfAny(deleted).learn(deleted.delete(2));
                }
            }
            director.clock().sleep(Duration.ofMinutes(90));
            for (FakeObject object : objects) {
                long whole = IntStream.range(0, COLUMNS)
                        .filter(column -> IntStream.range(0, object.manifest().segments())
                                .allMatch(segment -> isThere(object, column, segment)))
                        .count();
                if (whole != (object.equals(deleted) ? 0 : COLUMNS)) {
                    findings.add(object.id() + " has " + whole + " columns");
                }
            }
        }

        private FakeHolder holderOfAny(FakeObject object) {
            return hosts.stream()
                    .filter(Host::isUp)
                    .map(host -> holder(host.name()))
                    .filter(holder -> !holder.columnsOf(object.id()).isEmpty())
                    .findFirst()
                    .orElseThrow();
        }

        private boolean isThere(FakeObject object, int column, int segment) {
            return hosts.stream()
                    .filter(Host::isUp)
                    .anyMatch(host -> holder(host.name())
                            .shard(object.id(), column, segment)
                            .filter(object.columns().get(column).get(segment)::equals)
                            .isPresent());
        }

        private void start(Host host) {
            Machine machine = host.start();
            FakeHolder holder = holder(host.name());
            Surroundings around = new Surroundings(
                    machine.clock(),
                    machine.tasks(),
                    machine.events(),
                    caller(machine),
                    new Neighbourhood() {
                        @Override
                        public Peer self() {
                            return holder.peer;
                        }

                        @Override
                        public List<Peer> ranked(Sha256 placementKey) {
                            return Optional.ofNullable(ranks.get(placementKey)).orElseThrow();
                        }

                        @Override
                        public String domain(Peer peer) {
                            return peer.name();
                        }
                    },
                    holder,
                    machine.capabilities().vectorBits());
            RepairService service = new RepairService(
                    around, SETTINGS, machine.random("repair"), RepairService.flock(machine.clock(), SETTINGS));
            host.run("repair", () -> {
                service.run();
                return true;
            });
        }

        private PeerCaller caller(Machine machine) {
            RandomStream latency = machine.random("latency");
            return (to, request) -> {
                machine.clock().sleep(Duration.ofMillis(latency.between(5, 80)));
                if (!hosts.stream()
                        .filter(host -> host.name().equals(to.name()))
                        .allMatch(Host::isUp)) {
                    machine.clock().sleep(Duration.ofSeconds(5));
                    throw new PeerFailure(to, new IllegalStateException("silence"));
                }
                Reply reply = holder(to.name()).answer(request);
                machine.clock().sleep(Duration.ofMillis(latency.between(5, 80)));
                return reply;
            };
        }

        private FakeHolder holder(String name) {
            return holders.stream()
                    .filter(holder -> holder.peer.name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }

        long count(Class<? extends Event> type) {
            return events.stream().filter(type::isInstance).count();
        }
    }
}
