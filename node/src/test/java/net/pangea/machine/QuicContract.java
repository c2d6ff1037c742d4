package net.pangea.machine;

import static net.pangea.machine.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import net.pangea.machine.NetworkFailure.Kind;
import org.junit.jupiter.api.Test;

/** What {@link QuicSocket} and {@link SecureConnection} promise; of their streams, {@link QuicStreamContract}. */
public abstract class QuicContract {
    private static final Duration MOMENT = Duration.ofMillis(10);
    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Small windows, so that a writer soon waits. */
    private static final QuicSettings SMALL = QuicSettings.DEFAULT.withWindows(1 << 18, 1 << 20);

    /** Gives up soon, and would for a second of silence. */
    private static final QuicSettings IMPATIENT = QuicSettings.DEFAULT.withTimes(SECOND, Duration.ZERO, SECOND);

    /** RFC 5737: for documentation, nobody's own address. */
    private static final IpAddress FOREIGN = IpAddress.of(192, 0, 2, 1);

    /** {@return what makes the machines} */
    protected abstract MachineFixture fixture();

    /** A test of two machines with a connection between them. */
    @FunctionalInterface
    private interface Connected {
        void run(Machine a, Machine b, QuicPair pair) throws Exception;
    }

    private void connected(QuicSettings settings, Connected test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> {
            try (QuicPair pair = QuicPair.connect(fixture, a, b, settings)) {
                test.run(a, b, pair);
            }
        });
    }

    /** A test of one machine. */
    @FunctionalInterface
    private interface OneAt {
        void run(Machine machine, Endpoint free) throws Exception;
    }

    private void on(OneAt test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.on(machine -> test.run(machine, new Endpoint(fixture.addressOf(machine), 0)));
    }

    /** A test of two machines, of which b has a socket. */
    @FunctionalInterface
    private interface Listening {
        void run(Machine a, Machine b, Endpoint free, QuicSocket far, Scope tasks) throws Exception;
    }

    private void listening(QuicSettings settings, Listening test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> {
            try (Scope tasks = b.tasks().open("far")) {
                QuicSocket far = QuicPair.open(fixture, b, tasks, settings);
                test.run(a, b, new Endpoint(fixture.addressOf(a), 0), far, tasks);
            }
        });
    }

    private static QuicSocket socket(Machine machine, Endpoint local, QuicSettings settings) {
        return QuicPair.socket(machine, local, "a", settings);
    }

    @Test
    void each_side_gets_the_certificate_of_the_other() throws Exception {
        connected(QuicSettings.DEFAULT, (a, b, pair) -> {
            assertThat(pair.near().peerCertificate())
                    .isEqualTo(Identities.of("b").certificate());
            assertThat(pair.far().peerCertificate())
                    .isEqualTo(Identities.of("a").certificate());
        });
    }

    /** Lets nobody or everybody in, and remembers how handshakes have ended. */
    private static final class Gate implements QuicAdmission {
        private final boolean open;
        private final List<Ending> endings = new CopyOnWriteArrayList<>();
        private final AtomicInteger asked = new AtomicInteger();

        Gate(boolean open) {
            this.open = open;
        }

        @Override
        public boolean begins(Endpoint remote) {
            int _ = asked.incrementAndGet();
            return open;
        }

        @Override
        public void ended(Endpoint remote, Ending how) {
            boolean _ = endings.add(how);
        }
    }

    private void gated(Gate gate, Listening test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> {
            try (Scope tasks = b.tasks().open("far")) {
                Endpoint local = new Endpoint(fixture.addressOf(b), 0);
                QuicSocket far = tasks.start(
                                "listen", () -> b.network().quic(local, Identities.of("b"), QuicSettings.DEFAULT, gate))
                        .join();
                test.run(a, b, new Endpoint(fixture.addressOf(a), 0), far, tasks);
            }
        });
    }

    @Test
    void who_is_not_admitted_gets_no_connection_and_its_handshake_is_not_begun() throws Exception {
        Gate gate = new Gate(false);
        gated(gate, (a, b, free, far, tasks) -> {
            try (QuicSocket near = socket(a, free, QuicSettings.DEFAULT)) {
                Throwable thrown = catchThrowable(() -> near.dial(far.local()));

                assertThat(thrown)
                        .isInstanceOfSatisfying(
                                NetworkFailure.class,
                                failure -> assertThat(failure.kind()).isIn(Kind.REFUSED, Kind.TIMED_OUT));
            }
            assertThat(gate.asked).hasPositiveValue();
            assertThat(gate.endings).isEmpty();
        });
    }

    @Test
    void of_a_handshake_that_was_begun_the_end_is_told_once() throws Exception {
        Gate gate = new Gate(true);
        gated(gate, (a, b, free, far, tasks) -> {
            assertStillLetsIn(a, free, far, tasks);

            assertThat(gate.asked).hasValue(1);
            assertThat(gate.endings).containsExactly(QuicAdmission.Ending.DONE);
        });
    }

    @Test
    void who_waits_for_the_end_of_a_connection_hears_why() throws Exception {
        connected(QuicSettings.DEFAULT, (a, b, pair) -> {
            Task<Kind> far = pair.onFar(() -> pair.far().awaitEnd());
            try (Scope scope = a.tasks().open("near")) {
                Task<Kind> near = scope.start("wait", () -> pair.near().awaitEnd());

                pair.near().close();

                assertThat(near.join()).isEqualTo(Kind.CLOSED);
                assertThat(far.join()).isEqualTo(Kind.RESET);
            }
            assertThat(pair.near().awaitEnd()).as("afterwards too").isEqualTo(Kind.CLOSED);
        });
    }

    private static void assertStillLetsIn(Machine a, Endpoint free, QuicSocket far, Scope tasks) throws Exception {
        try (QuicSocket other = socket(a, free, QuicSettings.DEFAULT)) {
            SecureConnection dialled = other.dial(far.local());
            assertEchoes(dialled, tasks.start("accept", far::accept).join(), tasks);
        }
    }

    @Test
    void both_ends_name_the_same_two_endpoints() throws Exception {
        connected(QuicSettings.DEFAULT, (a, b, pair) -> {
            assertThat(pair.near().local())
                    .isEqualTo(pair.far().remote())
                    .isEqualTo(pair.nearSocket().local());
            assertThat(pair.near().remote()).isEqualTo(pair.far().local());
        });
    }

    @Test
    void either_side_opens_streams() throws Exception {
        connected(QuicSettings.DEFAULT, (a, b, pair) -> {
            Task<Long> echo = pair.onFar(() -> Streams.echo(pair.far().accept()));
            Task<String> asked = pair.onFar(() -> {
                Connection stream = pair.far().open();
                stream.write(Streams.text("from b"));
                stream.closeOutput();
                return Streams.readText(stream, 8);
            });

            Connection near = pair.near().open();
            near.write(Streams.text("from a"));
            near.closeOutput();
            Connection ofFar = pair.near().accept();

            assertThat(Streams.readText(near, 6)).isEqualTo("from a");
            assertThat(echo.join()).isEqualTo(6);
            assertThat(Streams.readText(ofFar, 6)).isEqualTo("from b");
            ofFar.write(Streams.text("to b too"));
            assertThat(asked.join()).isEqualTo("to b too");
        });
    }

    @Test
    void a_socket_dials_and_accepts_at_one_port() throws Exception {
        listening(QuicSettings.DEFAULT, (a, b, free, far, tasks) -> {
            try (QuicSocket near = socket(a, free, QuicSettings.DEFAULT)) {
                Task<SecureConnection> accepted = tasks.start("accept", far::accept);
                Task<SecureConnection> dialled = tasks.start("dial", () -> far.dial(near.local()));

                SecureConnection there = near.dial(far.local());
                SecureConnection back = near.accept();

                assertThat(there.local()).isEqualTo(back.local()).isEqualTo(near.local());
                assertThat(accepted.join().remote()).isEqualTo(near.local());
                assertThat(dialled.join().local()).isEqualTo(back.remote()).isEqualTo(far.local());
                assertEchoes(there, accepted.join(), tasks);
                assertEchoes(back, dialled.join(), tasks);
            }
        });
    }

    private static void assertEchoes(SecureConnection near, SecureConnection far, Scope tasks) throws Exception {
        Task<Long> echo = tasks.start("echo", () -> Streams.echo(far.accept()));
        Connection stream = near.open();
        stream.write(Streams.text("hello"));
        stream.closeOutput();
        assertThat(Streams.readText(stream, 5)).isEqualTo("hello");
        assertThat(Streams.readEnd(stream)).isEqualTo(-1);
        assertThat(echo.join()).isEqualTo(5);
    }

    @Test
    void a_machine_reaches_itself() throws Exception {
        on((machine, free) -> {
            try (QuicSocket socket = socket(machine, free, QuicSettings.DEFAULT);
                    Scope tasks = machine.tasks().open("self")) {
                Task<SecureConnection> accepted = tasks.start("accept", socket::accept);

                SecureConnection dialled = socket.dial(socket.local());

                assertEchoes(dialled, accepted.join(), tasks);
            }
        });
    }

    @Test
    void a_dial_times_out_where_nobody_answers() throws Exception {
        listening(IMPATIENT.withBacklog(0), (a, b, free, silent, tasks) -> {
            Endpoint closed;
            try (QuicSocket socket = socket(a, free, IMPATIENT)) {
                closed = socket.local();
            }
            try (QuicSocket near = socket(a, free, IMPATIENT)) {
                assertFails(Kind.TIMED_OUT, () -> near.dial(closed));
                assertFails(Kind.TIMED_OUT, () -> near.dial(silent.local()));
            }
        });
    }

    @Test
    void an_interrupted_dial_leaves_nothing_behind() throws Exception {
        listening(QuicSettings.DEFAULT.withBacklog(0), (a, b, free, silent, tasks) -> {
            Endpoint local;
            try (QuicSocket near = socket(a, free, QuicSettings.DEFAULT)) {
                local = near.local();
                Task<Throwable> accept = tasks.start("accept", () -> catchThrowable(near::accept));
                long begun = a.clock().nanoTime();
                for (int i = 0; i < 10; i++) {
                    assertThatThrownBy(() -> a.clock().within(MOMENT, () -> near.dial(silent.local())))
                            .isInstanceOf(DeadlineExceeded.class)
                            .hasCauseInstanceOf(InterruptedException.class);
                }
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                assertThat(Duration.ofNanos(a.clock().nanoTime() - begun))
                        .as("nobody waits for the end of a handshake")
                        .isLessThan(QuicSettings.HANDSHAKE_TIMEOUT);
                assertThat(accept.hasEnded()).as("none has become a connection").isFalse();
                accept.cancel();
            }
            try (QuicSocket again = socket(a, local, QuicSettings.DEFAULT);
                    QuicSocket other = socket(a, free, QuicSettings.DEFAULT)) {
                Task<SecureConnection> accepted = tasks.start("accept", again::accept);
                SecureConnection dialled = other.dial(again.local()); // the port carries on
                assertEchoes(dialled, accepted.join(), tasks);
            }
        });
    }

    @Test
    void dials_that_race_with_their_deadlines_end_one_way_or_the_other() throws Exception {
        listening(QuicSettings.DEFAULT, (a, b, free, far, tasks) -> {
            Task<Integer> acceptor = tasks.start("accept", () -> {
                int count = 0;
                while (catchThrowable(() -> far.accept().close()) == null) {
                    count++;
                }
                return count;
            });
            int made = 0;
            try (QuicSocket near = socket(a, free, QuicSettings.DEFAULT)) {
                for (int i = 0; i < 40; i++) {
                    Duration limit = Duration.ofNanos(100_000L * (i + 1));
                    try {
                        a.clock().within(limit, () -> near.dial(far.local())).close();
                        made++;
                    } catch (DeadlineExceeded e) {
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    }
                }
                near.dial(far.local()).close();
            }
            a.clock().sleep(SECOND);

            boolean _ = tasks.start("close", () -> close(far)).join();
            assertThat(acceptor.join()).isGreaterThanOrEqualTo(made);
        });
    }

    private static boolean close(QuicSocket socket) {
        socket.close();
        return true;
    }

    @Test
    void a_port_is_taken_once_and_free_after_the_close() throws Exception {
        on((machine, free) -> {
            Endpoint taken;
            try (QuicSocket socket = socket(machine, free, QuicSettings.DEFAULT)) {
                taken = socket.local();
                assertThat(taken.port()).isPositive();
                assertFails(Kind.ADDRESS_IN_USE, () -> socket(machine, taken, QuicSettings.DEFAULT));
                assertFails(Kind.ADDRESS_IN_USE, () -> machine.network().bind(taken));
            }
            for (int i = 0; i < 10; i++) { // at once, each time
                try (QuicSocket again = socket(machine, taken, QuicSettings.DEFAULT)) {
                    assertThat(again.local()).isEqualTo(taken);
                }
            }
            try (DatagramSocket datagrams = machine.network().bind(taken)) {
                assertFails(Kind.ADDRESS_IN_USE, () -> socket(machine, datagrams.local(), QuicSettings.DEFAULT));
            }
            assertFails(
                    Kind.ADDRESS_NOT_AVAILABLE, () -> socket(machine, new Endpoint(FOREIGN, 0), QuicSettings.DEFAULT));
        });
    }

    @Test
    void a_closed_socket_does_nothing_more() throws Exception {
        on((machine, free) -> {
            try (Scope tasks = machine.tasks().open("waiting")) {
                QuicSocket socket = socket(machine, free, QuicSettings.DEFAULT);
                Task<Throwable> acceptor = tasks.start("accept", () -> catchThrowable(socket::accept));
                Task<Throwable> dialler =
                        tasks.start("dial", () -> catchThrowable(() -> socket.dial(new Endpoint(free.address(), 9))));
                machine.clock().sleep(MOMENT.multipliedBy(10));

                socket.close();
                socket.close();

                assertFails(Kind.CLOSED, acceptor.join());
                assertFails(Kind.CLOSED, dialler.join());
                assertFails(Kind.CLOSED, socket::accept);
                assertFails(Kind.CLOSED, () -> socket.dial(new Endpoint(free.address(), 9)));
            }
        });
    }

    @Test
    void an_interrupted_accept_takes_no_connection() throws Exception {
        listening(QuicSettings.DEFAULT, (a, b, free, far, tasks) -> {
            Task<Throwable> interrupted = tasks.start(
                    "interrupted", () -> catchThrowable(() -> b.clock().within(MOMENT, far::accept)));
            assertThat(interrupted.join()).isInstanceOf(DeadlineExceeded.class);

            try (QuicSocket near = socket(a, free, QuicSettings.DEFAULT)) {
                SecureConnection dialled = near.dial(far.local());

                assertEchoes(dialled, tasks.start("accept", far::accept).join(), tasks);
            }
        });
    }

    @Test
    void more_connections_than_the_backlog_holds_are_not_let_in() throws Exception {
        // Time for a first packet to be sent twice: it is without an answer for a second (RFC 9002, section 6.2.2).
        QuicSettings settings =
                QuicSettings.DEFAULT.withTimes(Duration.ofSeconds(10), Duration.ZERO, SECOND.multipliedBy(4));
        listening(settings.withBacklog(3), (a, b, free, far, tasks) -> {
            try (QuicSocket near = socket(a, free, settings)) {
                List<SecureConnection> made = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    made.add(near.dial(far.local()));
                    a.clock().sleep(MOMENT); // until the other side has seen the handshake's end
                }
                assertThat(catchThrowable(() -> near.dial(far.local())))
                        .isInstanceOfSatisfying(
                                NetworkFailure.class,
                                failure -> assertThat(failure.kind()).isIn(Kind.REFUSED, Kind.TIMED_OUT));

                SecureConnection first = tasks.start("accept", far::accept).join();
                assertEchoes(made.getFirst(), first, tasks);
                made.add(near.dial(far.local()));
            }
        });
    }

    @Test
    void a_connection_without_signs_of_the_other_side_times_out() throws Exception {
        connected(IMPATIENT, (a, b, pair) -> {
            Pair stream = pair.stream();
            Task<Throwable> farStream = pair.onFar(() -> catchThrowable(() -> Streams.readEnd(stream.far())));
            Task<Throwable> farAccept =
                    pair.onFar(() -> catchThrowable(() -> pair.far().accept()));

            assertFails(Kind.TIMED_OUT, () -> pair.near().accept());

            assertFails(Kind.TIMED_OUT, () -> pair.near().open());
            assertFails(Kind.TIMED_OUT, () -> Streams.readEnd(stream.near()));
            assertFails(Kind.TIMED_OUT, () -> stream.near().write(Streams.text("x")));
            assertFails(Kind.TIMED_OUT, farAccept.join());
            assertFails(Kind.TIMED_OUT, farStream.join());
            assertThat(pair.near().openStreams()).isZero();
        });
    }

    @Test
    void signs_of_life_keep_a_connection() throws Exception {
        QuicSettings settings = QuicSettings.DEFAULT.withTimes(SECOND, Duration.ofMillis(300), SECOND);
        connected(settings, (a, b, pair) -> {
            a.clock().sleep(Duration.ofSeconds(4));

            assertEchoes(pair.near(), pair.far(), pair.tasks());
        });
    }

    @Test
    void there_are_no_more_streams_than_the_other_side_admits() throws Exception {
        connected(QuicSettings.DEFAULT.withStreamsMax(3), (a, b, pair) -> {
            List<Pair> streams = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                streams.add(pair.stream());
            }
            assertThat(pair.near().openStreams()).isEqualTo(3);
            assertFails(Kind.EXHAUSTED, () -> pair.near().open());
            assertFails(Kind.EXHAUSTED, () -> pair.near().open());

            for (int round = 0; round < 5; round++) {
                Pair first = streams.removeFirst();
                first.near().close();
                boolean _ = pair.onFar(() -> {
                            first.far().close();
                            return true;
                        })
                        .join();
                streams.add(pair.stream(openWhenThereIsRoom(a, pair.near())));
                assertThat(pair.near().openStreams()).isEqualTo(3);
            }
        });
    }

    @Test
    void streams_whose_other_side_was_told_to_stop_count_no_longer() throws Exception {
        connected(QuicSettings.DEFAULT.withStreamsMax(3), (a, b, pair) -> {
            Task<Boolean> far = pair.onFar(() -> {
                while (true) {
                    Connection stream = pair.far().accept();
                    stream.closeOutput();
                    b.clock().sleep(MOMENT.multipliedBy(3)); // until the other side has heard of it
                    stream.close();
                }
            });
            for (int i = 0; i < 10; i++) {
                Connection stream = openWhenThereIsRoom(a, pair.near());
                assertFails(Kind.RESET, () -> {
                    while (true) {
                        stream.write(Streams.text("still there?"));
                        a.clock().sleep(MOMENT);
                    }
                });
                stream.close();
            }
            awaitNone(a, pair.near());
            awaitNone(a, pair.far());
            far.cancel();
        });
    }

    @Test
    void streams_that_are_reset_leave_nothing_behind() throws Exception {
        connected(QuicSettings.DEFAULT.withStreamsMax(20), (a, b, pair) -> {
            Task<Boolean> far = pair.onFar(() -> {
                for (int i = 0; ; i++) {
                    Connection stream = pair.far().accept();
                    if (i % 3 == 0) {
                        stream.reset();
                    } else if (i % 3 == 1) {
                        stream.close();
                    } else {
                        var _ = catchThrowable(() -> Streams.drain(stream));
                        stream.close();
                    }
                }
            });

            for (int i = 0; i < 400; i++) {
                Connection stream = openWhenThereIsRoom(a, pair.near());
                if (i % 2 == 0) {
                    var _ = catchThrowable(() -> stream.write(ByteBuffer.allocate(10_000)));
                }
                stream.reset();
            }

            awaitNone(a, pair.near());
            awaitNone(a, pair.far());
            far.cancel();
        });
    }

    /** That a stream has ended takes its time to come back. */
    private static Connection openWhenThereIsRoom(Machine a, SecureConnection connection) throws InterruptedException {
        for (int tries = 0; tries < 1_000; tries++) {
            try {
                return connection.open();
            } catch (NetworkFailure e) {
                assertThat(e.kind()).isEqualTo(Kind.EXHAUSTED);
                a.clock().sleep(MOMENT);
            }
        }
        throw new AssertionError("no room for another stream in ten seconds");
    }

    private static void awaitNone(Machine a, SecureConnection connection) throws InterruptedException {
        for (int tries = 0; tries < 500 && connection.openStreams() > 0; tries++) {
            a.clock().sleep(MOMENT);
        }
        assertThat(connection.openStreams()).isZero();
    }

    @Test
    void streams_that_end_before_anybody_accepts_them_are_forgotten() throws Exception {
        connected(QuicSettings.DEFAULT.withStreamsMax(3), (a, b, pair) -> {
            for (int i = 0; i < 50; i++) {
                Connection stream = openWhenThereIsRoom(a, pair.near());
                stream.write(Streams.text("x"));
                stream.reset();
            }
            awaitNone(a, pair.near());
            awaitNone(a, pair.far());

            assertEchoes(pair.near(), pair.far(), pair.tasks());
        });
    }

    @Test
    void a_reset_after_the_end_of_the_output_stops_the_other_sides() throws Exception {
        connected(SMALL, (a, b, pair) -> {
            Pair stream = pair.stream();
            Task<Throwable> writer = pair.onFar(
                    () -> catchThrowable(() -> stream.far().write(ByteBuffer.allocate(Streams.MORE_THAN_FITS_BYTES))));
            stream.near().closeOutput();
            a.clock().sleep(MOMENT.multipliedBy(10));

            stream.near().reset();

            assertFails(Kind.RESET, writer.join());
            awaitNone(a, pair.near());
            awaitNone(a, pair.far());
        });
    }

    @Test
    void datagrams_of_anybody_disturb_nobody() throws Exception {
        connected(QuicSettings.DEFAULT, (a, b, pair) -> {
            RandomStream random = a.random("datagrams");
            try (DatagramSocket datagrams =
                    a.network().bind(new Endpoint(pair.near().local().address(), 0))) {
                for (int i = 0; i < 2_000; i++) {
                    byte[] bytes = new byte[random.nextInt(1_400)];
                    random.fill(bytes);
                    // As far as that goes, an Initial packet of version 1 with a connection id of some length.
                    if (bytes.length > 5 && random.chance(500_000)) {
                        ByteBuffer.wrap(bytes)
                                .put((byte) (0xc0 | (bytes[0] & 0x0f)))
                                .putInt(1)
                                .put((byte) (i % 25));
                    }
                    datagrams.send(pair.far().local(), ByteBuffer.wrap(bytes));
                }
            }

            assertEchoes(pair.near(), pair.far(), pair.tasks());
        });
    }

    @Test
    void a_stream_that_nobody_reads_holds_up_no_other() throws Exception {
        connected(SMALL, (a, b, pair) -> {
            Pair stuck = pair.stream();
            try (Scope near = a.tasks().open("near")) {
                Task<Throwable> writer = near.start(
                        "write",
                        () -> catchThrowable(
                                () -> stuck.near().write(ByteBuffer.allocate(Streams.MORE_THAN_FITS_BYTES))));
                a.clock().sleep(MOMENT.multipliedBy(20));
                assertThat(writer.state()).isEqualTo(Task.State.RUNNING);

                Pair other = pair.stream();
                byte[] sent = Streams.pattern(2 << 20, 7);
                Task<byte[]> reader = pair.onFar(() -> Streams.readFully(other.far(), sent.length));
                other.near().write(ByteBuffer.wrap(sent));

                assertThat(reader.join()).isEqualTo(sent);
                stuck.near().reset();
                assertFails(Kind.CLOSED, writer.join());
            }
        });
    }

    @Test
    void two_hundred_streams_echo_at_once() throws Exception {
        connected(SMALL, (a, b, pair) -> {
            Task<Boolean> server = pair.onFar(() -> {
                try (Scope echoes = b.tasks().open("echoes")) {
                    for (int i = 0; i < 200; i++) {
                        Connection stream = pair.far().accept();
                        var _ = echoes.start("echo", () -> {
                            try (stream) {
                                return Streams.echo(stream);
                            }
                        });
                    }
                    echoes.joinAll();
                }
                return true;
            });
            RandomStream sizes = a.random("sizes");
            try (Scope clients = a.tasks().open("clients")) {
                for (int i = 0; i < 200; i++) {
                    byte[] sent = Streams.pattern(sizes.nextInt(2 << sizes.nextInt(18)), i);
                    var _ = clients.start("client", () -> echoed(a, pair.near(), sent));
                }
                clients.joinAll();
            }

            assertThat(server.join()).isTrue();
            awaitNone(a, pair.near());
            awaitNone(a, pair.far());
        });
    }

    private static boolean echoed(Machine a, SecureConnection connection, byte[] sent) throws Exception {
        try (Connection stream = connection.open();
                Scope writer = a.tasks().open("writer")) {
            var _ = writer.start("write", () -> {
                stream.write(ByteBuffer.wrap(sent));
                stream.closeOutput();
                return true;
            });
            assertThat(Streams.readFully(stream, sent.length)).isEqualTo(sent);
            assertThat(Streams.readEnd(stream)).isEqualTo(-1);
            writer.joinAll();
        }
        return true;
    }

    @Test
    void closing_a_connection_resets_it_for_the_other_side() throws Exception {
        connected(SMALL, (a, b, pair) -> {
            Pair stream = pair.stream();
            Task<Throwable> accept =
                    pair.onFar(() -> catchThrowable(() -> pair.far().accept()));
            Task<Throwable> read = pair.onFar(() -> catchThrowable(() -> Streams.readEnd(stream.far())));
            Task<Throwable> write = pair.onFar(
                    () -> catchThrowable(() -> stream.far().write(ByteBuffer.allocate(Streams.MORE_THAN_FITS_BYTES))));
            try (Scope near = a.tasks().open("near")) {
                Task<Throwable> own = near.start(
                        "accept", () -> catchThrowable(() -> pair.near().accept()));
                a.clock().sleep(MOMENT.multipliedBy(5));

                pair.near().close();
                pair.near().close();

                assertFails(Kind.CLOSED, own.join());
            }
            assertFails(Kind.CLOSED, () -> pair.near().open());
            assertFails(Kind.CLOSED, () -> stream.near().write(Streams.text("x")));
            assertFails(Kind.CLOSED, () -> Streams.readEnd(stream.near()));
            assertFails(Kind.CLOSED, () -> pair.near().accept());
            assertThat(pair.near().openStreams()).isZero();
            assertFails(Kind.RESET, accept.join());
            assertFails(Kind.RESET, read.join());
            assertFails(Kind.RESET, write.join());
            Task<Throwable> open =
                    pair.onFar(() -> catchThrowable(() -> pair.far().open()));
            assertFails(Kind.RESET, open.join());
            Task<Throwable> more =
                    pair.onFar(() -> catchThrowable(() -> stream.far().write(Streams.text("x"))));
            assertFails(Kind.RESET, more.join());
            assertThat(pair.far().openStreams()).isZero();
        });
    }

    @Test
    void closing_a_socket_ends_its_connections() throws Exception {
        connected(QuicSettings.DEFAULT, (a, b, pair) -> {
            Task<Throwable> accept =
                    pair.onFar(() -> catchThrowable(() -> pair.far().accept()));

            pair.nearSocket().close();

            assertFails(Kind.CLOSED, () -> pair.near().accept());
            assertFails(Kind.CLOSED, () -> pair.near().open());
            assertFails(Kind.RESET, accept.join());
        });
    }

    @Test
    void interrupts_take_no_stream() throws Exception {
        connected(QuicSettings.DEFAULT, (a, b, pair) -> {
            assertThatThrownBy(() -> a.clock().within(MOMENT, () -> pair.near().accept()))
                    .isInstanceOf(DeadlineExceeded.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pair.near().open()).isInstanceOf(InterruptedException.class);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pair.near().accept()).isInstanceOf(InterruptedException.class);

            awaitNone(a, pair.near());
            assertEchoes(pair.near(), pair.far(), pair.tasks());
        });
    }
}
