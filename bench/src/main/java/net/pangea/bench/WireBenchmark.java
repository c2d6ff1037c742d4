package net.pangea.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Pinging;
import net.pangea.libp2p.Security;
import net.pangea.libp2p.Stream;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.machine.system.SystemMachine;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.PeerId;

/** Two libp2p hosts of one JVM over loopback TCP, by the wall clock: round trips, and one stream full of bytes. */
final class WireBenchmark {
    private static final String SINK = "/pangea/bench/sink/1.0.0";

    /** Twice what jvm-libp2p reaches over loopback TCP: 1,550 a second, a median of 320 us. */
    private static final double PINGS_WANTED = 3_100;

    private static final double PING_MICROS_WANTED = 160;
    private static final double GIGABITS_WANTED = 2;

    private static final int ROUNDS = 5;
    private static final int ROUNDS_MAX = 100;
    private static final int PINGS = 20_000;
    private static final long STREAM_BYTES = 1L << 30;
    private static final int WRITE_BYTES = 64 << 10;

    private final int rounds;
    private final Machine machine;
    private final Scope tasks;

    private WireBenchmark(int rounds, Machine machine, Scope tasks) {
        this.rounds = rounds;
        this.machine = machine;
        this.tasks = tasks;
    }

    /** {@return how many rounds the arguments of {@code bench wire} ask for} */
    static int rounds(String... arguments) {
        if (arguments.length == 0) {
            return ROUNDS;
        }
        if (!arguments[0].equals("--rounds")) {
            throw new BadInput("unknown argument '" + arguments[0] + "': --rounds");
        }
        String value = arguments.length == 2 ? arguments[1] : "";
        try {
            int rounds = Integer.parseInt(value);
            if (rounds >= 1 && rounds <= ROUNDS_MAX) {
                return rounds;
            }
        } catch (NumberFormatException e) {
            // falls through to the message that also covers the range
        }
        throw new BadInput("--rounds is 1 to " + ROUNDS_MAX + ", not '" + value + "'");
    }

    /** {@return whether everything is as fast as it has to be} */
    static boolean run(int rounds) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("pangea-bench-wire");
        try (SystemMachine machine = SystemMachine.start("bench", folder, _ -> {})) {
            System.out.println(Environment.describe());
            return machine.run("bench", () -> {
                try (Scope tasks = machine.tasks().open("hosts")) {
                    return new WireBenchmark(rounds, machine, tasks).run();
                }
            });
        } finally {
            Files.deleteIfExists(folder);
        }
    }

    private boolean run() throws InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%n%-12s %14s %10s %10s %14s   %d rounds, medians%n",
                "loopback TCP",
                "pings a second",
                "p50 us",
                "p99 us",
                "Gbit/s, stream",
                rounds);
        boolean fast = true;
        for (Security security : List.of(Security.NOISE, Security.TLS)) {
            Figures figures = figures(security);
            System.out.printf(
                    Locale.ROOT,
                    "  %-10s %14.0f %10.1f %10.1f %14.2f%n",
                    security.name().toLowerCase(Locale.ROOT),
                    figures.pingsPerSecond,
                    figures.p50Micros,
                    figures.p99Micros,
                    figures.gigabits);
            if (security == Security.NOISE) {
                fast = figures.pingsPerSecond >= PINGS_WANTED
                        && figures.p50Micros <= PING_MICROS_WANTED
                        && figures.gigabits >= GIGABITS_WANTED;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "  wanted     %14.0f %10.1f %10s %14.2f   with noise: %s%n",
                PINGS_WANTED,
                PING_MICROS_WANTED,
                "",
                GIGABITS_WANTED,
                fast ? "PASS" : "short");
        return fast;
    }

    private record Figures(double pingsPerSecond, double p50Micros, double p99Micros, double gigabits) {}

    private Figures figures(Security security) throws InterruptedException {
        Host listener = host(security);
        Host dialer = host(security);
        listener.serve(SINK, WireBenchmark::sink);
        PeerId peer = dialer.connect(listener.addresses().getFirst().withPeer(listener.id()));
        List<Figures> all = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            long[] nanos = pings(dialer, peer);
            double gigabits = stream(dialer, peer);
            if (round > 0) { // the first one warms up
                Arrays.sort(nanos);
                all.add(new Figures(
                        1e9 * nanos.length / Arrays.stream(nanos).sum(),
                        nanos[nanos.length / 2] / 1e3,
                        nanos[nanos.length * 99 / 100] / 1e3,
                        gigabits));
            }
        }
        dialer.close();
        listener.close();
        return new Figures(
                Medians.of(all.stream().mapToDouble(Figures::pingsPerSecond).toArray()),
                Medians.of(all.stream().mapToDouble(Figures::p50Micros).toArray()),
                Medians.of(all.stream().mapToDouble(Figures::p99Micros).toArray()),
                Medians.of(all.stream().mapToDouble(Figures::gigabits).toArray()));
    }

    private Host host(Security security) {
        byte[] seed = new byte[IdentityKey.SEED_BYTES];
        machine.secrets().nextBytes(seed);
        HostSettings settings = HostSettings.of(List.of(new Endpoint(IpAddress.of(127, 0, 0, 1), 0)))
                .secured(security);
        return Host.start(IdentityKey.ofSeed(Bytes.wrap(seed)), settings, machine, tasks);
    }

    private static long[] pings(Host dialer, PeerId peer) throws InterruptedException {
        long[] nanos = new long[PINGS];
        try (Pinging pinging = dialer.pinging(peer)) {
            for (int i = 0; i < PINGS; i++) {
                nanos[i] = pinging.once().toNanos();
            }
        }
        return nanos;
    }

    /** {@return gigabits a second, until the other side has read everything and said so} */
    private double stream(Host dialer, PeerId peer) throws InterruptedException {
        ByteBuffer content = ByteBuffer.allocate(WRITE_BYTES);
        long begun = machine.clock().nanoTime();
        try (Stream stream = dialer.open(peer, List.of(SINK))) {
            for (long sent = 0; sent < STREAM_BYTES; sent += WRITE_BYTES) {
                stream.write(content.clear());
            }
            stream.closeOutput();
            int answer = stream.read(ByteBuffer.allocate(1));
            if (answer != 1) {
                throw new IllegalStateException("the stream was not read to its end");
            }
        }
        return 8.0 * STREAM_BYTES / (machine.clock().nanoTime() - begun);
    }

    private static void sink(Stream stream) throws InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(WRITE_BYTES);
        long read = 0;
        for (int count = stream.read(buffer.clear()); count >= 0; count = stream.read(buffer.clear())) {
            read += count;
        }
        if (read == STREAM_BYTES) {
            stream.write(ByteBuffer.wrap(new byte[1]));
        }
        stream.closeOutput();
    }
}
