package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import net.pangea.machine.Connection;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Disk;
import net.pangea.machine.DiskFile;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.RandomStream;
import net.pangea.sim.disk.DiskProfile;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is drawn for one thing hangs on its name: another machine, task or fault beside it shifts nothing. */
class DeterminismOfNamesTest {
    private static final int PORT = 4001;
    private static final IpAddress A = IpAddress.of(10, 0, 0, 1);
    private static final IpAddress B = IpAddress.of(10, 0, 0, 2);
    private static final IpAddress C = IpAddress.of(10, 0, 0, 3);

    /** Jitter, loss, reorder and duplicates: much to draw for each packet. */
    private static final LinkProfile LINK = new LinkProfile(
            random -> 1_000_000 + random.nextLong(5_000_000),
            random -> random.nextLong(1_000_000),
            0,
            0,
            LinkProfile.DEFAULT_QUEUE_BYTES,
            100_000,
            50_000,
            50_000);

    private static Host add(Stage stage, String name, IpAddress address) {
        DiskProfile disk = DiskProfile.solidState();
        return stage.world().add(new HostSpec(name, address, LINK, 0, disk, HostSpec.SMALL_SERVER, 0, 0));
    }

    private static List<Long> draws(RandomStream stream) {
        return LongStream.generate(stream::nextLong).limit(8).boxed().toList();
    }

    @Test
    void a_machines_streams_hang_on_seed_name_incarnation_and_use() throws Exception {
        List<List<Long>> alone = new ArrayList<>();
        List<List<Long>> behindOthers = new ArrayList<>();
        Stage.play(7, stage -> alone.addAll(allStreams(add(stage, "a", A))));
        Stage.play(7, stage -> {
            for (int i = 0; i < 3; i++) {
                Machine other =
                        add(stage, "other-" + i, IpAddress.of(10, 0, 1, i)).start();
                List<Long> _ = draws(other.random("repair"));
                byte[] _ = other.secrets().generateSeed(100);
            }
            Host named = add(stage, "a", C);
            named.armFaultPoints(List.of(new PointChances(500_000, 500_000)));
            behindOthers.addAll(allStreams(named));
        });

        assertThat(behindOthers).isEqualTo(alone).doesNotHaveDuplicates();
    }

    /** Of two incarnations, each component after another. */
    private static List<List<Long>> allStreams(Host host) {
        List<List<Long>> all = new ArrayList<>();
        for (int life = 0; life < 2; life++) {
            Machine machine = host.start();
            all.add(draws(machine.random("repair")));
            all.add(draws(machine.random("lookup")));
            byte[] secret = new byte[Long.BYTES];
            machine.secrets().nextBytes(secret);
            all.add(List.of(ByteBuffer.wrap(secret).getLong()));
            host.crash(true);
        }
        return all;
    }

    /** What a third machine is to the two that are looked at. */
    private enum Third {
        ABSENT,
        /** Added first, so that every number of the others is another, and silent. */
        SILENT,
        /** Sends to both, and gets from {@code a} before {@code b} does, at the same instants. */
        BUSY,
        /** Crashes and restarts all the time. */
        CRASHING
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_third_machine_changes_no_datagram_between_two_others(long seed) throws Exception {
        List<String> alone = datagrams(seed, Third.ABSENT);

        assertThat(alone).hasSizeGreaterThan(150);
        assertThat(datagrams(seed, Third.SILENT)).isEqualTo(alone);
        assertThat(datagrams(seed, Third.CRASHING)).isEqualTo(alone);
        assertThat(datagrams(seed, Third.BUSY)).isEqualTo(alone);
    }

    /** The number and time of each datagram from {@code a} that {@code b} gets. */
    private static List<String> datagrams(long seed, Third third) throws Exception {
        List<String> received = new ArrayList<>();
        Stage.play(seed, stage -> {
            Host c = third == Third.ABSENT ? null : add(stage, "c", C);
            Host a = add(stage, "a", A);
            Host b = add(stage, "b", B);
            Machine onA = a.start();
            Machine onB = b.start();
            DatagramSocket in = onB.network().bind(new Endpoint(B, PORT));
            b.run("receive", () -> {
                while (true) {
                    ByteBuffer target = ByteBuffer.allocate(Integer.BYTES);
                    Endpoint from = in.receive(target);
                    if (from.address().equals(A)) {
                        received.add(target.flip().getInt() + " at " + stage.now());
                    }
                }
            });
            Chatter chatter = c == null ? null : new Chatter(stage, c, third);
            DatagramSocket out = onA.network().bind(new Endpoint(A, PORT));
            for (int i = 0; i < 100; i++) {
                if (chatter != null) {
                    chatter.step(out, i);
                }
                send(out, B, i); // two at one instant
                send(out, B, -i);
                stage.sleep(Duration.ofMillis(1));
            }
            stage.sleep(Duration.ofSeconds(1));
        });
        return received;
    }

    private static void send(DatagramSocket socket, IpAddress to, int number) {
        socket.send(
                new Endpoint(to, PORT),
                ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
    }

    /** What the third machine does. */
    private record Chatter(Stage stage, Host host, Third third) {
        void step(DatagramSocket outOfA, int step) {
            switch (third) {
                case ABSENT, SILENT -> {}
                case BUSY -> {
                    if (!host.isUp()) {
                        Machine _ = host.start();
                    }
                    send(outOfA, C, step);
                }
                case CRASHING -> {
                    if (host.isUp()) {
                        host.crash(step % 4 == 1);
                    } else {
                        DatagramSocket socket = host.start().network().bind(new Endpoint(C, PORT));
                        send(socket, A, step);
                        send(socket, B, step);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void a_third_machine_changes_no_connection_between_two_others(long seed) throws Exception {
        List<String> alone = pieces(seed, Third.ABSENT);

        assertThat(alone).hasSizeGreaterThan(20);
        assertThat(pieces(seed, Third.SILENT)).isEqualTo(alone);
        assertThat(pieces(seed, Third.BUSY)).isEqualTo(alone);
    }

    /** The size and time of each piece of a stream from {@code a} that {@code b} reads. */
    private static List<String> pieces(long seed, Third third) throws Exception {
        List<String> pieces = new ArrayList<>();
        Stage.play(seed, stage -> {
            if (third != Third.ABSENT) {
                Host c = add(stage, "c", C);
                Listener listener = c.start().network().listen(new Endpoint(C, PORT));
                c.run("accept", listener::accept);
            }
            Host a = add(stage, "a", A);
            Host b = add(stage, "b", B);
            Machine onA = a.start();
            Listener listener = b.start().network().listen(new Endpoint(B, PORT));
            if (third == Third.BUSY) {
                a.run("write to c", () -> write(onA, C)); // before the other, at the same instant
            }
            a.run("write to b", () -> write(onA, B));
            Stage.Deed<Boolean> reading = stage.begin(b, "read", () -> {
                ByteBuffer target = ByteBuffer.allocate(1 << 16);
                try (Connection connection = listener.accept()) {
                    for (int count = connection.read(target); count >= 0; count = connection.read(target)) {
                        pieces.add(count + " at " + stage.now());
                        target.clear();
                    }
                }
                return true;
            });
            assertThat(reading.await()).isTrue();
        });
        return pieces;
    }

    private static boolean write(Machine machine, IpAddress to) throws InterruptedException {
        try (Connection connection = machine.network().connect(new Endpoint(to, PORT))) {
            connection.write(ByteBuffer.allocate(1 << 20));
            return true;
        }
    }

    @Test
    void a_fault_on_one_machine_draws_for_no_other() throws Exception {
        List<String> besideAWellMachine = lifeOfA(false);
        List<String> besideAnIllMachine = lifeOfA(true);

        assertThat(besideAnIllMachine).hasSize(20).isEqualTo(besideAWellMachine);
    }

    private static List<String> lifeOfA(boolean ill) throws Exception {
        List<String> lifeOfA = new ArrayList<>();
        Stage.play(5, stage -> {
            Host a = add(stage, "a", A);
            Host c = add(stage, "c", C);
            Machine onA = a.start();
            Machine onC = c.start();
            if (ill) {
                RandomStream delays = stage.simulation().random("fault", "c");
                c.slowCpu(() -> delays.nextLong(1000));
                c.nic().slow(Sampler.constant(5));
                c.nic().lossy(500_000);
                c.diskFaults().extraLatency(random -> random.nextLong(1000));
            }
            a.run("life", () -> live(stage, onA, lifeOfA));
            c.run("life", () -> live(stage, onC, new ArrayList<>()));
            stage.sleep(Duration.ofSeconds(10));
        });
        return lifeOfA;
    }

    private static boolean live(Stage stage, Machine machine, List<String> life) throws InterruptedException {
        RandomStream pauses = machine.random("pauses");
        try (DiskFile file = machine.disk().open("file", Disk.Mode.CREATE)) {
            for (int i = 0; i < 20; i++) {
                file.write(i * 100L, ByteBuffer.allocate(10_000));
                file.sync();
                machine.clock().sleep(Duration.ofNanos(pauses.nextLong(1_000_000)));
                life.add(stage.now() + " " + pauses.nextLong());
            }
        }
        return true;
    }
}
