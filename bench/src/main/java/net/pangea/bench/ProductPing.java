package net.pangea.bench;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.Network;
import net.pangea.machine.RandomStream;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.SimEvent;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.world.Host;
import net.pangea.sim.world.HostSpec;
import net.pangea.sim.world.World;

/**
 * Workload W1, as {@link BareCore} runs it, on the product: simulated hosts whose tasks use clock, random and
 * datagrams of the {@link Machine}, with the trace hash.
 */
final class ProductPing {
    private static final long SEED = 42;
    private static final int SERVER_PORT = 1000;
    private static final int CLIENT_PORT = 2000;
    private static final int DATAGRAM_BYTES = 16;
    private static final int PING = 1;
    private static final int PONG = 2;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long LATENCY_MIN_NANOS = 10_000_000L;
    private static final long LATENCY_MAX_NANOS = 100_000_000L;
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** How many events lie between two looks at the count, about. */
    private static final long LOOK_EVERY_EVENTS = 10_000;

    /** 3 events in a round of 0.5 s sleep and twice 0.055 s way. */
    private static final double EVENTS_PER_NODE_SECOND = 3 / 0.61;

    private final boolean hasDeadlines;
    private final Simulation simulation = new Simulation(SEED, Policy.FIFO, Limits.of(Duration.ofDays(365)), null);
    private final World world = new World(simulation);
    private final List<Endpoint> servers = new ArrayList<>();
    private final long lookEveryNanos;

    ProductPing(int nodes, boolean hasDeadlines) {
        this.hasDeadlines = hasDeadlines;
        LinkProfile link = LinkProfile.ideal(random -> random.between(LATENCY_MIN_NANOS, LATENCY_MAX_NANOS));
        for (int id = 0; id < nodes; id++) {
            IpAddress address = new IpAddress.V4((10 << 24) + id + 1);
            servers.add(new Endpoint(address, SERVER_PORT));
            Host _ = world.add(HostSpec.plain("node/" + id, address, link));
        }
        lookEveryNanos = (long) (LOOK_EVERY_EVENTS / (EVENTS_PER_NODE_SECOND * nodes) * SECOND_NANOS);
    }

    /** Runs until {@code meter} has seen enough. */
    void run(Meter meter) throws InterruptedException {
        var _ = simulation.run(
                () -> {
                    simulation.after(lookEveryNanos, new Look(meter));
                    world.hosts().forEach(this::start);
                },
                (nanos, events) -> {});
        if (!world.failures().isEmpty()) {
            throw new IllegalStateException("a task failed: " + world.failures().getFirst());
        }
    }

    String hash() {
        return simulation.trace().hash();
    }

    private void start(Host host) {
        Machine machine = host.start();
        host.run("server", new Server(machine));
        host.run("client", new Client(machine));
    }

    // The loops' bodies are methods of their own: the JIT compiles a method when it is called again, a loop that
    // waits for ever much later.

    /** Answers pings. */
    private record Server(Machine machine) implements Body<Object, InterruptedException> {
        @Override
        public Object run() throws InterruptedException {
            try (DatagramSocket socket = machine.network().bind(any(SERVER_PORT))) {
                ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_BYTES);
                while (true) {
                    answer(socket, buffer);
                }
            }
        }

        private static void answer(DatagramSocket socket, ByteBuffer buffer) throws InterruptedException {
            Endpoint sender = socket.receive(buffer.clear());
            socket.send(sender, buffer.putInt(0, PONG).flip());
        }
    }

    /** Pings servers, one after the other. */
    private final class Client implements Body<Object, InterruptedException> {
        private final Clock clock;
        private final RandomStream random;
        private final Network network;
        private final ByteBuffer buffer = ByteBuffer.allocate(DATAGRAM_BYTES);
        private long round;

        Client(Machine machine) {
            clock = machine.clock();
            random = machine.random("client");
            network = machine.network();
        }

        @Override
        public Object run() throws InterruptedException {
            try (DatagramSocket socket = network.bind(any(CLIENT_PORT))) {
                while (true) {
                    ping(socket);
                    round++;
                }
            }
        }

        private void ping(DatagramSocket socket) throws InterruptedException {
            clock.sleep(Duration.ofNanos(random.nextLong(SECOND_NANOS)));
            buffer.clear().putInt(PING).putInt(0).putLong(round).flip();
            socket.send(random.pick(servers), buffer);
            buffer.clear();
            if (hasDeadlines) {
                clock.within(DEADLINE, () -> socket.receive(buffer));
            } else {
                socket.receive(buffer);
            }
            if (buffer.getInt(0) != PONG || buffer.getLong(Long.BYTES) != round) {
                throw new IllegalStateException("not the answer to ping " + round);
            }
        }
    }

    private static Endpoint any(int port) {
        return new Endpoint(IpAddress.of(0, 0, 0, 0), port);
    }

    /** Lets the meter look now and then. On the simulation's thread, whose processor time is what counts. */
    private final class Look extends SimEvent {
        private final Meter meter;

        Look(Meter meter) {
            this.meter = meter;
        }

        @Override
        protected void fire() {
            if (meter.look(simulation.events(), world.fabric().messages())) {
                simulation.stop();
            } else {
                simulation.after(lookEveryNanos, new Look(meter));
            }
        }
    }
}
