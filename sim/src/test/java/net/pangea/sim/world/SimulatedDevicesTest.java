package net.pangea.sim.world;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.pangea.machine.Connection;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Identities;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.QuicAdmission;
import net.pangea.machine.QuicSettings;
import net.pangea.machine.QuicSocket;
import net.pangea.machine.SecureConnection;
import net.pangea.sim.network.LinkProfile;
import net.pangea.sim.network.Sampler;
import net.pangea.sim.network.device.Nat;
import net.pangea.sim.network.device.Rule;
import net.pangea.sim.world.Stage.Deed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What machines behind firewalls and NAT boxes see of each other. */
class SimulatedDevicesTest {
    private static final int PORT = 4002;
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final IpAddress HOME = IpAddress.of(172, 16, 0, 1);
    private static final IpAddress BOX = IpAddress.of(10, 0, 9, 1);
    private static final Rule DENY = rule(Rule.Action.DENY);
    private static final Rule REJECT = rule(Rule.Action.REJECT);

    private static Rule rule(Rule.Action action) {
        return new Rule(action, true, true, true, PORT, PORT);
    }

    private static Host home(Stage stage, Nat.Kind kind) {
        HostSpec plain = HostSpec.plain("home", HOME, LinkProfile.ideal(Sampler.constant(Stage.LATENCY.toNanos())));
        Host host = stage.world()
                .add(new HostSpec(
                        plain.name(),
                        plain.address(),
                        plain.link(),
                        plain.region(),
                        plain.disk(),
                        plain.capabilities(),
                        0,
                        0,
                        Optional.of(new HostSpec.NatBox(kind, BOX))));
        return host;
    }

    private static Endpoint at(Host host) {
        return new Endpoint(host.nic().address(), PORT);
    }

    private static Listener listen(Host host) {
        return host.start().network().listen(at(host));
    }

    private static void rules(Stage stage, Host host, Rule... rules) {
        stage.world().fabric().rules(host.nic(), List.of(rules));
    }

    private static NetworkFailure.Kind failure(Deed<?> deed) throws InterruptedException {
        return ((NetworkFailure) deed.awaitFailure()).kind();
    }

    private static String read(Connection from) throws InterruptedException {
        ByteBuffer buffer = ByteBuffer.allocate(100);
        int count = 0;
        while (count == 0) {
            count = from.read(buffer);
        }
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    private static ByteBuffer text(String text) {
        return StandardCharsets.UTF_8.encode(text);
    }

    /** A connection from {@code a} to {@code b}, where it is accepted. */
    private record Pair(Connection near, Connection far) {
        static Pair open(Stage stage, Host a, Machine onA, Host b, Listener listener) throws Exception {
            Deed<Connection> far = stage.begin(b, "accept", listener::accept);
            Deed<Connection> near = stage.begin(
                    a,
                    "connect",
                    () -> onA.network().connect(new Endpoint(b.nic().outer(), PORT)));
            return new Pair(near.await(), far.await());
        }
    }

    @Test
    void who_is_denied_meets_silence_and_who_is_rejected_a_refusal() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Machine onA = a.start();
            var _ = listen(b);

            rules(stage, b, DENY);
            Deed<Connection> denied =
                    stage.begin(a, "denied", () -> onA.network().connect(at(b)));
            assertThat(failure(denied)).isEqualTo(NetworkFailure.Kind.TIMED_OUT);

            rules(stage, b, REJECT);
            Deed<Connection> rejected =
                    stage.begin(a, "rejected", () -> onA.network().connect(at(b)));
            assertThat(failure(rejected)).isEqualTo(NetworkFailure.Kind.REFUSED);
            assertThat(stage.world().fabric().denied()).isGreaterThanOrEqualTo(2);
            assertThat(stage.world().fabric().deniedDelivered(b.nic())).isEmpty();
        });
    }

    @Test
    void a_machine_that_takes_nothing_still_reaches_others_and_hears_their_answers() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Machine onA = a.start();
            Listener listener = listen(b);
            rules(stage, a, new Rule(Rule.Action.DENY, true, true, true, 0, 65_535));

            Pair pair = Pair.open(stage, a, onA, b, listener);
            Deed<String> heard = stage.begin(a, "read", () -> read(pair.near));
            Deed<Boolean> _ = stage.begin(b, "write", () -> {
                pair.far.write(text("answer"));
                return true;
            });

            assertThat(heard.await()).isEqualTo("answer");
            assertThat(stage.world().fabric().deniedDelivered(a.nic())).isEmpty();
        });
    }

    @Test
    void an_open_connection_goes_on_under_a_new_rule_and_is_silent_once_tracking_is_flushed() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Machine onA = a.start();
            Pair pair = Pair.open(stage, a, onA, b, listen(b));

            rules(stage, b, DENY);
            pairSays(stage, a, pair, "before");
            assertThat(stage.begin(b, "read", () -> read(pair.far)).await()).isEqualTo("before");

            stage.world().fabric().flushTracking(b.nic());
            pairSays(stage, a, pair, "after");
            Deed<String> later = stage.begin(b, "read", () -> read(pair.far));
            stage.sleep(Duration.ofMinutes(10));
            assertThat(later.hasEnded()).isFalse();
            stage.sleep(Duration.ofMinutes(10));
            Deed<Boolean> write = stage.begin(a, "write", () -> {
                pair.near.write(text("on"));
                return true;
            });
            assertThat(failure(write)).isEqualTo(NetworkFailure.Kind.TIMED_OUT);
            assertThat(stage.world().fabric().deniedDelivered(b.nic())).isEmpty();
        });
    }

    private static void pairSays(Stage stage, Host a, Pair pair, String what) throws Exception {
        Deed<Boolean> written = stage.begin(a, "write", () -> {
            pair.near.write(text(what));
            return true;
        });
        assertThat(written.await()).isTrue();
    }

    @Test
    void a_firewall_that_lets_a_denied_connection_in_is_found_out() throws Exception {
        Stage.play(stage -> {
            Host a = stage.add("a");
            Host b = stage.add("b");
            Machine onA = a.start();
            Listener listener = listen(b);
            rules(stage, b, DENY);

            requireNonNull(b.nic().firewall()).rules(List.of()); // the planted fault: it has lost the rule
            var _ = Pair.open(stage, a, onA, b, listener);

            assertThat(stage.world().fabric().deniedDelivered(b.nic()))
                    .hasValueSatisfying(
                            found -> assertThat(found).contains("denied packets were delivered, first a SYN"));
        });
    }

    @Test
    void others_see_a_machine_behind_a_nat_box_at_the_boxs_address() throws Exception {
        Stage.play(stage -> {
            Host home = home(stage, Nat.Kind.PORT_RESTRICTED);
            Host b = stage.add("b");
            Machine onHome = home.start();

            Pair pair = Pair.open(stage, home, onHome, b, listen(b));

            assertThat(pair.near.local().address()).isEqualTo(HOME);
            assertThat(pair.far.remote())
                    .isEqualTo(new Endpoint(BOX, pair.near.local().port()));
            pairSays(stage, home, pair, "hello");
            assertThat(stage.begin(b, "read", () -> read(pair.far)).await()).isEqualTo("hello");
        });
    }

    @ParameterizedTest
    @EnumSource(Nat.Kind.class)
    void nobody_connects_to_a_machine_behind_a_nat_box_neither_at_its_address_nor_at_the_boxs(Nat.Kind kind)
            throws Exception {
        Stage.play(stage -> {
            Host home = home(stage, kind);
            Host b = stage.add("b");
            Machine onHome = home.start();
            var _ = onHome.network().listen(at(home));
            Machine onB = b.start();

            Deed<Connection> outside =
                    stage.begin(b, "outside", () -> onB.network().connect(new Endpoint(BOX, PORT)));
            Deed<Connection> inside =
                    stage.begin(b, "inside", () -> onB.network().connect(new Endpoint(HOME, PORT)));
            Deed<Connection> itself =
                    stage.begin(home, "hairpin", () -> onHome.network().connect(new Endpoint(BOX, PORT)));

            assertThat(failure(outside)).isEqualTo(NetworkFailure.Kind.TIMED_OUT);
            assertThat(failure(inside)).isEqualTo(NetworkFailure.Kind.UNREACHABLE);
            assertThat(failure(itself)).isEqualTo(NetworkFailure.Kind.UNREACHABLE);
        });
    }

    @Test
    void who_stands_inside_reaches_a_machine_past_its_devices() throws Exception {
        Stage.play(stage -> {
            Host home = home(stage, Nat.Kind.SYMMETRIC);
            Host user = stage.add("user");
            user.nic().standInside();
            Listener listener = listen(home);
            rules(stage, home, DENY);
            Machine onUser = user.start();
            Deed<Connection> far = stage.begin(home, "accept", listener::accept);

            Deed<Connection> near =
                    stage.begin(user, "connect", () -> onUser.network().connect(new Endpoint(HOME, PORT)));

            assertThat(near.await().remote().address()).isEqualTo(HOME);
            assertThat(far.await().remote().address()).isEqualTo(user.nic().address());
        });
    }

    @Test
    void a_datagram_comes_back_through_the_port_it_left_by_and_only_from_where_it_went() throws Exception {
        Stage.play(stage -> {
            Host home = home(stage, Nat.Kind.RESTRICTED);
            Host peer = stage.add("peer");
            Host stranger = stage.add("stranger");
            DatagramSocket atHome = home.start().network().bind(at(home));
            DatagramSocket atPeer = peer.start().network().bind(at(peer));
            DatagramSocket atStranger = stranger.start().network().bind(at(stranger));
            Deed<Endpoint> source = stage.begin(peer, "receive", () -> atPeer.receive(ByteBuffer.allocate(9)));
            Deed<Endpoint> back = stage.begin(home, "receive", () -> atHome.receive(ByteBuffer.allocate(9)));

            atHome.send(at(peer), text("out"));
            assertThat(source.await()).isEqualTo(new Endpoint(BOX, PORT));
            atStranger.send(new Endpoint(BOX, PORT), text("in"));
            stage.sleep(SECOND);
            assertThat(back.hasEnded()).isFalse();

            atPeer.send(new Endpoint(BOX, PORT), text("back"));
            assertThat(back.await()).isEqualTo(at(peer));
        });
    }

    @Test
    void when_a_nat_box_is_rebound_connections_over_tcp_fall_silent() throws Exception {
        Stage.play(stage -> {
            Host home = home(stage, Nat.Kind.CONE);
            Host b = stage.add("b");
            Machine onHome = home.start();
            Pair pair = Pair.open(stage, home, onHome, b, listen(b));

            stage.world().fabric().rebindNat(home.nic());
            pairSays(stage, home, pair, "lost");
            Deed<String> heard = stage.begin(b, "read", () -> read(pair.far));

            stage.sleep(Duration.ofMinutes(5));
            assertThat(heard.hasEnded()).isFalse();
        });
    }

    @Test
    void a_connection_over_quic_follows_the_machine_to_its_new_port_when_the_box_is_rebound() throws Exception {
        Stage.play(stage -> {
            Host home = home(stage, Nat.Kind.SYMMETRIC);
            Host b = stage.add("b");
            QuicSocket near =
                    home.start().network().quic(at(home), Identities.of("a"), QuicSettings.DEFAULT, QuicAdmission.ALL);
            QuicSocket far =
                    b.start().network().quic(at(b), Identities.of("b"), QuicSettings.DEFAULT, QuicAdmission.ALL);
            Deed<SecureConnection> accepted = stage.begin(b, "accept", far::accept);
            SecureConnection dialled =
                    stage.begin(home, "dial", () -> near.dial(far.local())).await();
            assertThat(accepted.await().remote()).isEqualTo(new Endpoint(BOX, 1024));

            stage.world().fabric().rebindNat(home.nic());
            Deed<Boolean> _ = stage.begin(home, "write", () -> {
                dialled.open().write(text("still here"));
                return true;
            });

            assertThat(stage.begin(b, "read", () -> read(accepted.await().accept()))
                            .await())
                    .isEqualTo("still here");
            assertThat(accepted.await().remote()).isEqualTo(new Endpoint(BOX, 1025));
        });
    }

    @Test
    void
            a_machine_that_has_dialled_over_quic_from_its_port_is_found_there_behind_a_cone_and_not_behind_a_symmetric_box()
                    throws Exception {
        for (Nat.Kind kind : List.of(Nat.Kind.CONE, Nat.Kind.SYMMETRIC)) {
            Stage.play(stage -> {
                Host home = home(stage, kind);
                Host b = stage.add("b");
                Host c = stage.add("c");
                QuicSocket atHome = quic(home);
                QuicSocket atB = quic(b);
                QuicSocket atC = quic(c);
                Deed<SecureConnection> seen = stage.begin(b, "accept", atB::accept);
                var _ = stage.begin(home, "dial", () -> atHome.dial(at(b))).await();
                Endpoint outside = seen.await().remote();

                Deed<SecureConnection> dialled = stage.begin(c, "dial", () -> atC.dial(outside));

                if (kind == Nat.Kind.CONE) {
                    assertThat(dialled.await().remote()).isEqualTo(outside);
                } else {
                    assertThat(failure(dialled)).isEqualTo(NetworkFailure.Kind.TIMED_OUT);
                }
            });
        }
    }

    private static QuicSocket quic(Host host) {
        return host.start()
                .network()
                .quic(at(host), Identities.of(host.name()), QuicSettings.DEFAULT, QuicAdmission.ALL);
    }
}
