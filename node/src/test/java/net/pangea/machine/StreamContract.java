package net.pangea.machine;

import static net.pangea.machine.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.time.Duration;
import net.pangea.machine.NetworkFailure.Kind;
import org.junit.jupiter.api.Test;

/** What a {@link Connection} promises: order, bounds, and the ways it ends. */
public abstract class StreamContract {
    private static final Duration MOMENT = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofSeconds(30);

    /** {@return what makes the machines} */
    protected abstract MachineFixture fixture();

    /** {@return a connection between two of the fixture's machines; over TCP, unless it is another kind that is to keep this} */
    protected Pair connect(MachineFixture fixture, Machine a, Machine b) throws InterruptedException {
        return Pair.connect(fixture, a, b);
    }

    /** A test of two machines with a connection between them. */
    @FunctionalInterface
    private interface Connected {
        void run(Machine a, Machine b, Pair pair) throws Exception;
    }

    private void connected(Connected test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> {
            try (Pair pair = connect(fixture, a, b)) {
                test.run(a, b, pair);
            }
        });
    }

    @Test
    void both_ends_name_the_same_two_endpoints() throws Exception {
        connected((a, b, pair) -> {
            assertThat(pair.near().local()).isEqualTo(pair.far().remote());
            assertThat(pair.near().remote()).isEqualTo(pair.far().local());
            assertThat(pair.near().local()).isNotEqualTo(pair.near().remote());
        });
    }

    @Test
    void what_is_written_comes_back_from_an_echo() throws Exception {
        connected((a, b, pair) -> {
            Task<Long> echo = pair.onFar(() -> Streams.echo(pair.far()));

            pair.near().write(Streams.text("hello"));
            assertThat(Streams.readText(pair.near(), 5)).isEqualTo("hello");
            pair.near().write(Streams.text(", world"));
            pair.near().closeOutput();

            assertThat(Streams.readText(pair.near(), 7)).isEqualTo(", world");
            assertThat(Streams.readEnd(pair.near())).isEqualTo(-1);
            assertThat(Streams.readEnd(pair.near())).as("the end stays").isEqualTo(-1);
            assertThat(echo.join()).isEqualTo(12);
        });
    }

    @Test
    void a_large_transfer_to_a_slow_reader_arrives_whole() throws Exception {
        connected((a, b, pair) -> {
            byte[] sent = Streams.pattern(4 << 20, 1);
            Task<byte[]> reader = pair.onFar(() -> {
                ByteBuffer target = ByteBuffer.allocateDirect(sent.length);
                while (target.hasRemaining()) {
                    target.limit(Math.min(target.capacity(), target.position() + 64 * 1024));
                    assertThat(pair.far().read(target)).isPositive();
                    target.limit(target.capacity());
                    b.clock().sleep(Duration.ofMillis(1));
                }
                byte[] received = new byte[sent.length];
                target.flip().get(received);
                return received;
            });

            pair.near().write(ByteBuffer.wrap(sent));

            assertThat(reader.join()).isEqualTo(sent);
        });
    }

    @Test
    void both_directions_carry_at_once() throws Exception {
        connected((a, b, pair) -> {
            byte[] there = Streams.pattern(1 << 20, 2);
            byte[] back = Streams.pattern(1 << 20, 3);
            Task<Boolean> farWriter = pair.onFar(() -> {
                pair.far().write(ByteBuffer.wrap(back));
                return true;
            });
            Task<byte[]> farReader = pair.onFar(() -> Streams.readFully(pair.far(), there.length));
            try (Scope near = a.tasks().open("near")) {
                Task<byte[]> nearReader = near.start("read", () -> Streams.readFully(pair.near(), back.length));

                pair.near().write(ByteBuffer.wrap(there));

                assertThat(nearReader.join()).isEqualTo(back);
                assertThat(farReader.join()).isEqualTo(there);
                assertThat(farWriter.join()).isTrue();
            }
        });
    }

    @Test
    void a_writer_waits_for_the_reader() throws Exception {
        connected((a, b, pair) -> {
            try (Scope near = a.tasks().open("near")) {
                Task<Boolean> writer = near.start("write", () -> {
                    pair.near().write(ByteBuffer.allocate(Streams.MORE_THAN_FITS_BYTES));
                    pair.near().closeOutput();
                    return true;
                });

                a.clock().sleep(Duration.ofMillis(500));
                assertThat(writer.state()).isEqualTo(Task.State.RUNNING);

                Task<Long> reader = pair.onFar(() -> Streams.drain(pair.far()));
                assertThat(writer.join()).isTrue();
                assertThat(reader.join()).isEqualTo(Streams.MORE_THAN_FITS_BYTES);
            }
        });
    }

    @Test
    void a_read_takes_what_is_there_up_to_the_targets_room() throws Exception {
        connected((a, b, pair) -> {
            pair.near().write(Streams.text("abcdef"));

            Task<String> far = pair.onFar(() -> {
                ByteBuffer none = ByteBuffer.allocate(0);
                assertThat(pair.far().read(none)).isZero();
                ByteBuffer middle = ByteBuffer.allocate(10).position(3).limit(5);
                while (middle.hasRemaining()) {
                    assertThat(pair.far().read(middle)).isBetween(1, 2);
                }
                assertThat(middle.get(3)).isEqualTo((byte) 'a');
                assertThat(middle.get(4)).isEqualTo((byte) 'b');
                assertThat(middle.get(2)).isZero();
                return Streams.readText(pair.far(), 4);
            });

            assertThat(far.join()).isEqualTo("cdef");
        });
    }

    @Test
    void any_kind_of_buffer_is_written_from_its_position_to_its_limit() throws Exception {
        connected((a, b, pair) -> {
            ByteBuffer direct = ByteBuffer.allocateDirect(16)
                    .put(Streams.text("..direct.."))
                    .position(2)
                    .limit(8);
            ByteBuffer sliced = Streams.text("..sliced..").slice(2, 6);
            ByteBuffer readOnly =
                    Streams.text("..asheap..").asReadOnlyBuffer().position(2).limit(8);

            pair.near().write(direct);
            pair.near().write(sliced);
            pair.near().write(readOnly);
            pair.near().write(ByteBuffer.allocate(0));

            assertThat(direct.hasRemaining() || sliced.hasRemaining() || readOnly.hasRemaining())
                    .isFalse();
            assertThat(pair.onFar(() -> Streams.readText(pair.far(), 18)).join())
                    .isEqualTo("directslicedasheap");
        });
    }

    @Test
    void after_a_half_close_the_other_direction_still_carries() throws Exception {
        connected((a, b, pair) -> {
            Task<String> far = pair.onFar(() -> {
                String request = Streams.readText(pair.far(), 7);
                assertThat(Streams.readEnd(pair.far())).isEqualTo(-1);
                pair.far().write(Streams.text("answer"));
                pair.far().closeOutput();
                return request;
            });

            pair.near().write(Streams.text("request"));
            pair.near().closeOutput();
            pair.near().closeOutput();

            assertThat(Streams.readText(pair.near(), 6)).isEqualTo("answer");
            assertThat(Streams.readEnd(pair.near())).isEqualTo(-1);
            assertThat(far.join()).isEqualTo("request");
            assertFails(Kind.CLOSED, () -> pair.near().write(Streams.text("more")));
        });
    }

    @Test
    void a_reset_breaks_both_ends() throws Exception {
        connected((a, b, pair) -> {
            Task<Throwable> waiting = pair.onFar(() -> catchThrowable(() -> Streams.readEnd(pair.far())));

            pair.near().reset();
            pair.near().reset();

            assertFails(Kind.RESET, waiting.join());
            Task<Throwable> write =
                    pair.onFar(() -> catchThrowable(() -> pair.far().write(Streams.text("x"))));
            assertFails(Kind.RESET, write.join());
            assertFails(Kind.CLOSED, () -> Streams.readEnd(pair.near()));
            assertFails(Kind.CLOSED, () -> pair.near().write(Streams.text("x")));
        });
    }

    @Test
    void a_reset_wakes_a_writer_that_waits_for_room() throws Exception {
        connected((a, b, pair) -> {
            Task<Throwable> writer = pair.onFar(
                    () -> catchThrowable(() -> pair.far().write(ByteBuffer.allocate(Streams.MORE_THAN_FITS_BYTES))));
            a.clock().sleep(MOMENT.multipliedBy(10));

            pair.near().reset();

            assertFails(Kind.RESET, writer.join());
        });
    }

    @Test
    void what_was_written_before_a_close_is_still_delivered() throws Exception {
        connected((a, b, pair) -> {
            byte[] sent = Streams.pattern(1 << 20, 4);
            Task<byte[]> reader = pair.onFar(() -> {
                ByteBuffer received = ByteBuffer.allocate(sent.length);
                while (received.hasRemaining()) { // slowly, so that much is under way when the other side closes
                    received.put(Streams.readFully(pair.far(), Math.min(16 * 1024, received.remaining())));
                    b.clock().sleep(Duration.ofMillis(1));
                }
                assertThat(Streams.readEnd(pair.far())).isEqualTo(-1);
                return received.array();
            });

            pair.near().write(ByteBuffer.wrap(sent));
            pair.near().close();
            pair.near().close();

            assertThat(reader.join()).isEqualTo(sent);
            assertFails(Kind.CLOSED, () -> Streams.readEnd(pair.near()));
            assertFails(Kind.CLOSED, () -> pair.near().write(Streams.text("x")));
        });
    }

    @Test
    void last_words_are_delivered_although_the_other_side_was_not_listened_to() throws Exception {
        connected((a, b, pair) -> {
            Task<Boolean> request = pair.onFar(() -> {
                pair.far().write(ByteBuffer.allocate(10_000));
                return true;
            });
            assertThat(request.join()).isTrue();
            a.clock().sleep(MOMENT.multipliedBy(5)); // it has arrived, and nobody reads it

            pair.near().write(Streams.text("too large"));
            pair.near().close();

            Task<Throwable> writes = pair.onFar(() -> {
                assertThat(Streams.readText(pair.far(), 9)).isEqualTo("too large");
                return catchThrowable(() -> {
                    while (true) { // until the close has been noticed
                        pair.far().write(Streams.text("still there?"));
                        b.clock().sleep(MOMENT);
                    }
                });
            });
            assertFails(Kind.RESET, writes.join());
        });
    }

    @Test
    void closing_a_connection_wakes_its_own_reader_and_writer() throws Exception {
        connected((a, b, pair) -> {
            try (Scope near = a.tasks().open("near")) {
                Task<Throwable> reader = near.start("read", () -> catchThrowable(() -> Streams.readEnd(pair.near())));
                Task<Throwable> writer = near.start(
                        "write",
                        () -> catchThrowable(
                                () -> pair.near().write(ByteBuffer.allocate(Streams.MORE_THAN_FITS_BYTES))));
                byte[] first =
                        pair.onFar(() -> Streams.readFully(pair.far(), 1)).join();
                assertThat(first).as("the write has begun").containsExactly(0);

                pair.near().close();

                assertFails(Kind.CLOSED, reader.join());
                assertFails(Kind.CLOSED, writer.join());
                Task<Throwable> far = pair.onFar(() -> catchThrowable(() -> Streams.drain(pair.far())));
                assertFails(Kind.RESET, far.join()); // a message cut short does not look like the end
            }
        });
    }

    @Test
    void a_deadline_around_a_read_takes_no_byte() throws Exception {
        connected((a, b, pair) -> {
            for (int i = 0; i < 20; i++) {
                assertThatThrownBy(() -> a.clock().within(Duration.ofMillis(1), () -> Streams.readEnd(pair.near())))
                        .isInstanceOf(DeadlineExceeded.class);
            }

            Task<Boolean> far = pair.onFar(() -> {
                pair.far().write(Streams.text("late"));
                return true;
            });

            assertThat(Streams.readText(pair.near(), 4)).isEqualTo("late");
            assertThat(far.join()).isTrue();
            pair.near().write(Streams.text("and back"));
            assertThat(pair.onFar(() -> Streams.readText(pair.far(), 8)).join()).isEqualTo("and back");
        });
    }

    @Test
    void deadlines_that_race_with_arrivals_lose_nothing() throws Exception {
        connected((a, b, pair) -> {
            byte[] sent = Streams.pattern(300, 5);
            Task<Boolean> far = pair.onFar(() -> {
                for (byte each : sent) {
                    pair.far().write(ByteBuffer.wrap(new byte[] {each}));
                    b.clock().sleep(Duration.ofMillis(1));
                }
                return true;
            });
            ByteBuffer target = ByteBuffer.allocate(sent.length);

            while (target.hasRemaining()) {
                try {
                    int count = a.clock()
                            .within(Duration.ofMillis(1), () -> pair.near().read(target));
                    assertThat(count).isPositive();
                } catch (DeadlineExceeded e) {
                    assertThat(Thread.currentThread().isInterrupted()).isFalse();
                }
            }

            assertThat(target.array()).isEqualTo(sent);
            assertThat(far.join()).isTrue();
        });
    }

    @Test
    void a_write_cut_half_way_resets_the_stream() throws Exception {
        connected((a, b, pair) -> {
            ByteBuffer source = ByteBuffer.allocate(Streams.MORE_THAN_FITS_BYTES);

            assertThatThrownBy(() -> a.clock().within(MOMENT.multipliedBy(10), () -> {
                        pair.near().write(source);
                        return true;
                    }))
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasCauseInstanceOf(InterruptedException.class);

            assertThat(source.position()).isBetween(1, source.limit() - 1);
            assertFails(Kind.CLOSED, () -> pair.near().write(Streams.text("x")));
            Task<Throwable> far = pair.onFar(() -> catchThrowable(() -> Streams.drain(pair.far())));
            assertFails(Kind.RESET, far.join());
        });
    }

    @Test
    void calls_that_are_interrupted_before_they_begin_leave_the_connection_as_it_was() throws Exception {
        connected((a, b, pair) -> {
            ByteBuffer source = Streams.text("first");
            pair.onFar(() -> {
                        pair.far().write(Streams.text("there"));
                        return true;
                    })
                    .join();

            Thread.currentThread().interrupt();
            assertThat(catchThrowable(() -> pair.near().write(source))).isInstanceOf(InterruptedException.class);
            Thread.currentThread().interrupt();
            assertThat(catchThrowable(() -> Streams.readEnd(pair.near()))).isInstanceOf(InterruptedException.class);

            assertThat(source.position()).isZero();
            pair.near().write(source);
            assertThat(pair.onFar(() -> Streams.readText(pair.far(), 5)).join()).isEqualTo("first");
            assertThat(Streams.readText(pair.near(), 5)).isEqualTo("there");
        });
    }

    @Test
    void a_cancelled_reader_leaves_the_connection_to_others() throws Exception {
        connected((a, b, pair) -> {
            try (Scope near = a.tasks().open("near")) {
                Task<Integer> reader = near.start("read", () -> Streams.readEnd(pair.near()));
                a.clock().sleep(MOMENT);
                reader.cancel();
                assertThat(catchThrowable(reader::join)).hasCauseInstanceOf(InterruptedException.class);
            }
            Task<Long> echo = pair.onFar(() -> Streams.echo(pair.far()));

            pair.near().write(Streams.text("ping"));

            assertThat(a.clock().within(LONG, () -> Streams.readText(pair.near(), 4)))
                    .isEqualTo("ping");
            pair.near().closeOutput();
            assertThat(echo.join()).isEqualTo(4);
        });
    }
}
