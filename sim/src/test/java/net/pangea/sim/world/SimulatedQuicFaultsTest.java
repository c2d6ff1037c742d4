package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.pangea.machine.Connection;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Identities;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.RandomStream;
import net.pangea.machine.SecureConnection;
import net.pangea.sim.engine.Limits;
import net.pangea.sim.engine.Policy;
import net.pangea.sim.engine.Simulation;
import net.pangea.sim.network.Fabric;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.world.Stage.Deed;
import org.junit.jupiter.api.Test;

/** What QUIC is like over a network with latency, losses, cuts and crashes. */
class SimulatedQuicFaultsTest {
    private static final int PORT = 4001;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(1);

    /** Of the settings. */
    private static final Duration IDLE = QuicSettings.IDLE_TIMEOUT;

    private static final LinkProfile LOSSY = new LinkProfile(
            random -> 1_000_000 + random.nextLong(4_000_000), Sampler.NONE, 0, 0, Long.MAX_VALUE, 20_000, 0, 0);

    /** Two machines, a socket of each, and a connection between them, which a's has dialled. */
    private record Cast(
            Stage stage,
            Host a,
            Machine onA,
            Host b,
            QuicSocket nearSocket,
            SecureConnection near,
            SecureConnection far) {

        static Cast of(Stage stage, LinkProfile link) throws Exception {
            Host a = stage.add("a", link);
            Host b = stage.add("b", link);
            Machine onA = a.start();
            Machine onB = b.start();
            QuicSocket farSocket =
                    onB.network().quic(at(b), Identities.of("b"), QuicSettings.DEFAULT, QuicAdmission.ALL);
            Deed<SecureConnection> far = stage.begin(b, "accept", farSocket::accept);
            QuicSocket nearSocket =
                    onA.network().quic(at(a), Identities.of("a"), QuicSettings.DEFAULT, QuicAdmission.ALL);
            Deed<SecureConnection> near = stage.begin(a, "dial", () -> nearSocket.dial(farSocket.local()));
            return new Cast(stage, a, onA, b, nearSocket, near.await(), far.await());
        }

        /** Echoes every stream that a opens. */
        void echo() {
            Deed<Boolean> _ = stage.begin(b, "echo", () -> {
                while (true) {
                    Connection stream = far.accept();
                    Deed<Boolean> _ = stage.begin(b, "stream", () -> echo(stream));
                }
            });
        }

        private static boolean echo(Connection stream) throws InterruptedException {
            ByteBuffer buffer = ByteBuffer.allocate(8_192);
            while (stream.read(buffer.clear()) >= 0) {
                stream.write(buffer.flip());
            }
            stream.close();
            return true;
        }

        /** {@return how long it takes until all of {@code sent} has come back from an echo} */
        Deed<Duration> exchange(byte[] sent) {
            return stage.begin(a, "exchange", () -> {
                long before = stage.now();
                Connection stream = near.open();
                Deed<Boolean> _ = stage.begin(a, "write", () -> {
                    stream.write(ByteBuffer.wrap(sent));
                    stream.closeOutput();
                    return true;
                });
                ByteBuffer back = ByteBuffer.allocate(sent.length + 1);
                while (stream.read(back) >= 0) {
                    assertThat(back.position()).isLessThanOrEqualTo(sent.length);
                }
                assertThat(back.position()).isEqualTo(sent.length);
                assertThat(back.slice(0, sent.length)).isEqualTo(ByteBuffer.wrap(sent));
                return Duration.ofNanos(stage.now() - before);
            });
        }

        List<Fabric.Cut> cutBothWays() {
            Fabric fabric = stage.world().fabric();
            return List.of(
                    fabric.cut(List.of(a.nic()), List.of(b.nic())), fabric.cut(List.of(b.nic()), List.of(a.nic())));
        }
    }

    private static Endpoint at(Host host) {
        return new Endpoint(host.nic().address(), PORT);
    }

    private static LinkProfile ideal() {
        return LinkProfile.ideal(Sampler.constant(Stage.LATENCY.toNanos()));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RandomStream.of(1, "bytes").fill(bytes);
        return bytes;
    }

    private static void assertFails(NetworkFailure.Kind kind, Deed<?> deed) throws InterruptedException {
        assertThat(deed.awaitFailure())
                .isInstanceOfSatisfying(
                        NetworkFailure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @Test
    void a_handshake_takes_one_round_trip() throws Exception {
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, ideal());
            long before = stage.now();

            Deed<SecureConnection> second = stage.begin(
                    cast.a(), "dial", () -> cast.nearSocket().dial(cast.far().local()));
            SecureConnection _ = second.await();

            assertThat(Duration.ofNanos(second.endedAt() - before))
                    .isBetween(
                            Stage.LATENCY.multipliedBy(2),
                            Stage.LATENCY.multipliedBy(2).plus(MOMENT));
        });
    }

    @Test
    void a_handshake_survives_losses() throws Exception {
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, LOSSY);
            cast.a().nic().lossy(300_000);
            int made = 0;
            for (int i = 0; i < 50; i++) {
                Deed<SecureConnection> dial = stage.begin(
                        cast.a(),
                        "dial",
                        () -> cast.nearSocket().dial(cast.far().local()));
                while (!dial.hasEnded()) {
                    stage.sleep(MOMENT);
                }
                try {
                    dial.await().close();
                    made++;
                } catch (NetworkFailure e) {
                    assertThat(e.kind()).isEqualTo(NetworkFailure.Kind.TIMED_OUT);
                }
            }

            assertThat(made).isGreaterThan(40);
        });
    }

    @Test
    void losses_make_a_stream_late_and_change_nothing_in_it() throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            Stage.play(seed, stage -> {
                Cast cast = Cast.of(stage, LOSSY);
                cast.echo();
                List<Deed<Duration>> exchanges = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    exchanges.add(cast.exchange(bytes(1 + 30_000 * i)));
                }
                for (Deed<Duration> exchange : exchanges) {
                    assertThat(exchange.await()).isPositive();
                }
                stage.sleep(SECOND.multipliedBy(11));
                assertThat(cast.near().openStreams()).isZero();
                assertThat(cast.far().openStreams()).isZero();
            });
        }
    }

    @Test
    void a_loss_on_one_stream_delays_no_other() throws Exception {
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, ideal());
            cast.echo();
            cast.a().nic().lossy(1_000_000);
            Deed<Duration> late = cast.exchange(bytes(1));
            stage.sleep(Duration.ofNanos(100_000));
            cast.a().nic().lossy(0);

            Deed<Duration> other = cast.exchange(bytes(1));

            assertThat(other.await()).isLessThan(Stage.LATENCY.multipliedBy(3));
            assertThat(late.await()).isGreaterThan(Stage.LATENCY.multipliedBy(4));
        });
    }

    @Test
    void bytes_take_the_time_that_the_uplink_needs() throws Exception {
        LinkProfile link = new LinkProfile(
                Sampler.constant(Stage.LATENCY.toNanos()), Sampler.NONE, 1_000_000, 0, Long.MAX_VALUE, 0, 0, 0);
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, link);
            cast.echo();

            Duration took = cast.exchange(bytes(2_000_000)).await();

            assertThat(took).isBetween(SECOND.multipliedBy(2), SECOND.multipliedBy(3));
        });
    }

    @Test
    void bytes_take_the_time_that_the_downlink_needs_also_the_first() throws Exception {
        LinkProfile link = new LinkProfile(
                Sampler.constant(Stage.LATENCY.toNanos()), Sampler.NONE, 0, 1_000_000, Long.MAX_VALUE, 0, 0, 0);
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, link);
            cast.echo();
            long before = stage.now();

            Deed<SecureConnection> second = stage.begin(
                    cast.a(), "dial", () -> cast.nearSocket().dial(cast.far().local()));
            SecureConnection _ = second.await();
            Duration small = cast.exchange(bytes(1_000)).await();
            Duration large = cast.exchange(bytes(2_000_000)).await();

            assertThat(Duration.ofNanos(second.endedAt() - before)) // 1,200 bytes there, 1,800 back
                    .isBetween(Stage.LATENCY.multipliedBy(5), Stage.LATENCY.multipliedBy(6));
            assertThat(small).isBetween(Stage.LATENCY.multipliedBy(4), Stage.LATENCY.multipliedBy(6));
            assertThat(large).isBetween(SECOND.multipliedBy(2), SECOND.multipliedBy(3));
        });
    }

    @Test
    void a_process_that_is_paused_for_a_while_answers_afterwards() throws Exception {
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, ideal());
            cast.echo();
            cast.b().pause();
            Deed<Duration> exchange = cast.exchange(bytes(100_000));
            Deed<SecureConnection> dial = stage.begin(
                    cast.a(), "dial", () -> cast.nearSocket().dial(cast.far().local()));
            stage.sleep(SECOND.multipliedBy(4));
            assertThat(exchange.hasEnded()).isFalse();
            assertThat(dial.hasEnded()).isFalse();

            cast.b().resume();

            assertThat(exchange.await())
                    .isBetween(SECOND.multipliedBy(4), SECOND.multipliedBy(4).plusMillis(50));
            SecureConnection _ = dial.await();
            assertThat(Duration.ofNanos(dial.endedAt() - exchange.endedAt()).abs())
                    .isLessThan(Duration.ofMillis(50));
        });
    }

    @Test
    void of_a_process_that_is_paused_for_long_the_other_side_hears_nothing_and_so_does_it_when_it_goes_on()
            throws Exception {
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, ideal());
            Deed<Connection> near = stage.begin(cast.a(), "accept", cast.near()::accept);
            Deed<Connection> far = stage.begin(cast.b(), "accept", cast.far()::accept);
            long before = stage.now();
            cast.b().pause();

            assertFails(NetworkFailure.Kind.TIMED_OUT, near);
            assertThat(Duration.ofNanos(near.endedAt() - before))
                    .isBetween(IDLE, IDLE.plus(QuicSettings.KEEP_ALIVE).plus(SECOND));
            assertThat(far.hasEnded()).isFalse();
            long resumed = stage.now();
            cast.b().resume();

            // It reads signs that came meanwhile, and then no more.
            assertFails(NetworkFailure.Kind.TIMED_OUT, far);
            assertThat(Duration.ofNanos(far.endedAt() - resumed))
                    .isBetween(IDLE, IDLE.plus(QuicSettings.KEEP_ALIVE).plus(SECOND));
        });
    }

    @Test
    void a_process_that_is_told_of_the_end_while_it_is_paused_learns_it_afterwards_and_a_crash_forgets()
            throws Exception {
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, ideal());
            cast.b().pause();
            cast.near().close();
            stage.sleep(SECOND);
            assertThat(stage.world().fabric().open(cast.b().nic())).hasSize(2);

            cast.b().resume();
            stage.sleep(MOMENT);
            assertThat(stage.world().fabric().open(cast.b().nic())).hasSize(1);

            cast.b().pause();
            Deed<SecureConnection> dial = stage.begin(
                    cast.a(), "dial", () -> cast.nearSocket().dial(cast.far().local()));
            stage.sleep(SECOND);
            cast.b().crash(false);
            Machine _ = cast.b().start();
            assertFails(NetworkFailure.Kind.TIMED_OUT, dial);
        });
    }

    @Test
    void a_cut_shorter_than_the_idle_timeout_is_a_delay() throws Exception {
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, ideal());
            cast.echo();
            List<Fabric.Cut> cuts = cast.cutBothWays();
            Deed<Duration> exchange = cast.exchange(bytes(100_000));
            stage.sleep(SECOND.multipliedBy(4));
            assertThat(exchange.hasEnded()).isFalse();

            cuts.forEach(stage.world().fabric()::heal);

            assertThat(exchange.await()).isBetween(SECOND.multipliedBy(4), SECOND.multipliedBy(9));
        });
    }

    @Test
    void a_cut_longer_than_the_idle_timeout_ends_the_connection_on_both_sides() throws Exception {
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, ideal());
            Deed<Connection> near = stage.begin(cast.a(), "accept", cast.near()::accept);
            Deed<Connection> far = stage.begin(cast.b(), "accept", cast.far()::accept);
            long before = stage.now();

            List<Fabric.Cut> _ = cast.cutBothWays();

            assertFails(NetworkFailure.Kind.TIMED_OUT, near);
            assertFails(NetworkFailure.Kind.TIMED_OUT, far);
            assertThat(Duration.ofNanos(far.endedAt() - before))
                    .isBetween(IDLE, IDLE.plus(QuicSettings.KEEP_ALIVE).plus(SECOND));
        });
    }

    @Test
    void a_process_that_crashes_is_silent_as_one_without_power() throws Exception {
        for (boolean power : List.of(false, true)) {
            Stage.play(stage -> {
                Cast cast = Cast.of(stage, ideal());
                Deed<Connection> near = stage.begin(cast.a(), "accept", cast.near()::accept);

                cast.b().crash(power);
                Machine _ = cast.b().start();

                assertFails(NetworkFailure.Kind.TIMED_OUT, near);
                assertThat(stage.world().fabric().open(cast.b().nic())).isEmpty();
            });
        }
    }

    @Test
    void a_device_on_the_way_cannot_reset_it() throws Exception {
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, ideal());
            cast.echo();

            stage.world().fabric().resetConnections(cast.b().nic());

            assertThat(cast.exchange(bytes(10)).await()).isPositive();
        });
    }

    @Test
    void what_is_open_is_listed_and_what_is_closed_is_not() throws Exception {
        Stage.play(stage -> {
            Cast cast = Cast.of(stage, ideal());
            assertThat(stage.world().fabric().open(cast.a().nic())).hasSize(2);

            cast.near().close();
            assertThat(stage.world().fabric().open(cast.a().nic())).hasSize(1);
            cast.nearSocket().close();
            stage.sleep(SECOND);

            assertThat(stage.world().fabric().open(cast.a().nic())).isEmpty();
            assertThat(stage.world().fabric().open(cast.b().nic())).hasSize(1);
        });
    }

    @Test
    void a_seed_gives_one_run_and_another_seed_another() throws Exception {
        assertThat(hash(1)).isEqualTo(hash(1)).isNotEqualTo(hash(2));
    }

    private static String hash(long seed) throws Exception {
        Simulation simulation = new Simulation(seed, Policy.RANDOM, Limits.of(Duration.ofHours(1)), null);
        Simulation.End _ = Stage.play(simulation, stage -> {
            Cast cast = Cast.of(stage, LOSSY);
            cast.echo();
            List<Deed<Duration>> exchanges = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                exchanges.add(cast.exchange(bytes(10_000 * i)));
            }
            for (Deed<Duration> exchange : exchanges) {
                Duration _ = exchange.await();
            }
            cast.near().close();
            simulation.stop();
        });
        return simulation.trace().hash();
    }
}
