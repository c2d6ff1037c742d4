package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.Connection;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Disk;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.sim.disk.DiskProfile;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.Fabric;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.world.Stage.Deed;
import org.assertj.core.api.ThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What each fault of network, clock and processor looks like to the machines that suffer it. */
class SimulatedFaultsTest {
    private static final int PORT = 4001;
    private static final int WINDOW_BYTES = 256 * 1024;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MILLION = 1_000_000;

    private static Endpoint at(Host host) {
        return new Endpoint(host.nic().address(), PORT);
    }

    private static void assertFails(NetworkFailure.Kind kind, ThrowingCallable call) {
        assertThat(ThrowableAssert.catchThrowable(call))
                .isInstanceOfSatisfying(
                        NetworkFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    private static void assertFails(NetworkFailure.Kind kind, Deed<?> deed) throws InterruptedException {
        Exception failure = deed.awaitFailure();
        assertFails(kind, () -> {
            throw failure;
        });
    }

    /** Two ends of a connection from {@code a} to {@code b}. */
    private record Pair(Connection client, Connection server) {
        static Pair between(Stage stage, Host a, Machine onA, Host b, Machine onB) throws Exception {
            Listener listener = onB.network().listen(at(b));
            Deed<Connection> server = stage.begin(b, "accept", listener::accept);
            Deed<Connection> client =
                    stage.begin(a, "connect", () -> onA.network().connect(at(b)));
            return new Pair(client.await(), server.await());
        }
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RandomStream.of(1, "bytes").fill(bytes);
        return bytes;
    }

    private static byte[] readAll(Connection connection, int count) throws InterruptedException {
        ByteBuffer all = ByteBuffer.allocate(count);
        while (all.hasRemaining()) {
            if (connection.read(all) < 0) {
                break;
            }
        }
        return all.array();
    }

    private static boolean write(Connection connection, byte[] bytes) throws InterruptedException {
        connection.write(ByteBuffer.wrap(bytes));
        return true;
    }

    // Refused, unreachable, silent

    @Test
    void a_port_refuses_an_address_is_unreachable_and_a_machine_without_power_is_silent() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host up = stage.add("up");
            Host crashed = stage.add("crashed");
            Host dark = stage.add("dark");
            Machine onA = a.start();
            for (Host host : List.of(up, crashed, dark)) {
                Machine _ = host.start();
            }
            crashed.crash(false);
            dark.crash(true);
            Endpoint nowhere = new Endpoint(IpAddress.of(10, 9, 9, 9), PORT);

            assertFails(NetworkFailure.Kind.REFUSED, connect(stage, a, onA, at(up)));
            assertFails(NetworkFailure.Kind.REFUSED, connect(stage, a, onA, at(crashed)));
            assertFails(NetworkFailure.Kind.UNREACHABLE, connect(stage, a, onA, nowhere));
            long before = stage.now();
            Deed<Connection> silent = connect(stage, a, onA, at(dark));
            assertFails(NetworkFailure.Kind.TIMED_OUT, silent);
            assertThat(Duration.ofNanos(silent.endedAt() - before))
                    .isBetween(SECOND.multipliedBy(120), SECOND.multipliedBy(130));
        });
    }

    private static Deed<Connection> connect(Stage stage, Host host, Machine machine, Endpoint to) {
        return stage.begin(host, "connect", () -> machine.network().connect(to));
    }

    @Test
    void a_machine_that_lost_its_power_after_its_process_had_crashed_is_silent_too() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Machine onA = a.start();
            Machine _ = b.start();
            b.crash(false);
            b.crash(true);

            Deed<Connection> connect = stage.begin(
                    a,
                    "connect",
                    () -> onA.clock().within(SECOND, () -> onA.network().connect(at(b))));

            assertThat(connect.awaitFailure()).isInstanceOf(DeadlineExceeded.class);
        });
    }

    @Test
    void unsynced_data_survives_a_process_crash_and_not_the_power_cut_after_it() throws Exception {
        Stage.play(stage -> {
            Host host = stage.add("a");
            assertThat(filesAfterUnsyncedWork(stage, host, false)).isEqualTo(50);
            host.crash(true);
            host.wipeDisk();
            assertThat(filesAfterUnsyncedWork(stage, host, true)).isLessThan(50);
        });
    }

    /** Makes fifty files without syncing, lets the process crash, and counts them in the next incarnation. */
    private static int filesAfterUnsyncedWork(Stage stage, Host host, boolean power) throws Exception {
        Machine first = host.start();
        boolean _ = stage.begin(host, "write", () -> {
                    for (int i = 0; i < 50; i++) {
                        first.disk().open("file-" + i, Disk.Mode.CREATE).close();
                    }
                    return true;
                })
                .await();
        host.crash(false);
        if (power) {
            host.crash(true);
        }
        Machine second = host.start();
        return stage.begin(host, "list", () -> second.disk().list("").size()).await();
    }

    // Crashes under a connection

    @Test
    void a_process_crash_resets_the_connection_at_once() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Pair pair = Pair.between(stage, a, a.start(), b, b.start());
            Deed<Integer> read = stage.begin(a, "read", () -> pair.client().read(ByteBuffer.allocate(1)));
            stage.sleep(SECOND);

            long before = stage.now();
            b.crash(false);

            assertFails(NetworkFailure.Kind.RESET, read);
            assertThat(Duration.ofNanos(read.endedAt() - before)).isEqualTo(Stage.LATENCY);
        });
    }

    @Test
    void a_power_cut_is_silent_and_the_restarted_machine_resets_what_still_comes() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Pair pair = Pair.between(stage, a, a.start(), b, b.start());
            Deed<Integer> read = stage.begin(a, "read", () -> pair.client().read(ByteBuffer.allocate(1)));

            b.crash(true);
            boolean _ = stage.begin(a, "write", () -> write(pair.client(), bytes(100)))
                    .await();
            stage.sleep(SECOND.multipliedBy(100));
            assertThat(read.hasEnded()).isFalse();
            Machine _ = b.start();

            assertFails(NetworkFailure.Kind.RESET, read);
        });
    }

    @Test
    void a_restarted_machine_resets_the_end_of_a_stream_that_it_has_forgotten() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Pair pair = Pair.between(stage, a, a.start(), b, b.start());
            b.crash(true);
            Machine _ = b.start();

            Deed<Integer> read = stage.begin(a, "end and read", () -> {
                pair.client().closeOutput();
                return pair.client().read(ByteBuffer.allocate(1));
            });

            assertFails(NetworkFailure.Kind.RESET, read);
        });
    }

    @Test
    void what_is_under_way_to_a_machine_without_power_is_given_up_so_that_a_run_comes_to_rest() throws Exception {
        Simulation simulation = new Simulation(1, Policy.FIFO, Limits.of(Duration.ofDays(1)), null);

        Simulation.End end = Stage.play(simulation, stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Pair pair = Pair.between(stage, a, a.start(), b, b.start());
            Deed<Boolean> write = stage.begin(a, "write", () -> write(pair.client(), bytes(WINDOW_BYTES)));
            Deed<byte[]> read = stage.begin(b, "read", () -> readAll(pair.server(), WINDOW_BYTES));
            assertThat(read.await()).hasSize(WINDOW_BYTES);
            pair.server().close();

            a.crash(true); // the report of what was read, and the end of the stream, are on their way
            assertThat(write.hasEnded()).isTrue();
        });

        assertThat(end).isEqualTo(Simulation.End.IDLE);
        assertThat(Duration.ofNanos(simulation.now())).isLessThan(Duration.ofMinutes(20));
    }

    @Test
    void a_writer_to_a_machine_without_power_times_out_after_a_quarter_of_an_hour() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Pair pair = Pair.between(stage, a, a.start(), b, b.start());
            b.crash(true);
            Deed<Boolean> write = stage.begin(a, "write", () -> write(pair.client(), bytes(2 * WINDOW_BYTES)));

            assertFails(NetworkFailure.Kind.TIMED_OUT, write);
            assertThat(Duration.ofNanos(write.endedAt())).isBetween(Duration.ofMinutes(15), Duration.ofMinutes(18));
        });
    }

    // Cuts

    @Test
    void a_one_way_cut_stops_one_way() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Inbox inA = Inbox.open(stage, a, a.start());
            Inbox inB = Inbox.open(stage, b, b.start());

            Fabric.Cut cut = stage.world().fabric().cut(List.of(a.nic()), List.of(b.nic()));
            inA.send(at(b), 1);
            inB.send(at(a), 2);
            stage.sleep(SECOND);
            assertThat(inB.received).isEmpty();
            assertThat(inA.received).containsExactly(2);

            stage.world().fabric().heal(cut);
            inA.send(at(b), 3);
            stage.sleep(SECOND);
            assertThat(inB.received).containsExactly(3);
        });
    }

    @Test
    void a_stream_over_a_cut_stalls_and_goes_on_without_loss_when_it_heals() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Pair pair = Pair.between(stage, a, a.start(), b, b.start());
            byte[] sent = bytes(4 * WINDOW_BYTES);
            Deed<byte[]> received = stage.begin(b, "read", () -> readAll(pair.server(), sent.length));
            Deed<Boolean> write = stage.begin(a, "write", () -> write(pair.client(), sent));
            stage.sleep(Stage.LATENCY.dividedBy(2));

            Fabric fabric = stage.world().fabric();
            Fabric.Cut there = fabric.cut(List.of(a.nic()), List.of(b.nic()));
            Fabric.Cut back = fabric.cut(List.of(b.nic()), List.of(a.nic()));
            stage.sleep(SECOND.multipliedBy(30));
            assertThat(received.hasEnded() || write.hasEnded()).isFalse();
            fabric.heal(there);
            fabric.heal(back);

            boolean _ = write.await();
            assertThat(received.await()).isEqualTo(sent);
        });
    }

    // Loss, duplicates, reorder, bandwidth, queue

    @Test
    void loss_is_delay_to_a_stream() throws Exception {
        Stage.play(stage -> {
            Duration clean = timeOfTransfer(stage, "clean", link(0, 0, 0));
            Duration lossy = timeOfTransfer(stage, "lossy", link(200_000, 0, 0));

            assertThat(lossy).isGreaterThan(clean.plus(Duration.ofMillis(200)));
        });
    }

    /** How long a mebibyte takes over a pair of links; it must arrive whole. */
    private static Duration timeOfTransfer(Stage stage, String name, LinkProfile link) throws Exception {
        Host a = stage.add("a-" + name, link);
        Host b = stage.add("b-" + name, link);
        Pair pair = Pair.between(stage, a, a.start(), b, b.start());
        byte[] sent = bytes(4 * WINDOW_BYTES);
        long before = stage.now();
        Deed<byte[]> received = stage.begin(b, "read", () -> readAll(pair.server(), sent.length));
        boolean _ = stage.begin(a, "write", () -> write(pair.client(), sent)).await();
        assertThat(received.await()).isEqualTo(sent);
        return Duration.ofNanos(received.endedAt() - before);
    }

    @Test
    void loss_is_loss_to_datagrams() throws Exception {
        Stage.play(stage -> {
            Inbox inbox = exchange(stage, link(200_000, 0, 0), 1000);

            assertThat(inbox.received).isSorted().doesNotHaveDuplicates().hasSizeBetween(750, 850);
        });
    }

    @Test
    void a_duplicated_datagram_arrives_twice() throws Exception {
        Stage.play(stage -> {
            Inbox inbox = exchange(stage, link(0, 0, MILLION), 100);

            assertThat(inbox.received).hasSize(200);
            assertThat(inbox.received.stream().distinct()).hasSize(100);
        });
    }

    @Test
    void reordered_datagrams_overtake_each_other_and_none_is_missing() throws Exception {
        Stage.play(stage -> {
            Inbox inbox = exchange(stage, link(0, 300_000, 0), 100);

            assertThat(inbox.received).hasSize(100).doesNotHaveDuplicates();
            assertThat(inbox.received)
                    .isNotEqualTo(inbox.received.stream().sorted().toList());
        });
    }

    private static LinkProfile link(int loss, int reorder, int duplicate) {
        Sampler out = Sampler.constant(Stage.LATENCY.toNanos());
        return new LinkProfile(out, Sampler.NONE, 0, 0, LinkProfile.DEFAULT_QUEUE_BYTES, loss, reorder, duplicate);
    }

    private static LinkProfile bandwidth(long up, long down, long queue) {
        Sampler out = Sampler.constant(Stage.LATENCY.toNanos());
        return new LinkProfile(out, Sampler.NONE, up, down, queue, 0, 0, 0);
    }

    /** Sends numbered datagrams, a millisecond apart, and returns the receiver. */
    private static Inbox exchange(Stage stage, LinkProfile link, int count) throws Exception {
        Host a = stage.add("a", link);
        Host b = stage.add("b", link);
        Inbox from = Inbox.open(stage, a, a.start());
        Inbox to = Inbox.open(stage, b, b.start());
        for (int i = 0; i < count; i++) {
            from.send(at(b), i);
            stage.sleep(Duration.ofMillis(1));
        }
        stage.sleep(SECOND);
        return to;
    }

    @Test
    void bandwidth_bounds_what_a_stream_carries_up_and_down() throws Exception {
        // A mebibyte at a mebibyte a second, and headers.
        Duration aSecondAndLittle = Duration.ofMillis(1100);
        Stage.play(stage -> {
            Duration up = timeOfTransfer(stage, "up", bandwidth(4 * WINDOW_BYTES, 0, Long.MAX_VALUE));
            Duration down = timeOfTransfer(stage, "down", bandwidth(0, 4 * WINDOW_BYTES, Long.MAX_VALUE));

            assertThat(up).isBetween(SECOND, aSecondAndLittle);
            assertThat(down).isBetween(SECOND, aSecondAndLittle);
        });
    }

    @Test
    void datagrams_beyond_the_queue_are_dropped() throws Exception {
        Stage.play(stage -> {
            LinkProfile slow = bandwidth(10_000, 0, 1_000);
            Host a = stage.add("a", slow);
            Host b = stage.add("b");
            Inbox from = Inbox.open(stage, a, a.start());
            Inbox to = Inbox.open(stage, b, b.start());

            for (int i = 0; i < 100; i++) {
                from.send(at(b), i); // all at once; each is 4 bytes and 28 of headers
            }
            stage.sleep(SECOND);

            assertThat(to.received)
                    .hasSizeBetween(1_000 / 32, 1_000 / 32 + 1)
                    .isSorted()
                    .startsWith(0);
        });
    }

    // Writes that are cut short, resets, pauses

    @Test
    void a_deadline_in_a_stalled_write_resets_the_stream() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Machine onA = a.start();
            Pair pair = Pair.between(stage, a, onA, b, b.start());

            Deed<Boolean> write = stage.begin(
                    a, "write", () -> onA.clock().within(SECOND, () -> write(pair.client(), bytes(2 * WINDOW_BYTES))));

            assertThat(write.awaitFailure()).isInstanceOf(DeadlineExceeded.class);
            stage.sleep(SECOND);
            assertFails(
                    NetworkFailure.Kind.RESET, stage.begin(b, "read", () -> readAll(pair.server(), 2 * WINDOW_BYTES)));
            assertFails(NetworkFailure.Kind.CLOSED, stage.begin(a, "write", () -> write(pair.client(), bytes(1))));
        });
    }

    @Test
    void reset_connections_breaks_both_ends_and_leaves_the_listener() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Machine onA = a.start();
            Pair pair = Pair.between(stage, a, onA, b, b.start());
            Deed<Integer> readA = stage.begin(a, "read", () -> pair.client().read(ByteBuffer.allocate(1)));
            Deed<Integer> readB = stage.begin(b, "read", () -> pair.server().read(ByteBuffer.allocate(1)));
            stage.sleep(SECOND);

            stage.world().fabric().resetConnections(b.nic());

            assertFails(NetworkFailure.Kind.RESET, readA);
            assertFails(NetworkFailure.Kind.RESET, readB);
            try (Connection again = connect(stage, a, onA, at(b)).await()) {
                assertThat(again.remote()).isEqualTo(at(b));
            }
        });
    }

    @Test
    void the_kernel_of_a_paused_machine_accepts_until_the_window_is_full() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Machine onA = a.start();
            Machine onB = b.start();
            Listener listener = onB.network().listen(at(b));
            byte[] sent = bytes(WINDOW_BYTES + 1);
            Deed<byte[]> received = stage.begin(b, "read", () -> readAll(listener.accept(), sent.length));
            b.pause();

            Connection connection = connect(stage, a, onA, at(b)).await();
            ByteBuffer source = ByteBuffer.wrap(sent);
            Deed<Boolean> write = stage.begin(a, "write", () -> {
                connection.write(source);
                return true;
            });
            stage.sleep(SECOND.multipliedBy(60));
            assertThat(write.hasEnded() || received.hasEnded()).isFalse();
            assertThat(source.position()).isEqualTo(WINDOW_BYTES);
            b.resume();

            boolean _ = write.await();
            assertThat(received.await()).isEqualTo(sent);
        });
    }

    // Clocks and processors

    @Test
    void an_offset_moves_the_wall_clock_alone() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Machine right = a.start();
            Machine onB = stage.world()
                    .add(new HostSpec(
                            "b",
                            IpAddress.of(10, 0, 1, 1),
                            LinkProfile.ideal(Sampler.NONE),
                            0,
                            DiskProfile.solidState(),
                            HostSpec.SMALL_SERVER,
                            -SECOND.toNanos(),
                            0))
                    .start();

            assertThat(Duration.between(right.clock().now(), onB.clock().now())).isEqualTo(SECOND.negated());
            assertThat(onB.clock().nanoTime()).isEqualTo(right.clock().nanoTime());
        });
    }

    @Test
    void sleeps_and_deadlines_follow_drift() throws Exception {
        Stage.play(stage -> {
            Host fast = stage.add("fast");
            Machine machine = fast.start();
            fast.driftClock(100_000_000); // a tenth

            Deed<Boolean> sleep = stage.begin(fast, "sleep", () -> {
                machine.clock().sleep(SECOND.multipliedBy(11));
                return true;
            });
            Deed<Object> deadline = stage.begin(
                    fast,
                    "deadline",
                    () -> machine.clock().within(SECOND.multipliedBy(22), () -> {
                        machine.clock().sleep(Duration.ofDays(1));
                        return "late";
                    }));

            assertThat(deadline.awaitFailure()).isInstanceOf(DeadlineExceeded.class);
            assertThat(Duration.ofNanos(sleep.endedAt())).isEqualTo(SECOND.multipliedBy(10));
            assertThat(Duration.ofNanos(deadline.endedAt())).isEqualTo(SECOND.multipliedBy(20));
            assertThat(Duration.ofNanos(machine.clock().nanoTime())).isEqualTo(SECOND.multipliedBy(22));
        });
    }

    @Test
    void a_clock_that_becomes_slow_during_a_sleep_or_deadline_does_not_end_it_early() throws Exception {
        Stage.play(stage -> {
            Host host = stage.add("a");
            Machine machine = host.start();
            Deed<Long> sleep = stage.begin(host, "sleep", () -> {
                machine.clock().sleep(SECOND.multipliedBy(10));
                return machine.clock().nanoTime();
            });
            Deed<Object> deadline = stage.begin(
                    host,
                    "deadline",
                    () -> machine.clock().within(SECOND.multipliedBy(10), () -> {
                        machine.clock().sleep(Duration.ofDays(1));
                        return "late";
                    }));

            stage.sleep(SECOND);
            host.driftClock(-100_000_000);

            assertThat(Duration.ofNanos(sleep.await())).isGreaterThanOrEqualTo(SECOND.multipliedBy(10));
            assertThat(deadline.awaitFailure()).isInstanceOf(DeadlineExceeded.class);
            assertThat(deadline.endedAt()).isEqualTo(sleep.endedAt());
        });
    }

    @Test
    void a_jump_moves_the_wall_clock_and_no_sleep() throws Exception {
        Stage.play(stage -> {
            Host host = stage.add("a");
            Machine machine = host.start();
            Deed<Long> sleep = stage.begin(host, "sleep", () -> {
                machine.clock().sleep(SECOND.multipliedBy(10));
                return machine.clock().nanoTime();
            });
            stage.sleep(SECOND);

            var before = machine.clock().now();
            host.jumpClock(-Duration.ofHours(1).toNanos());

            assertThat(Duration.between(before, machine.clock().now())).isEqualTo(Duration.ofHours(-1));
            assertThat(Duration.ofNanos(sleep.await())).isEqualTo(SECOND.multipliedBy(10));
            assertThat(Duration.ofNanos(sleep.endedAt())).isEqualTo(SECOND.multipliedBy(10));
        });
    }

    @Test
    void a_slow_processor_delays_each_step_until_it_is_well_again() throws Exception {
        Stage.play(stage -> {
            Host host = stage.add("a");
            Machine machine = host.start();
            long delay = Duration.ofMillis(5).toNanos();

            host.slowCpu(() -> delay);
            Deed<Boolean> slow = stage.begin(host, "sleep", () -> sleepMillis(machine, 10));
            boolean _ = slow.await();
            assertThat(Duration.ofNanos(slow.endedAt())).isEqualTo(Duration.ofMillis(5 + 10 + 5));

            host.slowCpu(null);
            long before = stage.now();
            Deed<Boolean> well = stage.begin(host, "sleep", () -> sleepMillis(machine, 10));
            boolean _ = well.await();
            assertThat(Duration.ofNanos(well.endedAt() - before)).isEqualTo(Duration.ofMillis(10));
        });
    }

    private static boolean sleepMillis(Machine machine, long millis) throws InterruptedException {
        machine.clock().sleep(Duration.ofMillis(millis));
        return true;
    }

    @Test
    void a_datagram_reaches_the_socket_that_has_the_port_when_it_arrives() throws Exception {
        Stage.play(stage -> {
            Host sender = stage.add("sender");
            Host receiver = stage.add("receiver");
            Inbox from = Inbox.open(stage, sender, sender.start());
            Machine firstLife = receiver.start();
            DatagramSocket closed = firstLife.network().bind(at(receiver));

            from.send(at(receiver), 1);
            closed.close();
            Inbox second = Inbox.open(stage, receiver, firstLife);
            stage.sleep(SECOND);
            from.send(at(receiver), 2);
            receiver.crash(false);
            Inbox third = Inbox.open(stage, receiver, receiver.start());
            stage.sleep(SECOND);
            from.send(at(receiver), 3);
            receiver.crash(false);
            stage.sleep(SECOND);

            assertThat(second.received).containsExactly(1);
            assertThat(third.received).containsExactly(2);
        });
    }

    /** A socket that notes the numbers that it gets. */
    private static final class Inbox {
        private final DatagramSocket socket;
        private final List<Integer> received = new ArrayList<>();

        private Inbox(DatagramSocket socket) {
            this.socket = socket;
        }

        static Inbox open(Stage stage, Host host, Machine machine) {
            Inbox inbox = new Inbox(machine.network().bind(at(host)));
            Deed<Boolean> _ = stage.begin(host, "receive", () -> {
                while (true) {
                    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
                    Endpoint _ = inbox.socket.receive(number);
                    inbox.received.add(number.flip().getInt());
                }
            });
            return inbox;
        }

        void send(Endpoint to, int number) {
            socket.send(to, ByteBuffer.allocate(Integer.BYTES).putInt(number).flip());
        }
    }
}
