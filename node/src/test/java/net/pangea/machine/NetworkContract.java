package net.pangea.machine;

import static net.pangea.machine.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import net.pangea.machine.NetworkFailure.Kind;
import org.junit.jupiter.api.Test;

/** What {@link Network}, {@link Listener} and {@link DatagramSocket} promise. */
public abstract class NetworkContract {
    private static final Duration MOMENT = Duration.ofMillis(10);
    /** RFC 5737: for documentation, nobody's own address. */
    private static final IpAddress FOREIGN = IpAddress.of(192, 0, 2, 1);

    /** {@return what makes the machines} */
    protected abstract MachineFixture fixture();

    /** A test that asks the fixture for addresses. */
    @FunctionalInterface
    private interface OneAt {
        void run(Machine machine, IpAddress address) throws Exception;
    }

    /** A test of two machines where b has {@code address} and runs {@code tasks}. */
    @FunctionalInterface
    private interface TwoAt {
        void run(Machine a, Machine b, IpAddress address, Scope tasks) throws Exception;
    }

    private void on(OneAt test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.on(machine -> test.run(machine, fixture.addressOf(machine)));
    }

    private void onTwo(TwoAt test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> {
            try (Scope tasks = b.tasks().open("far")) {
                test.run(a, b, fixture.addressOf(b), tasks);
            }
        });
    }

    private static Listener listen(Machine machine, IpAddress address, Scope tasks) throws InterruptedException {
        return tasks.start("listen", () -> machine.network().listen(new Endpoint(address, 0)))
                .join();
    }

    private static boolean close(Listener listener) {
        listener.close();
        return true;
    }

    @Test
    void a_machine_has_addresses_of_its_own() throws Exception {
        on((machine, address) -> {
            List<IpAddress> addresses = machine.network().addresses();

            assertThat(addresses).isNotEmpty().isSorted().doesNotHaveDuplicates();
            assertThat(addresses).contains(address).doesNotContain(FOREIGN, IpAddress.of(0, 0, 0, 0));
        });
    }

    @Test
    void port_zero_takes_a_free_port() throws Exception {
        on((machine, address) -> {
            try (Listener one = machine.network().listen(new Endpoint(address, 0));
                    Listener other = machine.network().listen(new Endpoint(address, 0));
                    DatagramSocket socket = machine.network().bind(new Endpoint(address, 0))) {
                assertThat(one.local().address()).isEqualTo(address);
                assertThat(one.local().port()).isPositive();
                assertThat(other.local().port())
                        .isPositive()
                        .isNotEqualTo(one.local().port());
                assertThat(socket.local().address()).isEqualTo(address);
                assertThat(socket.local().port()).isPositive();
            }
        });
    }

    @Test
    void a_port_is_taken_once_and_free_after_the_close() throws Exception {
        on((machine, address) -> {
            Endpoint taken;
            try (Listener listener = machine.network().listen(new Endpoint(address, 0))) {
                taken = listener.local();
                assertFails(Kind.ADDRESS_IN_USE, () -> machine.network().listen(taken));
            }
            for (int i = 0; i < 100; i++) { // at once, each time
                try (Listener again = machine.network().listen(taken)) {
                    assertThat(again.local()).isEqualTo(taken);
                }
            }
            Endpoint bound;
            try (DatagramSocket socket = machine.network().bind(new Endpoint(address, 0))) {
                bound = socket.local();
                assertFails(Kind.ADDRESS_IN_USE, () -> machine.network().bind(bound));
            }
            for (int i = 0; i < 100; i++) {
                try (DatagramSocket again = machine.network().bind(bound)) {
                    assertThat(again.local()).isEqualTo(bound);
                }
            }
        });
    }

    @Test
    void streams_and_datagrams_have_ports_of_their_own() throws Exception {
        on((machine, address) -> {
            try (Listener listener = machine.network().listen(new Endpoint(address, 0));
                    DatagramSocket socket = machine.network().bind(listener.local())) {
                assertThat(socket.local()).isEqualTo(listener.local());
            }
        });
    }

    @Test
    void a_foreign_address_is_not_available() throws Exception {
        on((machine, address) -> {
            assertFails(Kind.ADDRESS_NOT_AVAILABLE, () -> machine.network().listen(new Endpoint(FOREIGN, 0)));
            assertFails(Kind.ADDRESS_NOT_AVAILABLE, () -> machine.network().bind(new Endpoint(FOREIGN, 0)));
        });
    }

    @Test
    void a_port_without_listener_refuses() throws Exception {
        onTwo((a, b, address, tasks) -> {
            Listener listener = listen(b, address, tasks);
            Endpoint closed = listener.local();
            assertThat(tasks.start("close", () -> close(listener)).join()).isTrue();

            assertFails(Kind.REFUSED, () -> a.network().connect(closed));
        });
    }

    @Test
    void a_machine_reaches_itself() throws Exception {
        on((machine, address) -> {
            try (Scope scope = machine.tasks().open("self");
                    Listener listener = machine.network().listen(new Endpoint(address, 0))) {
                Task<Long> echo = scope.start("echo", () -> {
                    try (Connection connection = listener.accept()) {
                        return Streams.echo(connection);
                    }
                });
                try (Connection connection = machine.network().connect(listener.local())) {
                    connection.write(Streams.text("me"));
                    connection.closeOutput();
                    assertThat(Streams.readText(connection, 2)).isEqualTo("me");
                }
                assertThat(echo.join()).isEqualTo(2);
            }
        });
    }

    @Test
    void many_connections_are_served_at_once() throws Exception {
        onTwo((a, b, address, tasks) -> {
            Listener listener = listen(b, address, tasks);
            Task<Integer> server = tasks.start("serve", () -> {
                try (Scope serving = b.tasks().open("serving")) {
                    for (int i = 0; i < 50; i++) {
                        Connection connection = listener.accept();
                        serving.start("echo", () -> {
                            try (connection) {
                                return Streams.echo(connection);
                            }
                        });
                    }
                    serving.joinAll();
                }
                return 50;
            });
            try (Scope clients = a.tasks().open("clients")) {
                for (int i = 0; i < 50; i++) {
                    byte[] sent = Streams.pattern(20_000, i);
                    clients.start("client", () -> {
                        try (Connection connection = a.network().connect(listener.local())) {
                            connection.write(ByteBuffer.wrap(sent));
                            connection.closeOutput();
                            assertThat(Streams.readFully(connection, sent.length))
                                    .isEqualTo(sent);
                            return Streams.readEnd(connection);
                        }
                    });
                }
                clients.joinAll();
            }
            assertThat(server.join()).isEqualTo(50);
        });
    }

    @Test
    void closing_a_listener_wakes_those_who_accept() throws Exception {
        on((machine, address) -> {
            Listener listener = machine.network().listen(new Endpoint(address, 0));
            try (Scope scope = machine.tasks().open("acceptors")) {
                List<Task<Throwable>> acceptors = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    acceptors.add(scope.start("accept", () -> catchThrowable(listener::accept)));
                }
                machine.clock().sleep(MOMENT);

                listener.close();
                listener.close();

                for (Task<Throwable> acceptor : acceptors) {
                    assertFails(Kind.CLOSED, acceptor.join());
                }
                assertFails(Kind.CLOSED, listener::accept);
            }
        });
    }

    @Test
    void closing_a_listener_resets_who_was_not_accepted_and_keeps_who_was() throws Exception {
        onTwo((a, b, address, tasks) -> {
            Listener listener = listen(b, address, tasks);
            Connection first = a.network().connect(listener.local());
            Connection accepted = tasks.start("accept", listener::accept).join();
            Connection second = a.network().connect(listener.local());

            assertThat(tasks.start("close", () -> close(listener)).join()).isTrue();

            assertFails(Kind.RESET, () -> Streams.readEnd(second));
            Task<Long> echo = tasks.start("echo", () -> Streams.echo(accepted));
            first.write(Streams.text("still here"));
            first.closeOutput();
            assertThat(Streams.readText(first, 10)).isEqualTo("still here");
            assertThat(echo.join()).isEqualTo(10);
            first.close();
            second.close();
            tasks.start("close", () -> {
                accepted.close();
                return true;
            });
            tasks.joinAll();
        });
    }

    @Test
    void a_deadline_around_an_accept_leaves_the_listener_open() throws Exception {
        onTwo((a, b, address, tasks) -> {
            Listener listener = listen(b, address, tasks);
            Task<Throwable> timedOut =
                    tasks.start("accept", () -> catchThrowable(() -> b.clock().within(MOMENT, listener::accept)));
            assertThat(timedOut.join()).isInstanceOf(DeadlineExceeded.class);

            Task<Long> echo = tasks.start("accept", () -> {
                try (Connection connection = listener.accept()) {
                    return Streams.echo(connection);
                }
            });
            try (Connection connection = a.network().connect(listener.local())) {
                connection.write(Streams.text("hello"));
                connection.closeOutput();
                assertThat(Streams.readText(connection, 5)).isEqualTo("hello");
            }
            assertThat(echo.join()).isEqualTo(5);
            assertThat(tasks.start("close", () -> close(listener)).join()).isTrue();
        });
    }

    @Test
    void deadlines_that_race_with_connects_leave_nothing_behind() throws Exception {
        onTwo((a, b, address, tasks) -> {
            Listener listener = listen(b, address, tasks);
            Task<Throwable> server = tasks.start(
                    "serve",
                    () -> catchThrowable(() -> {
                        while (true) {
                            try (Connection connection = listener.accept()) {
                                assertThat(catchThrowable(() -> Streams.echo(connection)))
                                        .satisfiesAnyOf(
                                                thrown -> assertThat(thrown).isNull(),
                                                thrown -> assertFails(Kind.RESET, thrown));
                            }
                        }
                    }));

            for (int i = 0; i < 100; i++) {
                AtomicReference<Connection> opened = new AtomicReference<>();
                Duration limit = Duration.ofNanos(20_000L * i + 1);
                Throwable thrown = catchThrowable(() -> a.clock().within(limit, () -> {
                    opened.set(a.network().connect(listener.local()));
                    return true;
                }));
                assertThat(thrown)
                        .satisfiesAnyOf(
                                t -> assertThat(t).isNull(), t -> assertThat(t).isInstanceOf(DeadlineExceeded.class));
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                Optional.ofNullable(opened.get()).ifPresent(Connection::close);
            }

            try (Connection connection = a.network().connect(listener.local())) {
                connection.write(Streams.text("works"));
                connection.closeOutput();
                assertThat(Streams.readText(connection, 5)).isEqualTo("works");
            }
            assertThat(tasks.start("close", () -> close(listener)).join()).isTrue();
            assertFails(Kind.CLOSED, server.join());
        });
    }

    @Test
    void ipv6_carries_streams_and_datagrams() throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> {
            Optional<IpAddress> six = fixture.v6AddressOf(b);
            assumeTrue(six.isPresent(), "no IPv6 here");
            try (Pair pair = Pair.connect(six.get(), a, b)) {
                assertThat(pair.near().remote().address()).isEqualTo(six.get());
                pair.near().write(Streams.text("six"));
                assertThat(pair.onFar(() -> Streams.readText(pair.far(), 3)).join())
                        .isEqualTo("six");
            }
            echoDatagrams(a, b, fixture.v6AddressOf(a).orElseThrow(), six.get());
        });
    }

    @Test
    void datagrams_come_back_from_an_echo() throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> echoDatagrams(a, b, fixture.addressOf(a), fixture.addressOf(b)));
    }

    private static void echoDatagrams(Machine a, Machine b, IpAddress near, IpAddress far) throws InterruptedException {
        try (Scope tasks = b.tasks().open("far");
                DatagramSocket socket = a.network().bind(new Endpoint(near, 0))) {
            DatagramSocket echo = tasks.start("bind", () -> b.network().bind(new Endpoint(far, 0)))
                    .join();
            Task<Throwable> echoing = tasks.start(
                    "echo",
                    () -> catchThrowable(() -> {
                        ByteBuffer buffer = ByteBuffer.allocate(2000);
                        while (true) {
                            Endpoint sender = echo.receive(buffer.clear());
                            echo.send(sender, buffer.flip());
                        }
                    }));
            for (int size : new int[] {0, 1, 100, 1400}) {
                byte[] sent = Streams.pattern(size, size);
                ByteBuffer payload = ByteBuffer.wrap(sent);
                socket.send(echo.local(), payload);
                assertThat(payload.hasRemaining()).isFalse();

                ByteBuffer target = ByteBuffer.allocateDirect(2000);
                assertThat(socket.receive(target)).isEqualTo(echo.local());

                byte[] received = new byte[target.flip().remaining()];
                target.get(received);
                assertThat(received).isEqualTo(sent);
            }
            assertThat(tasks.start("close", () -> {
                                echo.close();
                                echo.close();
                                return true;
                            })
                            .join())
                    .isTrue();
            assertFails(Kind.CLOSED, echoing.join());
        }
    }

    /** A test of a group that two machines can join. */
    @FunctionalInterface
    private interface TwoAndGroup {
        void run(Machine a, Machine b, Endpoint group, Scope far) throws Exception;
    }

    /** Ends the test with a reason where there are no groups. The port is one that is free, for others test here too. */
    private void inGroup(TwoAndGroup test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> {
            String reason = fixture.withoutGroups(a).orElse("");
            assumeTrue(reason.isEmpty(), reason);
            int port;
            try (DatagramSocket free = a.network().bind(new Endpoint(fixture.addressOf(a), 0))) {
                port = free.local().port();
            }
            try (Scope far = b.tasks().open("far")) {
                test.run(a, b, new Endpoint(IpAddress.of(239, 255, 70, 70), port), far);
            }
        });
    }

    private DatagramSocket join(Machine machine, Endpoint group) {
        return machine.network().join(group, fixture().addressOf(machine));
    }

    private static String hear(Machine machine, DatagramSocket socket, Endpoint from) throws InterruptedException {
        ByteBuffer target = ByteBuffer.allocate(100);
        assertThat(machine.clock().within(Duration.ofSeconds(5), () -> socket.receive(target)))
                .isEqualTo(from);
        return StandardCharsets.UTF_8.decode(target.flip()).toString();
    }

    private static void assertSilent(Machine machine, DatagramSocket socket) {
        assertThatThrownBy(() ->
                        machine.clock().within(MOMENT.multipliedBy(5), () -> socket.receive(ByteBuffer.allocate(100))))
                .isInstanceOf(DeadlineExceeded.class);
    }

    @Test
    void what_a_member_sends_to_its_group_all_members_get_itself_among_them() throws Exception {
        inGroup((a, b, group, far) -> {
            try (DatagramSocket one = join(a, group);
                    DatagramSocket two = join(a, group)) {
                DatagramSocket three = far.start("join", () -> join(b, group)).join();
                assertThat(one.local()).isEqualTo(new Endpoint(fixture().addressOf(a), group.port()));

                one.send(group, Streams.text("all"));

                assertThat(hear(a, one, one.local())).isEqualTo("all");
                assertThat(hear(a, two, one.local())).isEqualTo("all");
                assertThat(far.start("hear", () -> hear(b, three, one.local())).join())
                        .isEqualTo("all");
                assertThat(far.start("send", () -> {
                                    three.send(group, Streams.text("back"));
                                    return hear(b, three, three.local());
                                })
                                .join())
                        .isEqualTo("back");
                assertThat(hear(a, one, three.local())).isEqualTo("back");
                assertThat(far.start("close", () -> {
                                    three.close();
                                    return true;
                                })
                                .join())
                        .isTrue();
            }
        });
    }

    @Test
    void who_is_in_another_group_or_has_left_gets_nothing() throws Exception {
        inGroup((a, _, group, _) -> {
            Endpoint other = new Endpoint(IpAddress.of(239, 255, 70, 72), group.port());
            try (DatagramSocket member = join(a, group);
                    DatagramSocket stranger = join(a, other)) {
                DatagramSocket left = join(a, group);
                left.close();

                member.send(group, Streams.text("members"));

                assertThat(hear(a, member, member.local())).isEqualTo("members");
                assertSilent(a, stranger);
                assertFails(Kind.CLOSED, () -> left.receive(ByteBuffer.allocate(1)));
                assertFails(Kind.CLOSED, () -> left.send(group, Streams.text("late")));
            }
        });
    }

    @Test
    void a_group_is_joined_at_an_own_address_only_and_is_a_group() throws Exception {
        on((machine, address) -> {
            assertFails(
                    Kind.ADDRESS_NOT_AVAILABLE,
                    () -> machine.network()
                            .join(new Endpoint(IpAddress.of(239, 255, 70, 70), 17_070), IpAddress.of(198, 51, 100, 7)));
            assertThatThrownBy(() -> machine.network().join(new Endpoint(address, 17_070), address))
                    .isInstanceOf(IllegalArgumentException.class);
        });
    }

    @Test
    void a_datagram_is_cut_to_the_targets_room_and_the_next_is_whole() throws Exception {
        on((machine, address) -> {
            try (DatagramSocket socket = machine.network().bind(new Endpoint(address, 0))) {
                socket.send(socket.local(), Streams.text("0123456789"));
                socket.send(socket.local(), Streams.text("next"));

                ByteBuffer small = ByteBuffer.allocate(10).position(2).limit(6);
                assertThat(socket.receive(small)).isEqualTo(socket.local());
                assertThat(small.hasRemaining()).isFalse();
                assertThat(new String(small.array(), 2, 4, StandardCharsets.UTF_8))
                        .isEqualTo("0123");
                assertThat(small.array()[6]).isZero();

                ByteBuffer large = ByteBuffer.allocate(10);
                assertThat(socket.receive(large)).isEqualTo(socket.local());
                assertThat(large.flip()).isEqualTo(Streams.text("next"));
            }
        });
    }

    @Test
    void a_datagram_has_a_largest_size() throws Exception {
        on((machine, address) -> {
            try (DatagramSocket socket = machine.network().bind(new Endpoint(address, 0))) {
                byte[] largest = Streams.pattern(DatagramSocket.MAX_PAYLOAD_BYTES, 1);
                assertFails(
                        Kind.TOO_LARGE,
                        () -> socket.send(socket.local(), ByteBuffer.allocate(DatagramSocket.MAX_PAYLOAD_BYTES + 1)));

                socket.send(socket.local(), ByteBuffer.wrap(largest));

                ByteBuffer target = ByteBuffer.allocate(70_000);
                assertThat(socket.receive(target)).isEqualTo(socket.local());
                assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(largest));
            }
        });
    }

    @Test
    void datagrams_to_nobody_are_lost_in_silence() throws Exception {
        onTwo((a, b, address, tasks) -> {
            DatagramSocket gone = tasks.start("bind", () -> b.network().bind(new Endpoint(address, 0)))
                    .join();
            assertThat(tasks.start("close", () -> {
                                gone.close();
                                return true;
                            })
                            .join())
                    .isTrue();
            try (DatagramSocket socket = a.network().bind(new Endpoint(anyOf(a, address), 0))) {
                for (int i = 0; i < 10; i++) {
                    socket.send(gone.local(), Streams.text("anybody?"));
                    a.clock().sleep(Duration.ofMillis(1));
                }
                assertThatThrownBy(() -> a.clock().within(MOMENT, () -> socket.receive(ByteBuffer.allocate(10))))
                        .isInstanceOf(DeadlineExceeded.class);
            }
        });
    }

    /** {@return an address of {@code machine} from which {@code other} is reached} */
    private static IpAddress anyOf(Machine machine, IpAddress other) {
        List<IpAddress> own = machine.network().addresses();
        return own.contains(other) ? other : own.getFirst();
    }

    @Test
    void a_flood_of_datagrams_neither_blocks_nor_fails_and_is_bounded() throws Exception {
        on((machine, address) -> {
            try (DatagramSocket sender = machine.network().bind(new Endpoint(address, 0));
                    DatagramSocket receiver = machine.network().bind(new Endpoint(address, 0))) {
                for (int i = 0; i < 20_000; i++) {
                    sender.send(receiver.local(), ByteBuffer.allocate(1_000));
                }
                machine.clock().sleep(MOMENT);

                int received = 0;
                try {
                    while (true) {
                        machine.clock()
                                .within(MOMENT.multipliedBy(10), () -> receiver.receive(ByteBuffer.allocate(1_000)));
                        received++;
                    }
                } catch (DeadlineExceeded e) {
                    assertThat(received).isBetween(1, 19_999);
                }
            }
        });
    }

    @Test
    void a_deadline_around_a_receive_takes_no_datagram() throws Exception {
        on((machine, address) -> {
            try (DatagramSocket socket = machine.network().bind(new Endpoint(address, 0));
                    Scope scope = machine.tasks().open("sender")) {
                Task<Boolean> sender = scope.start("send", () -> {
                    for (int i = 0; i < 100; i++) {
                        socket.send(socket.local(), ByteBuffer.wrap(new byte[] {(byte) i}));
                        machine.clock().sleep(Duration.ofMillis(1));
                    }
                    return true;
                });
                Set<Byte> received = new LinkedHashSet<>();
                ByteBuffer target = ByteBuffer.allocate(1);

                while (received.size() < 100) {
                    try {
                        target.clear();
                        machine.clock().within(Duration.ofMillis(1), () -> socket.receive(target));
                    } catch (DeadlineExceeded e) {
                        assertThat(Thread.currentThread().isInterrupted()).isFalse();
                    }
                    if (!target.hasRemaining()) {
                        assertThat(received.add(target.get(0))).isTrue();
                    }
                }

                assertThat(sender.join()).isTrue();
            }
        });
    }

    @Test
    void a_closed_socket_says_so() throws Exception {
        on((machine, address) -> {
            DatagramSocket socket = machine.network().bind(new Endpoint(address, 0));
            socket.close();

            assertFails(Kind.CLOSED, () -> socket.send(socket.local(), Streams.text("x")));
            assertFails(Kind.CLOSED, () -> socket.receive(ByteBuffer.allocate(1)));
        });
    }

    @Test
    void a_spelt_out_address_resolves_to_itself() throws Exception {
        on((machine, address) -> {
            for (String literal : List.of("10.1.2.3", "127.0.0.1", "::1", "2001:db8::7")) {
                assertThat(machine.network().resolve(literal))
                        .containsExactly(IpAddress.parse(literal).orElseThrow());
            }
        });
    }

    @Test
    void an_unknown_host_does_not_resolve() throws Exception {
        on((machine, address) -> assertThat(
                        catchThrowable(() -> machine.network().resolve("no-such-host.invalid")))
                .isInstanceOfSatisfying(
                        NetworkFailure.class,
                        failure -> assertThat(failure.kind()).isIn(Kind.UNKNOWN_HOST, Kind.TIMED_OUT)));
    }
}
