package net.pangea.libp2p.yamux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import net.pangea.libp2p.yamux.YamuxEnd.Reason;
import net.pangea.machine.Connection;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.NetworkFailure.Kind;
import net.pangea.machine.Scope;
import net.pangea.machine.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The session around the multiplexer: its two tasks, its ends, and a transport that gets stuck. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class YamuxSessionTest {
    private static final int LINE_BYTES = 10_000;

    private final MemoryConnection.Ends line = MemoryConnection.pair(LINE_BYTES);
    private final YamuxSession near = YamuxSession.dialer(line.near(), YamuxLimits.DEFAULT);
    private final YamuxSession far = YamuxSession.listener(line.far(), YamuxLimits.DEFAULT);

    /** A test with a scope for tasks, which ends with it. */
    @FunctionalInterface
    private interface Scoped {
        void run(Scope scope) throws Exception;
    }

    private static void scoped(Scoped test) throws Exception {
        try (Scope scope = scope()) {
            test.run(scope);
        }
    }

    static Scope scope() {
        return new Scope("test", (name, body) -> Thread.ofVirtual().name(name).unstarted(body));
    }

    private static Task<YamuxEnd> start(YamuxSession session, Scope scope) {
        return scope.start("session", () -> session.run(scope));
    }

    private static void send(Connection line, Frame... frames) throws InterruptedException {
        for (Frame frame : frames) {
            ByteBuffer bytes = ByteBuffer.allocate(Frame.BYTES);
            frame.encode(bytes);
            line.write(bytes.flip());
        }
    }

    private static Frame receive(Connection line) throws InterruptedException {
        ByteBuffer bytes = ByteBuffer.allocate(Frame.BYTES);
        while (bytes.hasRemaining()) {
            assertThat(line.read(bytes)).isPositive();
        }
        return Frame.decode(bytes.flip());
    }

    private static Kind kindOf(Throwable thrown) {
        assertThat(thrown).isInstanceOf(NetworkFailure.class);
        return ((NetworkFailure) thrown).kind();
    }

    @Test
    void two_sides_that_both_write_more_than_the_line_holds_do_not_wait_for_each_other() throws Exception {
        scoped(scope -> {
            Task<YamuxEnd> _ = start(near, scope);
            Task<YamuxEnd> _ = start(far, scope);
            int bytes = 3 << 20;
            for (int i = 0; i < 5; i++) {
                Connection nearEnd = near.open();
                nearEnd.write(ByteBuffer.allocate(1));
                Connection farEnd = far.accept();
                for (Connection end : new Connection[] {nearEnd, farEnd}) {
                    // Each writes everything before it reads anything but for another task that reads.
                    Task<Boolean> _ = scope.start("write", () -> {
                        end.write(ByteBuffer.allocate(bytes));
                        end.closeOutput();
                        return true;
                    });
                    Task<Boolean> _ = scope.start("read", () -> {
                        ByteBuffer waste = ByteBuffer.allocate(1 << 16);
                        while (end.read(waste.clear()) >= 0) {
                            assertThat(waste.position()).isPositive();
                        }
                        return true;
                    });
                }
            }

            while (near.openStreams() > 0 || far.openStreams() > 0) {
                Thread.onSpinWait();
            }
            assertThat(near.unreadBytes()).isZero();
        });
    }

    @Test
    void pings_are_answered_while_a_writer_is_stuck() throws Exception {
        scoped(scope -> {
            Task<YamuxEnd> _ = start(near, scope);
            Connection stream = near.open();
            Task<Throwable> writer =
                    scope.start("write", () -> catchThrowable(() -> stream.write(ByteBuffer.allocate(1 << 20))));
            ByteBuffer waste = ByteBuffer.allocate(1 << 16);
            int window = ReceiveWindow.INITIAL_BYTES;
            int taken = 0;
            while (taken < window) { // read what the window allows, grant nothing more
                Frame frame = receive(line.far());
                ByteBuffer data = ByteBuffer.allocate((int) frame.length());
                while (data.hasRemaining()) {
                    assertThat(line.far().read(data)).isPositive();
                }
                taken += (int) frame.length();
            }
            assertThat(taken).isEqualTo(window);
            assertThat(waste.hasRemaining()).isTrue();

            send(line.far(), new Frame(FrameType.PING, Frame.SYN, 0, 42));

            assertThat(receive(line.far())).isEqualTo(new Frame(FrameType.PING, Frame.ACK, 0, 42));
            assertThat(writer.state()).isEqualTo(Task.State.RUNNING);
        });
    }

    @Test
    void a_side_that_does_not_read_its_line_stops_writers_and_is_given_up_once_it_is_silent() throws Exception {
        scoped(scope -> {
            Task<YamuxEnd> session = start(near, scope);
            Connection stream = near.open();
            Task<Throwable> writer =
                    scope.start("write", () -> catchThrowable(() -> stream.write(ByteBuffer.allocate(1 << 20))));
            send(line.far(), new Frame(FrameType.PING, Frame.SYN, 0, 1));

            while (near.ended().isEmpty()) { // the ping is heard between any two of the first beats
                near.beat();
            }

            assertThat(kindOf(writer.join())).isEqualTo(Kind.TIMED_OUT);
            assertThat(session.join().reason()).isEqualTo(Reason.TIMED_OUT);
            assertThat(line.near().isClosed()).isTrue();
        });
    }

    @Test
    void garbage_is_answered_with_a_reason_and_ends_the_session() throws Exception {
        scoped(scope -> {
            Task<YamuxEnd> session = start(near, scope);
            Task<Throwable> accept = scope.start("accept", () -> catchThrowable(near::accept));

            line.far()
                    .write(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));

            assertThat(receive(line.far())).isEqualTo(new Frame(FrameType.GO_AWAY, 0, 0, 1));
            assertThat(line.far().read(ByteBuffer.allocate(1))).isEqualTo(-1);
            YamuxEnd end = session.join();
            assertThat(end.reason()).isEqualTo(Reason.BAD_VERSION);
            assertThat(end.reason().isViolation()).isTrue();
            assertThat(end).hasToString("bad version: a frame of version 71");
            assertThat(kindOf(accept.join())).isEqualTo(Kind.RESET);
            assertThat(near.ended()).contains(end);
        });
    }

    @Test
    void who_closes_says_so_and_the_other_side_counts_it_as_gone() throws Exception {
        scoped(scope -> {
            Task<YamuxEnd> nearEnd = start(near, scope);
            Task<YamuxEnd> farEnd = start(far, scope);

            near.close();

            assertThat(nearEnd.join().reason()).isEqualTo(Reason.CLOSED);
            assertThat(farEnd.join().reason()).isEqualTo(Reason.GONE_AWAY);
            assertThat(line.near().isClosed()).isTrue();
            assertThat(line.far().isClosed()).isTrue();
        });
    }

    @Test
    void a_close_that_cannot_be_said_is_cut_short_by_beats() throws Exception {
        scoped(scope -> {
            Task<YamuxEnd> session = start(near, scope);
            Connection stream = near.open();
            Task<Throwable> _ =
                    scope.start("write", () -> catchThrowable(() -> stream.write(ByteBuffer.allocate(1 << 20))));
            assertThat(receive(line.far()).has(Frame.SYN)).isTrue(); // and no more of it

            near.close();
            near.beat();
            near.beat();

            assertThat(session.join().reason()).isEqualTo(Reason.CLOSED);
            assertThat(kindOf(catchThrowable(() -> {
                        while (line.far().read(ByteBuffer.allocate(1 << 16)) >= 0) {
                            assertThat(line.far().isClosed()).isFalse();
                        }
                    })))
                    .isEqualTo(Kind.RESET);
        });
    }

    @Test
    void a_cancelled_session_leaves_nobody_waiting() throws Exception {
        scoped(scope -> {
            Task<YamuxEnd> session = start(near, scope);
            Connection stream = near.open();
            Task<Throwable> reader =
                    scope.start("read", () -> catchThrowable(() -> stream.read(ByteBuffer.allocate(1))));
            assertThat(receive(line.far())).isEqualTo(new Frame(FrameType.WINDOW_UPDATE, Frame.SYN, 1, 0));

            session.cancel();

            assertThat(kindOf(reader.join())).isEqualTo(Kind.CLOSED);
            assertThat(near.ended().orElseThrow().reason()).isEqualTo(Reason.CANCELLED);
            assertThat(line.near().isClosed()).isTrue();
        });
    }

    @Test
    void a_transport_that_breaks_or_ends_ends_the_session() throws Exception {
        scoped(scope -> {
            Task<YamuxEnd> nearEnd = start(near, scope);
            line.far().reset();
            assertThat(nearEnd.join().reason()).isEqualTo(Reason.TRANSPORT);
        });
        scoped(scope -> {
            MemoryConnection.Ends other = MemoryConnection.pair(LINE_BYTES);
            Task<YamuxEnd> end = start(YamuxSession.dialer(other.near(), YamuxLimits.DEFAULT), scope);
            other.far().close();
            assertThat(end.join().reason()).isEqualTo(Reason.GONE_AWAY);
        });
        scoped(scope -> {
            MemoryConnection.Ends other = MemoryConnection.pair(LINE_BYTES);
            Task<YamuxEnd> end = start(YamuxSession.dialer(other.near(), YamuxLimits.DEFAULT), scope);
            other.far().write(ByteBuffer.allocate(5));
            other.far().close();
            assertThat(end.join().reason()).isEqualTo(Reason.TRANSPORT);
        });
    }

    @Test
    void a_session_that_was_closed_before_it_ran_ends_at_once() throws Exception {
        near.close();
        assertThat(line.near().isClosed()).isTrue();
        scoped(scope -> assertThat(start(near, scope).join().reason()).isEqualTo(Reason.CLOSED));
    }

    @Test
    void a_session_runs_once() throws Exception {
        scoped(scope -> {
            Task<YamuxEnd> first = start(near, scope);
            line.far().close();
            assertThat(first.join().reason()).isEqualTo(Reason.GONE_AWAY);
            assertThatThrownBy(() -> near.run(scope)).isInstanceOf(IllegalStateException.class);
        });
    }

    @Test
    void a_complete_answer_can_be_read_after_the_other_side_has_gone() throws Exception {
        scoped(scope -> {
            Task<YamuxEnd> nearEnd = start(near, scope);
            Task<YamuxEnd> _ = start(far, scope);
            Connection question = near.open();
            question.write(ByteBuffer.allocate(1));
            Connection asked = far.accept();
            asked.write(ByteBuffer.allocate(1000));
            asked.closeOutput();
            far.close();
            assertThat(nearEnd.join().reason()).isEqualTo(Reason.GONE_AWAY);

            ByteBuffer answer = ByteBuffer.allocate(2000);
            assertThat(question.read(answer)).isEqualTo(1000);
            assertThat(question.read(answer)).isEqualTo(-1);
        });
    }
}
