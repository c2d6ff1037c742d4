package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.pangea.machine.Connection;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Identities;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.RandomStream;
import net.pangea.machine.SecureConnection;
import net.pangea.sim.network.Fabric;
import net.pangea.sim.network.Impairment;
import net.pangea.sim.world.Stage.Deed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What clogs, damage, disorder and narrow ways are to streams, to datagrams and to QUIC. */
class SimulatedPacketFaultsTest {
    private static final int PORT = 4001;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(10);
    private static final int ALL = 1_000_000;
    private static final int MEBIBYTE = 1 << 20;

    private static Endpoint at(Host host) {
        return new Endpoint(host.nic().address(), PORT);
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RandomStream.of(1, "bytes").fill(bytes);
        return bytes;
    }

    private static byte[] readAll(Connection connection, int count) throws InterruptedException {
        ByteBuffer all = ByteBuffer.allocate(count);
        while (all.hasRemaining() && connection.read(all) >= 0) {
            // on
        }
        return all.array();
    }

    /** How two machines are connected. */
    enum Way {
        TCP {
            @Override
            Pair connect(Stage stage, Host a, Machine onA, Host b, Machine onB) throws Exception {
                Listener listener = onB.network().listen(at(b));
                Deed<Connection> server = stage.begin(b, "accept", listener::accept);
                Deed<Connection> client =
                        stage.begin(a, "connect", () -> onA.network().connect(at(b)));
                return new Pair(stage, a, b, client.await(), server.await());
            }
        },
        QUIC {
            @Override
            Pair connect(Stage stage, Host a, Machine onA, Host b, Machine onB) throws Exception {
                QuicSocket far = onB.network().quic(at(b), Identities.of("b"), QuicSettings.DEFAULT, QuicAdmission.ALL);
                QuicSocket near =
                        onA.network().quic(at(a), Identities.of("a"), QuicSettings.DEFAULT, QuicAdmission.ALL);
                Deed<Connection> server =
                        stage.begin(b, "accept", () -> far.accept().accept());
                Deed<Connection> client = stage.begin(a, "dial", () -> {
                    SecureConnection connection = near.dial(far.local());
                    Connection stream = connection.open();
                    stream.write(ByteBuffer.wrap(new byte[1])); // the other side hears of a stream by what comes in it
                    return stream;
                });
                Pair pair = new Pair(stage, a, b, client.await(), server.await());
                Deed<byte[]> first = stage.begin(b, "first", () -> readAll(pair.server, 1));
                assertThat(first.await()).hasSize(1);
                return pair;
            }
        };

        abstract Pair connect(Stage stage, Host a, Machine onA, Host b, Machine onB) throws Exception;
    }

    /** Two ends of a stream. */
    record Pair(Stage stage, Host a, Host b, Connection client, Connection server) {
        static Pair of(Stage stage, Way way) throws Exception {
            Host a = stage.add("a");
            Host b = stage.add("b");
            return way.connect(stage, a, a.start(), b, b.start());
        }

        Deed<Boolean> write(byte[] bytes) {
            return stage.begin(a, "write", () -> {
                client.write(ByteBuffer.wrap(bytes));
                return true;
            });
        }

        Deed<byte[]> read(int count) {
            return stage.begin(b, "read", () -> readAll(server, count));
        }

        /** {@return how long it takes to bring {@code sent} over; they must arrive as they are} */
        Duration transfer(byte[] sent) throws Exception {
            long before = stage.now();
            Deed<byte[]> received = read(sent.length);
            boolean _ = write(sent).await();
            assertThat(received.await()).isEqualTo(sent);
            return Duration.ofNanos(received.endedAt() - before);
        }
    }

    // Clogs

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_clog_holds_a_stream_and_at_its_end_everything_arrives_at_once(Way way) throws Exception {
        Stage.play(stage -> {
            Pair pair = Pair.of(stage, way);
            byte[] sent = bytes(100_000);
            Fabric.Clog clog = stage.world().fabric().clog(pair.b().nic());
            Deed<byte[]> received = pair.read(sent.length);
            boolean _ = pair.write(sent).await(); // the window takes it
            stage.sleep(SECOND.multipliedBy(7));
            assertThat(received.hasEnded()).isFalse();

            stage.world().fabric().free(clog);
            long freed = stage.now();

            assertThat(received.await()).isEqualTo(sent);
            assertThat(Duration.ofNanos(received.endedAt() - freed)).isLessThan(MOMENT);
        });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void bytes_keep_their_order_through_clogs_of_both_ends_that_overlap(Way way) throws Exception {
        for (long seed = 1; seed <= 20; seed++) {
            Stage.play(seed, stage -> {
                Pair pair = Pair.of(stage, way);
                RandomStream times = RandomStream.of(stage.simulation().now(), "times");
                byte[] sent = bytes(2 * MEBIBYTE);
                Deed<byte[]> received = pair.read(sent.length);
                Deed<Boolean> _ = pair.write(sent);
                List<Fabric.Clog> open = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    Host host = times.nextInt(2) == 0 ? pair.a() : pair.b();
                    open.add(stage.world().fabric().clog(host.nic()));
                    stage.sleep(Duration.ofNanos(times.nextLong(3_000_000)));
                    if (open.size() > 2) {
                        stage.world().fabric().free(open.remove(times.nextInt(open.size())));
                    }
                }
                open.forEach(stage.world().fabric()::free);

                assertThat(received.await()).isEqualTo(sent);
            });
        }
    }

    @Test
    void a_clog_outlasts_the_patience_of_tcp() throws Exception {
        Stage.play(stage -> {
            Pair pair = Pair.of(stage, Way.TCP);
            Fabric.Clog clog = stage.world().fabric().clog(pair.b().nic());
            Deed<Integer> read =
                    stage.begin(pair.a(), "read", () -> pair.client().read(ByteBuffer.allocate(1)));
            boolean _ = pair.write(bytes(10)).await();

            stage.sleep(Duration.ofMinutes(20));
            stage.world().fabric().free(clog);

            assertThat(read.awaitFailure())
                    .isInstanceOfSatisfying(
                            NetworkFailure.class,
                            failure -> assertThat(failure.kind()).isEqualTo(NetworkFailure.Kind.TIMED_OUT));
        });
    }

    @Test
    void a_connection_is_made_when_the_clog_ends() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Machine onA = a.start();
            Listener listener = b.start().network().listen(at(b));
            Deed<Connection> accepted = stage.begin(b, "accept", listener::accept);
            Fabric.Clog clog = stage.world().fabric().clog(a.nic());
            Deed<Connection> connect =
                    stage.begin(a, "connect", () -> onA.network().connect(at(b)));
            stage.sleep(SECOND.multipliedBy(20));
            assertThat(connect.hasEnded() || accepted.hasEnded()).isFalse();

            long freed = stage.now();
            stage.world().fabric().free(clog);

            assertThat(connect.await().remote()).isEqualTo(at(b));
            assertThat(Duration.ofNanos(connect.endedAt() - freed)).isLessThan(MOMENT);
        });
    }

    @Test
    void nothing_of_a_clog_reaches_who_died_meanwhile() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Machine onA = a.start();
            Listener listener = b.start().network().listen(at(b));
            Deed<Connection> accepted = stage.begin(b, "accept", listener::accept);
            Fabric.Clog clog = stage.world().fabric().clog(a.nic());
            Deed<Connection> _ = stage.begin(a, "connect", () -> onA.network().connect(at(b)));
            stage.sleep(SECOND);
            a.crash(false);
            Machine _ = a.start();

            stage.world().fabric().free(clog);
            stage.sleep(SECOND);

            assertThat(accepted.hasEnded()).isFalse();
        });
    }

    @Test
    void a_clog_loses_no_datagram_up_to_a_bound() throws Exception {
        Stage.play(stage -> {
            Post post = Post.of(stage);
            Fabric.Clog clog = stage.world().fabric().clog(post.to.nic());
            post.send(100);
            stage.sleep(SECOND);
            assertThat(post.received).isEmpty();

            stage.world().fabric().free(clog);
            stage.sleep(SECOND);
            assertThat(post.received).hasSize(100);

            Fabric.Clog second = stage.world().fabric().clog(post.to.nic());
            post.send(10_010);
            stage.sleep(SECOND);
            long lost = stage.simulation().trace().records();
            stage.world().fabric().free(second);
            stage.sleep(SECOND);
            assertThat(stage.simulation().trace().records() - lost).isGreaterThanOrEqualTo(10_000);
        });
    }

    // Disorder, doubles, damage

    @ParameterizedTest
    @EnumSource(Way.class)
    void disorder_is_delay_to_a_stream_and_less_than_a_loss(Way way) throws Exception {
        Stage.play(stage -> {
            Pair pair = Pair.of(stage, way);
            Duration clean = pair.transfer(bytes(MEBIBYTE));
            pair.a().nic().impair(Impairment.reorder(ALL));
            Duration late = pair.transfer(bytes(MEBIBYTE));

            assertThat(late).isGreaterThan(clean).isLessThan(clean.multipliedBy(10));
        });
    }

    @Test
    void datagrams_overtake_each_other_while_the_fault_lasts() throws Exception {
        Stage.play(stage -> {
            Post post = Post.of(stage);
            post.from.nic().impair(Impairment.reorder(300_000));
            post.send(100);
            stage.sleep(SECOND);
            assertThat(post.received).hasSize(100).doesNotHaveDuplicates();
            assertThat(post.received)
                    .isNotEqualTo(post.received.stream().sorted().toList());

            post.received.clear();
            post.from.nic().impair(Impairment.NONE);
            post.send(100);
            stage.sleep(SECOND);
            assertThat(post.received).hasSize(100).isSorted();
        });
    }

    @Test
    void a_datagram_arrives_twice_whichever_end_has_the_fault() throws Exception {
        Stage.play(stage -> {
            Post post = Post.of(stage);
            post.to.nic().impair(Impairment.duplicate(ALL));
            post.send(50);
            stage.sleep(SECOND);

            assertThat(post.received).hasSize(100);
            assertThat(post.received.stream().distinct()).hasSize(50);
        });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void doubles_cost_a_stream_nothing_but_its_way_down(Way way) throws Exception {
        Stage.play(stage -> {
            Pair pair = Pair.of(stage, way);
            Impairment slow = Impairment.throttle(0, MEBIBYTE);
            pair.b().nic().impair(slow);
            Duration once = pair.transfer(bytes(MEBIBYTE));
            pair.b().nic().impair(slow.and(Impairment.duplicate(ALL)));
            Duration twice = pair.transfer(bytes(MEBIBYTE));

            assertThat(twice)
                    .isBetween(
                            once.multipliedBy(18).dividedBy(10),
                            once.multipliedBy(21).dividedBy(10));
        });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void damage_that_checksums_see_is_delay_to_a_stream(Way way) throws Exception {
        Stage.play(stage -> {
            Pair pair = Pair.of(stage, way);
            Duration clean = pair.transfer(bytes(MEBIBYTE));
            pair.a().nic().impair(Impairment.corrupt(300_000, 0));
            Duration damaged = pair.transfer(bytes(MEBIBYTE));

            assertThat(damaged).isGreaterThan(clean);
        });
    }

    @Test
    void damage_that_no_checksum_sees_turns_bits_of_tcp_and_not_of_quic() throws Exception {
        Stage.play(stage -> {
            Pair tcp = Pair.of(stage, Way.TCP);
            byte[] sent = bytes(MEBIBYTE);
            tcp.a().nic().impair(Impairment.corrupt(200_000, ALL));
            Deed<byte[]> received = tcp.read(sent.length);
            boolean _ = tcp.write(sent).await();
            int turned = 0;
            for (int i = 0; i < sent.length; i++) {
                turned += Integer.bitCount((sent[i] ^ received.await()[i]) & 0xff);
            }
            assertThat(turned).isBetween(1, 40);
        });
        Stage.play(stage -> {
            Pair quic = Pair.of(stage, Way.QUIC);
            quic.a().nic().impair(Impairment.corrupt(200_000, ALL));

            assertThat(quic.transfer(bytes(MEBIBYTE))).isPositive();
        });
    }

    @Test
    void a_damaged_datagram_is_gone_or_has_one_bit_turned() throws Exception {
        Stage.play(stage -> {
            Post post = Post.of(stage);
            post.from.nic().impair(Impairment.corrupt(ALL, 0));
            post.send(50);
            stage.sleep(SECOND);
            assertThat(post.received).isEmpty();

            post.from.nic().impair(Impairment.corrupt(ALL, ALL));
            post.send(50);
            stage.sleep(SECOND);
            assertThat(post.received).hasSize(50).isNotEqualTo(post.numbers(50));
        });
    }

    // Narrow ways

    @ParameterizedTest
    @EnumSource(Way.class)
    void a_throttle_bounds_each_direction_and_the_lowest_of_several_counts(Way way) throws Exception {
        Stage.play(stage -> {
            Pair pair = Pair.of(stage, way);
            pair.a().nic().impair(Impairment.throttle(MEBIBYTE, 0).and(Impairment.throttle(2 * MEBIBYTE, 0)));
            Duration up = pair.transfer(bytes(MEBIBYTE));
            pair.a().nic().impair(Impairment.NONE);
            pair.b().nic().impair(Impairment.throttle(0, MEBIBYTE));
            Duration down = pair.transfer(bytes(MEBIBYTE));

            assertThat(up).isBetween(SECOND, SECOND.plus(SECOND.dividedBy(4)));
            assertThat(down).isBetween(SECOND, SECOND.plus(SECOND.dividedBy(4)));
        });
    }

    @Test
    void a_small_mtu_lets_small_messages_pass_and_a_stream_stand_still_until_it_ends() throws Exception {
        Stage.play(stage -> {
            Pair pair = Pair.of(stage, Way.TCP);
            pair.b().nic().impair(Impairment.mtu(1_400));
            assertThat(pair.transfer(bytes(1_000))).isLessThan(MOMENT);

            byte[] sent = bytes(MEBIBYTE / 8);
            Deed<byte[]> received = pair.read(sent.length);
            boolean _ = pair.write(sent).await();
            stage.sleep(Duration.ofMinutes(2));
            assertThat(received.hasEnded()).isFalse();
            pair.b().nic().impair(Impairment.NONE);

            assertThat(received.await()).isEqualTo(sent);
        });
    }

    @Test
    void a_small_mtu_loses_large_datagrams_and_stops_no_quic() throws Exception {
        Stage.play(stage -> {
            Post post = Post.of(stage);
            post.to.nic().impair(Impairment.mtu(1_280));
            post.sendBytes(new byte[1_280 - 28]);
            post.sendBytes(new byte[1_280 - 27]);
            stage.sleep(SECOND);
            assertThat(post.received).hasSize(1);
        });
        Stage.play(stage -> {
            Pair pair = Pair.of(stage, Way.QUIC);
            pair.b().nic().impair(Impairment.mtu(1_280));

            assertThat(pair.transfer(bytes(MEBIBYTE))).isLessThan(SECOND);
        });
    }

    /** Datagrams from one machine to another, numbered. */
    private static final class Post {
        private final Stage stage;
        private final Host from;
        private final Host to;
        private final DatagramSocket socket;
        private final List<Integer> received = new ArrayList<>();

        private Post(Stage stage, Host from, Host to) {
            this.stage = stage;
            this.from = from;
            this.to = to;
            this.socket = from.start().network().bind(at(from));
            DatagramSocket inbox = to.start().network().bind(at(to));
            Deed<Boolean> _ = stage.begin(to, "receive", () -> {
                while (true) {
                    ByteBuffer number = ByteBuffer.allocate(Integer.BYTES);
                    Endpoint _ = inbox.receive(number);
                    received.add(number.flip().getInt());
                }
            });
        }

        static Post of(Stage stage) {
            return new Post(stage, stage.add("from"), stage.add("to"));
        }

        List<Integer> numbers(int count) {
            Integer[] numbers = new Integer[count];
            Arrays.setAll(numbers, i -> i);
            return List.of(numbers);
        }

        void send(int count) throws InterruptedException {
            for (int number : numbers(count)) {
                sendBytes(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
                stage.sleep(Duration.ofNanos(100_000));
            }
        }

        void sendBytes(byte[] bytes) {
            socket.send(at(to), ByteBuffer.wrap(bytes));
        }
    }
}
