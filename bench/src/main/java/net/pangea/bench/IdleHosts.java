package net.pangea.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostLimits;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.PeerWatcher;
import net.pangea.machine.Clock;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.machine.system.SystemMachine;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;

/**
 * The two processes of {@link IdleBenchmark}: one host that listens, and hosts that dial it. Each obeys the words that come on
 * its input, one a line, and answers each with a line.
 */
final class IdleHosts {
    /** Connections over which there is a ping at the end. */
    static final int PINGED = 100;

    private static final Endpoint LOOPBACK = new Endpoint(IpAddress.of(127, 0, 0, 1), 0);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A look at each connection, there and back, now and then, as ever; less often than usual, for processors that are shared. */
    private static final Duration BEAT = Duration.ofMinutes(5);

    private final Machine machine;
    private final Scope tasks;
    private final int connections;

    private IdleHosts(Machine machine, Scope tasks, int connections) {
        this.machine = machine;
        this.tasks = tasks;
        this.connections = connections;
    }

    /** Takes {@code listen} and a number of connections, or {@code dial}, the number and an address. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pangea-bench-idle");
        try (SystemMachine machine = SystemMachine.start(arguments[0], folder, _ -> {})) {
            BufferedReader words = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            machine.run("idle", () -> {
                try (Scope tasks = machine.tasks().open("hosts")) {
                    IdleHosts hosts = new IdleHosts(machine, tasks, Integer.parseInt(arguments[1]));
                    if (arguments[0].equals("listen")) {
                        hosts.listen(words);
                    } else {
                        hosts.dial(words, Multiaddr.parse(arguments[2]));
                    }
                    tasks.cancel();
                }
                return folder;
            });
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    /** As usual, but that nobody is turned away: all come from one address, one after the other, as fast as they can. */
    private HostLimits limits() {
        HostLimits usual = HostLimits.DEFAULT.withConnections(connections + 1).withPatience(PATIENCE, BEAT);
        return usual.withHandshakes(usual.handshakes(), connections);
    }

    private Host host(int number, List<Endpoint> listen) {
        byte[] seed = new byte[IdentityKey.SEED_BYTES];
        RandomStream.of(number, "bench idle").fill(seed);
        return Host.start(
                IdentityKey.ofSeed(Bytes.wrap(seed)), HostSettings.of(listen).within(limits()), machine, tasks);
    }

    /** Who has said what it is, and is there: the address book keeps 4,096 peers. */
    private static final class Identified implements PeerWatcher {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final Set<PeerId> peers = new LinkedHashSet<>(); // guarded by lock

        @Override
        public void identified(PeerId peer, List<String> protocols) {
            change(() -> peers.add(peer));
        }

        @Override
        public void disconnected(PeerId peer) {
            change(() -> peers.remove(peer));
        }

        private void change(BooleanSupplier change) {
            lock.lock();
            try {
                if (change.getAsBoolean()) {
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        /** {@return how many there are, once there are as many as that or patience is over} */
        int await(int count, Clock clock) throws InterruptedException {
            try {
                return clock.within(PATIENCE, () -> {
                    lock.lockInterruptibly();
                    try {
                        while (peers.size() < count) {
                            changed.await();
                        }
                        return peers.size();
                    } finally {
                        lock.unlock();
                    }
                });
            } catch (DeadlineExceeded e) {
                lock.lock();
                try {
                    return peers.size();
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /**
     * Says where it is; to {@code count} how many are connected and identified, once all are, which the dialers think a little
     * earlier; to {@code heap} what lives.
     */
    private void listen(BufferedReader words) throws IOException, InterruptedException {
        long before = Variant.liveHeapBytes();
        Identified identified = new Identified();
        try (Host host = host(0, List.of(LOOPBACK))) {
            host.watch(identified);
            System.out.println(host.addresses().getFirst().withPeer(host.id()));
            for (String word = words.readLine(); word != null; word = words.readLine()) {
                switch (word) {
                    case "count" -> {
                        int there = identified.await(connections, machine.clock());
                        System.out.println(host.connections() + " " + there);
                    }
                    case "heap" ->
                        System.out.println(before + " " + Variant.liveHeapBytes() + " "
                                + ProcessHandle.current().pid() + " " + host.tally());
                    default -> throw new IllegalStateException("no word: " + word);
                }
            }
        }
    }

    /** Dials with hosts of their own, says how many are connected, and pings over some when told to. */
    private void dial(BufferedReader words, Multiaddr address) throws IOException, InterruptedException {
        PeerId listener = address.peer().orElseThrow();
        List<Host> hosts = new ArrayList<>();
        for (int i = 1; i <= connections; i++) {
            Host host = host(i, List.of());
            hosts.add(host);
            PeerId _ = host.connect(address);
            if (i % 1_000 == 0) {
                System.out.println(i);
            }
        }
        System.out.println("all");
        RandomStream random = RandomStream.of(1, "bench idle pings");
        for (String word = words.readLine(); word != null; word = words.readLine()) {
            int answered = 0;
            for (int i = 0; i < PINGED; i++) {
                if (random.pick(hosts).ping(listener).isPositive()) {
                    answered++;
                }
            }
            System.out.println(answered);
        }
        hosts.forEach(Host::close);
    }
}
