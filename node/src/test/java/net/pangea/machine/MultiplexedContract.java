package net.pangea.machine;

import static net.pangea.machine.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import net.pangea.machine.NetworkFailure.Kind;
import org.junit.jupiter.api.Test;

/**
 * What a {@link MultiplexedConnection} promises beyond what each of its streams does ({@link StreamContract}): that streams do
 * not disturb each other, and how they and the connection end.
 */
public abstract class MultiplexedContract {
    private static final Duration MOMENT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofSeconds(30);

    /** More streams than any connection allows. */
    private static final int MANY = 5_000;

    /** {@return what makes the machines} */
    protected abstract MachineFixture fixture();

    /** {@return a connection between two of the fixture's machines} */
    protected abstract MultiplexedPair connect(MachineFixture fixture, Machine a, Machine b) throws Exception;

    /** {@return how long a connection lasts, at most, whose other side has fallen silent} */
    protected abstract Duration silenceMax();

    /** {@return whether the other side hears of a stream before anything is written to it} */
    protected boolean opensAtOnce() {
        return true;
    }

    /** A test of two machines with a connection between them. */
    @FunctionalInterface
    private interface Connected {
        void run(Machine a, MultiplexedPair pair) throws Exception;
    }

    private void connected(Connected test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> {
            try (MultiplexedPair pair = connect(fixture, a, b)) {
                test.run(a, pair);
            }
        });
    }

    private static void eventually(Machine a, BooleanSupplier holds) throws InterruptedException {
        Boolean _ = a.clock().within(LONG, () -> {
            while (!holds.getAsBoolean()) {
                a.clock().sleep(MOMENT);
            }
            return true;
        });
    }

    private static void assertEchoes(Machine a, MultiplexedPair pair) throws InterruptedException {
        try (Connection stream = pair.near().open()) {
            String back = a.clock().within(LONG, () -> {
                stream.write(Streams.text("hello"));
                return Streams.readText(stream, 5);
            });
            assertThat(back).isEqualTo("hello");
        }
    }

    @Test
    void both_ends_and_their_streams_name_the_same_two_endpoints() throws Exception {
        connected((a, pair) -> {
            pair.echoOnFar();
            try (Connection stream = pair.near().open()) {
                assertThat(pair.near().local()).isEqualTo(pair.far().remote());
                assertThat(pair.near().remote()).isEqualTo(pair.far().local());
                assertThat(stream.local()).isEqualTo(pair.near().local());
                assertThat(stream.remote()).isEqualTo(pair.near().remote());
            }
        });
    }

    @Test
    void either_side_opens_streams_and_the_other_accepts_them() throws Exception {
        connected((a, pair) -> {
            Task<String> far = pair.onFar(() -> {
                try (Connection opened = pair.far().open()) {
                    opened.write(Streams.text("from far"));
                    opened.closeOutput();
                    Connection accepted = pair.far().accept();
                    return Streams.readText(accepted, 9);
                }
            });

            try (Connection opened = pair.near().open()) {
                opened.write(Streams.text("from near"));
                Connection accepted = pair.near().accept();
                assertThat(Streams.readText(accepted, 8)).isEqualTo("from far");
                assertThat(Streams.readEnd(accepted)).isEqualTo(-1);
                assertThat(far.join()).isEqualTo("from near");
            }
        });
    }

    @Test
    void who_opens_may_listen_first() throws Exception {
        assumeThat(opensAtOnce()).isTrue();
        connected((a, pair) -> {
            Task<Boolean> far = pair.onFar(() -> {
                try (Connection stream = pair.far().accept()) {
                    stream.write(Streams.text("welcome"));
                }
                return true;
            });

            try (Connection stream = pair.near().open()) {
                String heard = a.clock().within(LONG, () -> Streams.readText(stream, 7));

                assertThat(heard).isEqualTo("welcome");
                assertThat(far.join()).isTrue();
            }
        });
    }

    @Test
    void many_streams_carry_at_once_each_its_own_bytes() throws Exception {
        connected((a, pair) -> {
            pair.echoOnFar();
            try (Scope scope = a.tasks().open("near")) {
                for (int i = 0; i < 100; i++) {
                    byte[] sent = Streams.pattern(1 + i * 3_000, i);
                    Task<Boolean> _ = scope.start("stream", () -> exchange(a, pair.near(), sent));
                }

                scope.joinAll();
            }
            eventually(a, () -> pair.near().openStreams() == 0 && pair.far().openStreams() == 0);
        });
    }

    private static boolean exchange(Machine a, MultiplexedConnection near, byte[] sent) throws Exception {
        try (Connection stream = near.open()) {
            assertThat(Streams.echoed(a, stream, sent)).isEqualTo(sent);
            return true;
        }
    }

    @Test
    void after_a_half_close_the_other_direction_still_carries() throws Exception {
        connected((a, pair) -> {
            pair.echoOnFar();
            try (Connection stream = pair.near().open()) {
                stream.write(Streams.text("request"));
                stream.closeOutput();

                assertThat(Streams.readText(stream, 7)).isEqualTo("request");
                assertThat(Streams.readEnd(stream)).isEqualTo(-1);
                assertFails(Kind.CLOSED, () -> stream.write(Streams.text("more")));
            }
            eventually(a, () -> pair.near().openStreams() == 0 && pair.far().openStreams() == 0);
        });
    }

    @Test
    void a_reset_breaks_one_stream_and_no_other() throws Exception {
        connected((a, pair) -> {
            Task<Throwable> reset = pair.onFar(() -> {
                try (Connection first = pair.far().accept()) {
                    assertThat(Streams.readText(first, 5)).isEqualTo("first");
                    first.write(Streams.text("heard"));
                    Throwable thrown = catchThrowable(() -> Streams.readEnd(first));
                    pair.echoOnFar();
                    return thrown;
                }
            });
            Connection first = pair.near().open();
            first.write(Streams.text("first"));
            assertThat(Streams.readText(first, 5)).isEqualTo("heard"); // what is under way may be lost with a reset

            first.reset();

            assertFails(Kind.RESET, reset.join());
            assertFails(Kind.CLOSED, () -> Streams.readEnd(first));
            assertThat(pair.near().hasEnded()).isFalse();
            assertEchoes(a, pair);
            eventually(a, () -> pair.near().openStreams() == 0 && pair.far().openStreams() == 0);
        });
    }

    @Test
    void a_stream_that_nobody_reads_stops_its_writer_and_nobody_else() throws Exception {
        connected((a, pair) -> {
            Task<Connection> neglected = pair.onFar(() -> {
                Connection first = pair.far().accept();
                pair.echoOnFar();
                return first;
            });
            try (Connection stream = pair.near().open();
                    Scope scope = a.tasks().open("near")) {
                Task<Throwable> writer = scope.start(
                        "write",
                        () -> catchThrowable(() -> stream.write(ByteBuffer.allocate(Streams.MORE_THAN_FITS_BYTES))));
                a.clock().sleep(Duration.ofMillis(300));

                assertThat(writer.state()).isEqualTo(Task.State.RUNNING);
                assertEchoes(a, pair);
                byte[] large = Streams.pattern(1 << 20, 9);
                assertThat(exchange(a, pair.near(), large)).isTrue();

                Connection far = neglected.join();
                Task<Boolean> resets = pair.onFar(() -> {
                    far.reset();
                    return true;
                });
                assertThat(resets.join()).isTrue();
                assertFails(Kind.RESET, writer.join());
            }
        });
    }

    @Test
    void a_write_cut_by_a_deadline_breaks_its_stream_and_no_other() throws Exception {
        connected((a, pair) -> {
            Task<Connection> accepted = pair.onFar(() -> {
                Connection first = pair.far().accept();
                pair.echoOnFar();
                return first;
            });
            Connection stream = pair.near().open();
            ByteBuffer source = ByteBuffer.allocate(Streams.MORE_THAN_FITS_BYTES);

            assertThatThrownBy(() -> a.clock().within(MOMENT.multipliedBy(20), () -> {
                        stream.write(source);
                        return true;
                    }))
                    .isInstanceOf(DeadlineExceeded.class);

            assertThat(source.position()).isBetween(1, source.limit() - 1);
            assertFails(Kind.CLOSED, () -> stream.write(Streams.text("x")));
            Connection far = accepted.join();
            Task<Throwable> drain = pair.onFar(() -> catchThrowable(() -> Streams.drain(far)));
            assertFails(Kind.RESET, drain.join());
            assertEchoes(a, pair);
        });
    }

    @Test
    void so_many_streams_may_be_open_and_no_more() throws Exception {
        connected((a, pair) -> {
            pair.echoOnFar();
            List<Connection> open = new ArrayList<>();
            Throwable thrown = catchThrowable(() -> {
                while (open.size() < MANY) {
                    Connection stream = pair.near().open();
                    open.add(stream);
                    stream.write(Streams.text("x"));
                    assertThat(Streams.readText(stream, 1)).isEqualTo("x");
                }
            });

            assertFails(Kind.EXHAUSTED, thrown);
            assertThat(open).hasSizeGreaterThanOrEqualTo(100);
            assertThat(pair.near().openStreams()).isEqualTo(open.size());
            assertFails(Kind.EXHAUSTED, () -> pair.near().open());
            Connection other = open.getLast();
            other.write(Streams.text("still carries"));
            assertThat(Streams.readText(other, 13)).isEqualTo("still carries");

            open.getFirst().close();
            eventually(a, () -> pair.near().openStreams() < open.size());
            assertThat(opensAgain(a, pair)).isTrue();
            open.forEach(Connection::close);
            eventually(a, () -> pair.near().openStreams() == 0 && pair.far().openStreams() == 0);
        });
    }

    private static boolean opensAgain(Machine a, MultiplexedPair pair) throws InterruptedException {
        return a.clock().within(LONG, () -> {
            while (true) {
                try (Connection stream = pair.near().open()) {
                    stream.write(Streams.text("again"));
                    return Streams.readText(stream, 5).equals("again");
                } catch (NetworkFailure e) {
                    assertThat(e.kind()).isEqualTo(Kind.EXHAUSTED); // the other side may say later that there is room
                    a.clock().sleep(MOMENT);
                }
            }
        });
    }

    @Test
    void streams_opened_and_reset_in_a_storm_leave_nothing_behind() throws Exception {
        connected((a, pair) -> {
            pair.echoOnFar();
            Boolean _ = a.clock().within(LONG.multipliedBy(2), () -> {
                for (int done = 0; done < MANY; ) {
                    try {
                        Connection stream = pair.near().open();
                        stream.write(Streams.text("x"));
                        stream.reset();
                        done++;
                    } catch (NetworkFailure e) {
                        assertThat(e.kind()).isIn(Kind.EXHAUSTED, Kind.RESET); // also if the other side has had enough
                        a.clock().sleep(MOMENT);
                    }
                }
                return true;
            });

            eventually(a, () -> pair.near().openStreams() == 0 && pair.far().openStreams() == 0);
            assertThat(opensAgain(a, pair)).isTrue();
        });
    }

    @Test
    void a_deadline_around_an_accept_takes_no_stream() throws Exception {
        connected((a, pair) -> {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> a.clock()
                                .within(Duration.ofMillis(1), () -> pair.near().accept()))
                        .isInstanceOf(DeadlineExceeded.class);
            }
            Task<Boolean> far = pair.onFar(() -> {
                try (Connection stream = pair.far().open()) {
                    stream.write(Streams.text("late"));
                }
                return true;
            });

            try (Connection stream = a.clock().within(LONG, () -> pair.near().accept())) {
                assertThat(Streams.readText(stream, 4)).isEqualTo("late");
            }
            assertThat(far.join()).isTrue();
        });
    }

    @Test
    void closing_the_connection_ends_everything_on_it_on_both_sides() throws Exception {
        connected((a, pair) -> {
            Connection reading = pair.near().open();
            reading.write(Streams.text("read"));
            Connection writing = pair.near().open();
            writing.write(Streams.text("write"));
            Task<List<Throwable>> far = pair.onFar(() -> {
                Connection first = pair.far().accept();
                Connection second = pair.far().accept();
                assertThat(Streams.readText(first, 4)).isEqualTo("read");
                assertThat(Streams.readText(second, 5)).isEqualTo("write");
                Throwable end = catchThrowable(() -> Streams.readEnd(first));
                assertThat(pair.far().hasEnded())
                        .as("known before a stream says so")
                        .isTrue();
                return List.of(
                        end,
                        catchThrowable(() -> second.write(Streams.text("x"))),
                        catchThrowable(() -> pair.far().accept()),
                        catchThrowable(() -> pair.far().open()));
            });
            try (Scope scope = a.tasks().open("near")) {
                Task<Throwable> accept = scope.start(
                        "accept", () -> catchThrowable(() -> pair.near().accept()));
                Task<Throwable> read = scope.start("read", () -> catchThrowable(() -> Streams.readEnd(reading)));
                a.clock().sleep(MOMENT.multipliedBy(10));

                assertThat(pair.near().hasEnded()).isFalse();
                pair.near().close();
                pair.near().close();
                assertThat(pair.near().hasEnded()).isTrue();

                assertFails(Kind.CLOSED, accept.join());
                assertFails(Kind.CLOSED, read.join());
            }
            assertFails(Kind.CLOSED, () -> writing.write(Streams.text("x")));
            assertFails(Kind.CLOSED, () -> pair.near().open());
            assertFails(Kind.CLOSED, () -> pair.near().accept());
            assertThat(pair.near().openStreams()).isZero();
            assertThat(a.clock().within(LONG, far::join)).allSatisfy(thrown -> assertFails(Kind.RESET, thrown));
            eventually(a, () -> pair.far().openStreams() == 0);
        });
    }

    @Test
    void a_connection_whose_other_side_falls_silent_ends_and_says_so() throws Exception {
        connected((a, pair) -> {
            pair.echoOnFar();
            assertEchoes(a, pair);
            Connection stream = pair.near().open();
            stream.write(Streams.text("x"));
            assertThat(Streams.readText(stream, 1)).isEqualTo("x");

            pair.silence().run();

            Throwable thrown = a.clock().within(silenceMax(), () -> catchThrowable(() -> Streams.readEnd(stream)));
            assertThat(pair.near().hasEnded()).isTrue();
            assertFails(Kind.TIMED_OUT, thrown);
            assertFails(Kind.TIMED_OUT, () -> pair.near().accept());
            assertFails(Kind.TIMED_OUT, () -> pair.near().open());
            assertThat(pair.near().openStreams()).isZero();
        });
    }

    @Test
    void a_connection_that_nobody_uses_stays() throws Exception {
        connected((a, pair) -> {
            pair.echoOnFar();

            a.clock().sleep(silenceMax().multipliedBy(2));

            assertEchoes(a, pair);
        });
    }
}
