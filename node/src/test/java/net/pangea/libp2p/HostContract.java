package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import net.pangea.libp2p.HostFailure.Kind;
import net.pangea.machine.Clock;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.machine.Streams;
import net.pangea.machine.Task;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.IdentityKey;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import org.junit.jupiter.api.Test;

/** What a {@link Host} promises, on two machines of any kind. */
public abstract class HostContract {
    private static final String ECHO = "/pangea/test/echo/1.0.0";
    private static final IdentityKey ALICE = Identities.of(1);
    private static final IdentityKey BOB = Identities.of(2);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final HostLimits QUICK =
            HostLimits.DEFAULT.withPatience(Duration.ofSeconds(10), Duration.ofSeconds(1));

    protected abstract MachineFixture fixture();

    /** What the hosts are connected by. */
    protected abstract Wire wire();

    /** A test of two hosts, of which neither knows the other. */
    @FunctionalInterface
    protected interface TwoHosts {
        void run(Machine a, Host alice, Machine b, Host bob) throws Exception;
    }

    private HostSettings settings(Machine machine) {
        return wire().settings(new Endpoint(address(machine), 0)).within(QUICK);
    }

    private static IpAddress address(Machine machine) {
        return machine.network().addresses().getFirst();
    }

    protected final void hosts(TwoHosts test) throws Exception {
        hosts(QUICK, test);
    }

    /** @param limits of the second host */
    private void hosts(HostLimits limits, TwoHosts test) throws Exception {
        fixture().onTwo((a, b) -> {
            try (Scope near = a.tasks().open("alice");
                    Scope far = b.tasks().open("bob")) {
                Host alice = Host.start(ALICE, settings(a), a, near);
                Host bob = onOther(far, () -> Host.start(BOB, settings(b).within(limits), b, far));
                bob.serve(ECHO, Streams::echo);
                test.run(a, alice, b, bob);
                alice.close();
                onOther(far, () -> {
                    bob.close();
                    return true;
                });
            }
        });
    }

    /** Does something as a task of the other machine. */
    private static <T> T onOther(Scope far, net.pangea.machine.Body<T, Exception> body) throws InterruptedException {
        return far.start("on the other machine", body).join();
    }

    private static Multiaddr addressOf(Host host) {
        return host.addresses().getFirst().withPeer(host.id());
    }

    /** Something that comes to be so. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws InterruptedException;
    }

    /** Waits until something is so, and fails after a while. */
    private static void eventually(Clock clock, String what, Condition condition) throws InterruptedException {
        long begun = clock.nanoTime();
        while (!condition.holds()) {
            assertThat(Duration.ofNanos(clock.nanoTime() - begun)).as(what).isLessThan(PATIENCE);
            clock.sleep(MOMENT);
        }
    }

    @Test
    void a_dialed_peer_is_the_one_asked_for_and_answers_pings() throws Exception {
        hosts((a, alice, _, bob) -> {
            PeerId peer = alice.connect(addressOf(bob));

            assertThat(peer).isEqualTo(BOB.peerId());
            assertThat(alice.ping(peer)).isPositive();
            assertThat(alice.peers()).containsExactly(peer);
            eventually(a.clock(), "bob has it too", () -> bob.peers().equals(List.of(alice.id())));
        });
    }

    @Test
    void both_sides_learn_what_the_other_speaks_and_where_it_is() throws Exception {
        hosts((a, alice, _, bob) -> {
            PeerId peer = alice.connect(addressOf(bob));

            eventually(
                    a.clock(),
                    "identified",
                    () -> !alice.book().protocols(peer).isEmpty()
                            && !bob.book().protocols(alice.id()).isEmpty());
            assertThat(alice.book().protocols(peer)).contains(ECHO, Ping.PROTOCOL, Identify.PROTOCOL);
            assertThat(alice.book().addresses(peer)).containsExactlyElementsOf(bob.addresses());
            assertThat(bob.book().addresses(alice.id())).containsExactlyElementsOf(alice.addresses());
        });
    }

    @Test
    void who_serves_something_new_tells_those_it_is_connected_with() throws Exception {
        hosts((a, alice, _, bob) -> {
            PeerId peer = alice.connect(addressOf(bob));
            eventually(
                    a.clock(),
                    "identified",
                    () -> !alice.book().protocols(peer).isEmpty()
                            && !bob.book().protocols(alice.id()).isEmpty());

            alice.serve("/pangea/test/new/1.0.0", _ -> {});

            eventually(
                    a.clock(),
                    "bob hears",
                    () -> bob.book().protocols(alice.id()).contains("/pangea/test/new/1.0.0"));
        });
    }

    @Test
    void many_streams_at_a_time_carry_what_was_written() throws Exception {
        hosts((a, alice, _, bob) -> {
            PeerId peer = alice.connect(addressOf(bob));
            try (Scope scope = a.tasks().open("streams")) {
                for (int i = 0; i < 50; i++) {
                    byte[] content = new byte[RandomStream.of(i, "size").nextInt(1 << 16)];
                    RandomStream.of(i, "content").fill(content);
                    var _ = scope.start("stream", () -> {
                        try (Stream stream = alice.open(peer, List.of(ECHO))) {
                            assertThat(Streams.echoed(a, stream, content)).isEqualTo(content);
                        }
                        return true;
                    });
                }
                scope.joinAll();
            }
            assertThat(alice.connections()).isEqualTo(1);
            eventually(a.clock(), "all served", () -> bob.servedStreams() == 0);
        });
    }

    @Test
    void the_first_protocol_that_both_speak_is_spoken() throws Exception {
        hosts((_, alice, _, bob) -> {
            PeerId peer = alice.connect(addressOf(bob));

            try (Stream stream = alice.open(peer, List.of("/pangea/test/none/1.0.0", ECHO, Ping.PROTOCOL))) {
                assertThat(stream.protocol()).isEqualTo(ECHO);
                assertThat(stream.peer()).isEqualTo(peer);
            }
        });
    }

    @Test
    void a_protocol_that_nobody_serves_is_named() throws Exception {
        hosts((_, alice, _, bob) -> {
            PeerId peer = alice.connect(addressOf(bob));

            HostFailure failure =
                    catchThrowableOfType(HostFailure.class, () -> alice.open(peer, List.of("/pangea/test/none/1.0.0")));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_SUPPORTED);
            assertThat(failure).hasMessageContaining("/pangea/test/none/1.0.0");
            assertThat(alice.ping(peer)).as("the connection goes on").isPositive();
        });
    }

    @Test
    void who_serves_as_many_streams_as_it_may_refuses_one_more_and_the_connection_goes_on() throws Exception {
        hosts(serving(1), (a, alice, _, bob) -> {
            List<String> protocols =
                    List.of("/pangea/test/none/1.0.0", ECHO); // of two, so that the answer is waited for
            PeerId peer = alice.connect(addressOf(bob));
            eventually(
                    a.clock(), "identified", () -> alice.book().protocols(peer).contains(ECHO));
            eventually(a.clock(), "bob serves nothing", () -> bob.servedStreams() == 0);
            try (Stream first = alice.open(peer, protocols)) {
                HostFailure failure = catchThrowableOfType(HostFailure.class, () -> alice.open(peer, protocols));

                assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
                assertThat(failure).hasMessageStartingWith(peer + " refuses the stream: ");
                assertThat(bob.tally()).containsEntry("refused: too many streams", 1L);
                assertThat(alice.tally()).isEmpty();
                byte[] sent = {1, 2, 3};
                assertThat(Streams.echoed(a, first, sent)).isEqualTo(sent);
            }
            eventually(a.clock(), "bob serves nothing any more", () -> bob.servedStreams() == 0);
            alice.open(peer, protocols).close();
            assertThat(alice.tally()).isEmpty();
        });
    }

    private static HostLimits serving(int streams) {
        return new HostLimits(
                QUICK.connections(),
                QUICK.kept(),
                QUICK.perPeer(),
                QUICK.perAddress(),
                QUICK.handshakes(),
                QUICK.handshakesPerAddress(),
                QUICK.handshakesPerSecond(),
                QUICK.dials(),
                streams,
                QUICK.session(),
                QUICK.unreadBytes(),
                QUICK.dial(),
                QUICK.handshake(),
                QUICK.negotiation(),
                QUICK.beat());
    }

    @Test
    void another_peer_than_the_one_dialed_is_refused_by_name() throws Exception {
        hosts((_, alice, _, bob) -> {
            PeerId other = Identities.of(3).peerId();
            Multiaddr wrong = bob.addresses().getFirst().withPeer(other);

            HostFailure failure = catchThrowableOfType(HostFailure.class, () -> alice.connect(wrong));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure).hasMessageContaining(other.toString()).hasMessageContaining("another peer");
            assertThat(alice.peers()).isEmpty();
        });
    }

    @Test
    void who_could_not_be_reached_is_left_alone_for_a_while() throws Exception {
        hosts((a, alice, b, _) -> {
            PeerId nobody = Identities.of(4).peerId();
            Multiaddr address = wire().address(new Endpoint(address(b), 9)).withPeer(nobody);
            HostFailure first = catchThrowableOfType(HostFailure.class, () -> alice.connect(address));

            HostFailure second = catchThrowableOfType(HostFailure.class, () -> alice.connect(nobody));
            HostFailure named = catchThrowableOfType(HostFailure.class, () -> alice.connect(address));

            assertThat(first.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(second.kind()).isEqualTo(Kind.BACKED_OFF);
            assertThat(named.kind()).as("of an address that is given once more").isEqualTo(Kind.UNREACHABLE);
            a.clock().sleep(Duration.ofSeconds(6));
            assertThat(catchThrowableOfType(HostFailure.class, () -> alice.connect(nobody))
                            .kind())
                    .isEqualTo(Kind.UNREACHABLE);
        });
    }

    @Test
    void many_who_want_the_same_peer_share_one_connection() throws Exception {
        hosts((a, alice, _, bob) -> {
            alice.book().add(bob.id(), bob.addresses(), AddressBook.HEARSAY);
            try (Scope scope = a.tasks().open("all at once")) {
                for (int i = 0; i < 10; i++) {
                    var _ = scope.start("ping", () -> alice.ping(bob.id()));
                }
                scope.joinAll();
            }
            assertThat(alice.connections()).isEqualTo(1);
        });
    }

    @Test
    void two_that_dial_each_other_at_the_same_moment_both_get_through() throws Exception {
        hosts((a, alice, b, bob) -> {
            alice.book().add(bob.id(), bob.addresses(), AddressBook.HEARSAY);
            bob.book().add(alice.id(), alice.addresses(), AddressBook.HEARSAY);
            try (Scope near = a.tasks().open("near");
                    Scope far = b.tasks().open("far")) {
                Task<Duration> there = near.start("ping", () -> alice.ping(bob.id()));
                Task<Duration> back = far.start("ping", () -> bob.ping(alice.id()));
                assertThat(there.join()).isPositive();
                assertThat(back.join()).isPositive();
            }
            assertThat(alice.connections()).isBetween(1, 2);
        });
    }

    @Test
    void a_connection_that_was_closed_is_noticed_and_the_next_stream_dials_again() throws Exception {
        hosts((a, alice, b, bob) -> {
            List<PeerId> gone = new CopyOnWriteArrayList<>();
            alice.watch(new PeerWatcher() {
                @Override
                public void identified(PeerId peer, List<String> protocols) {}

                @Override
                public void disconnected(PeerId peer) {
                    gone.add(peer);
                }
            });
            PeerId peer = alice.connect(addressOf(bob));
            assertThat(alice.ping(peer)).isPositive();

            try (Scope far = b.tasks().open("far")) {
                onOther(far, () -> {
                    bob.hangUp(alice.id());
                    return true;
                });
            }

            eventually(a.clock(), "noticed", () -> gone.contains(peer));
            assertThat(alice.connections()).isZero();
            assertThat(alice.ping(peer)).isPositive();
        });
    }

    @Test
    void a_peer_that_goes_silent_is_given_up_and_leaves_nothing() throws Exception {
        hosts((a, alice, b, bob) -> {
            Endpoint free = new Endpoint(address(b), 0);
            try (Scope far = b.tasks().open("listener");
                    Wire.Silence mute = onOther(far, () -> wire().silence(b, free))) {
                Multiaddr address = wire().address(mute.local()).withPeer(BOB.peerId());

                HostFailure failure = catchThrowableOfType(HostFailure.class, () -> alice.connect(address));

                assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
                assertThat(alice.connections()).isZero();
            }
            assertThat(bob.connections()).isZero();
        });
    }

    @Test
    void garbage_at_the_port_is_counted_and_others_are_served() throws Exception {
        hosts((a, alice, _, bob) -> {
            wire().disturb(a, wire().port(bob.addresses().getFirst()));

            eventually(a.clock(), "all counted", () -> refusals(bob.tally()) >= 3);
            assertThat(alice.ping(alice.connect(addressOf(bob)))).isPositive();
        });
    }

    private static long refusals(Map<String, Long> tally) {
        return tally.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("refused: "))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Test
    void a_thousand_half_open_handshakes_do_not_keep_others_out() throws Exception {
        HostLimits limits = HostLimits.DEFAULT.withPatience(Duration.ofSeconds(2), Duration.ofSeconds(1));
        hosts(limits, (a, alice, _, bob) -> {
            Endpoint port = wire().port(bob.addresses().getFirst());
            try (Wire.HalfOpen handshakes = wire().halfOpen(a, port, 1_000)) {
                eventually(a.clock(), "most are turned away", () -> handshakes.areTurnedAway(refusals(bob.tally())));
                handshakes.fallSilent();
                a.clock().sleep(Duration.ofSeconds(3));

                assertThat(alice.ping(alice.connect(addressOf(bob)))).isPositive();
                assertThat(bob.tally()).containsKey("refused: handshake too slow");
            }
        });
    }

    @Test
    void beyond_the_limit_the_connection_that_was_idle_longest_makes_room() throws Exception {
        HostLimits limits = HostLimits.DEFAULT.withConnections(2);
        hosts(limits, (a, alice, b, bob) -> {
            PeerId peer = alice.connect(addressOf(bob));
            assertThat(alice.ping(peer)).isPositive();
            try (Scope others = a.tasks().open("others")) {
                for (int i = 10; i < 13; i++) {
                    Host other = Host.start(Identities.of(i), settings(a), a, others);
                    eventually(a.clock(), "one is idle and makes room", () -> pings(other, addressOf(bob)));
                }
                assertThat(bob.connections()).isLessThanOrEqualTo(2);
                assertThat(bob.tally()).containsKey("connection idle, and another needed its place");
            }
        });
    }

    private static boolean pings(Host host, Multiaddr address) throws InterruptedException {
        try {
            return host.ping(host.connect(address)).isPositive();
        } catch (HostFailure e) {
            return false;
        }
    }

    @Test
    void an_address_without_a_peer_is_refused_with_what_is_missing() throws Exception {
        hosts((_, alice, _, bob) -> {
            HostFailure failure = catchThrowableOfType(
                    HostFailure.class, () -> alice.connect(bob.addresses().getFirst()));

            assertThat(failure.kind()).isEqualTo(Kind.NO_ADDRESS);
            assertThat(failure).hasMessageContaining("/p2p/");
        });
    }

    @Test
    void a_closed_host_opens_nothing_and_its_tasks_end() throws Exception {
        hosts((a, alice, _, bob) -> {
            PeerId peer = alice.connect(addressOf(bob));

            alice.close();

            assertThat(catchThrowableOfType(HostFailure.class, () -> alice.ping(peer))
                            .kind())
                    .isEqualTo(Kind.CLOSED);
            eventually(a.clock(), "bob notices", () -> bob.connections() == 0);
        });
    }
}
