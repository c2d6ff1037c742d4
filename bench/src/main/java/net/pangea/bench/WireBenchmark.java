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
import net.pangea.libp2p.tls.PeerCertificate;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.Scope;
import net.pangea.machine.system.SystemMachine;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.PeerId;

/**
 * Two libp2p hosts of one JVM over loopback, by the wall clock: round trips, and one stream full of bytes. Over QUIC the stream
 * has {@link RawQuic} beside it, in turns.
 */
final class WireBenchmark {
    private static final String SINK = "/pangea/bench/sink/1.0.0";

    /** Twice what jvm-libp2p reaches over loopback TCP: 1,550 a second, a median of 320 us. */
    private static final double PINGS_WANTED = 3_100;

    private static final double PING_MICROS_WANTED = 160;
    private static final double GIGABITS_WANTED = 2;

    private static final Endpoint LOOPBACK = new Endpoint(IpAddress.of(127, 0, 0, 1), 0);
    private static final int ROUNDS = 5;
    private static final int ROUNDS_MAX = 100;
    private static final int PINGS = 20_000;
    private static final long STREAM_BYTES = 1L << 30;
    private static final long QUIC_STREAM_BYTES = 1L << 28;

    /** Of what Netty's codec reaches by itself. */
    private static final double RATIO_WANTED = 0.8;

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
                "loopback",
                "pings a second",
                "p50 us",
                "p99 us",
                "Gbit/s, stream",
                rounds);
        boolean fast = true;
        for (Security security : List.of(Security.NOISE, Security.TLS)) {
            Figures figures = overTcp(security);
            print(security.name().toLowerCase(Locale.ROOT), figures);
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
        boolean quicIsFast = overQuic();
        return fast && quicIsFast;
    }

    private static void print(String what, Figures figures) {
        System.out.printf(
                Locale.ROOT,
                "  %-10s %14.0f %10.1f %10.1f %14.2f%n",
                what,
                figures.pingsPerSecond,
                figures.p50Micros,
                figures.p99Micros,
                figures.gigabits);
    }

    private record Figures(double pingsPerSecond, double p50Micros, double p99Micros, double gigabits) {}

    private Figures overTcp(Security security) throws InterruptedException {
        List<Figures> all = new ArrayList<>();
        between(HostSettings.of(List.of(LOOPBACK)).secured(security), (dialer, peer) -> {
            for (int round = 0; round <= rounds; round++) {
                all.add(measured(pings(dialer, peer), stream(dialer, peer, STREAM_BYTES)));
            }
        });
        return medians(all.subList(1, all.size())); // the first one warms up
    }

    /** {@return whether a stream is as fast as it has to be beside Netty's codec alone} */
    private boolean overQuic() throws InterruptedException {
        List<Figures> all = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        PeerCertificate certificate =
                PeerCertificate.create(identity(), machine.clock().now(), machine.secrets());
        try (RawQuic beside = new RawQuic(certificate, WRITE_BYTES)) {
            between(HostSettings.of(List.of()).withQuic(List.of(LOOPBACK)), (dialer, peer) -> {
                for (int round = 0; round <= rounds; round++) {
                    all.add(measured(pings(dialer, peer), stream(dialer, peer, QUIC_STREAM_BYTES)));
                    long begun = machine.clock().nanoTime();
                    beside.send(QUIC_STREAM_BYTES);
                    raw.add(gigabits(QUIC_STREAM_BYTES, begun));
                }
            });
        }
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = all.get(i + 1).gigabits / raw.get(i + 1);
        }
        double ratio = Medians.of(ratios);
        print("quic", medians(all.subList(1, all.size())));
        System.out.printf(
                Locale.ROOT,
                "  %-10s %50.2f%n  quic to Netty alone %41.2f   at least %.2f: %s; single rounds %s%n",
                "Netty alone",
                Medians.of(raw.stream().skip(1).mapToDouble(Double::doubleValue).toArray()),
                ratio,
                RATIO_WANTED,
                ratio >= RATIO_WANTED ? "PASS" : "short",
                Arrays.stream(ratios)
                        .mapToObj(each -> String.format(Locale.ROOT, "%.2f", each))
                        .toList());
        return ratio >= RATIO_WANTED;
    }

    private static Figures measured(long[] pingNanos, double gigabits) {
        Arrays.sort(pingNanos);
        return new Figures(
                1e9 * pingNanos.length / Arrays.stream(pingNanos).sum(),
                pingNanos[pingNanos.length / 2] / 1e3,
                pingNanos[pingNanos.length * 99 / 100] / 1e3,
                gigabits);
    }

    private static Figures medians(List<Figures> all) {
        return new Figures(
                Medians.of(all.stream().mapToDouble(Figures::pingsPerSecond).toArray()),
                Medians.of(all.stream().mapToDouble(Figures::p50Micros).toArray()),
                Medians.of(all.stream().mapToDouble(Figures::p99Micros).toArray()),
                Medians.of(all.stream().mapToDouble(Figures::gigabits).toArray()));
    }

    /** What is done between two hosts. */
    private interface Run {
        void run(Host dialer, PeerId peer) throws InterruptedException;
    }

    private void between(HostSettings settings, Run run) throws InterruptedException {
        try (Host listener = Host.start(identity(), settings, machine, tasks);
                Host dialer = Host.start(identity(), settings, machine, tasks)) {
            listener.serve(SINK, WireBenchmark::sink);
            run.run(dialer, dialer.connect(listener.addresses().getFirst().withPeer(listener.id())));
        }
    }

    private IdentityKey identity() {
        byte[] seed = new byte[IdentityKey.SEED_BYTES];
        machine.secrets().nextBytes(seed);
        return IdentityKey.ofSeed(Bytes.wrap(seed));
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
    private double stream(Host dialer, PeerId peer, long bytes) throws InterruptedException {
        ByteBuffer content = ByteBuffer.allocate(WRITE_BYTES);
        long begun = machine.clock().nanoTime();
        try (Stream stream = dialer.open(peer, List.of(SINK))) {
            for (long sent = 0; sent < bytes; sent += WRITE_BYTES) {
                stream.write(content.clear());
            }
            stream.closeOutput();
            ByteBuffer answer = ByteBuffer.allocate(Long.BYTES);
            while (answer.hasRemaining() && stream.read(answer) >= 0) {}
            if (answer.hasRemaining() || answer.flip().getLong() != bytes) {
                throw new IllegalStateException("the stream was not read to its end");
            }
        }
        return gigabits(bytes, begun);
    }

    private double gigabits(long bytes, long begunNanos) {
        return 8.0 * bytes / (machine.clock().nanoTime() - begunNanos);
    }

    /** Reads to the end, and says how much there was. */
    private static void sink(Stream stream) throws InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(WRITE_BYTES);
        long read = 0;
        for (int count = stream.read(buffer.clear()); count >= 0; count = stream.read(buffer.clear())) {
            read += count;
        }
        stream.write(ByteBuffer.allocate(Long.BYTES).putLong(read).flip());
        stream.closeOutput();
    }
}
