package net.pangea.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import net.pangea.bytes.Bytes;
import net.pangea.libp2p.AddressBook;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.Security;
import net.pangea.machine.Body;
import net.pangea.machine.Clock;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.RandomStream;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import org.junit.jupiter.api.Test;

/** Peers that find each other with {@link Mdns}, on two machines of any kind. */
public abstract class MdnsContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final PeerId ALICE = Identities.of(1).peerId();
    private static final PeerId BOB = Identities.of(2).peerId();
    private static final Multiaddr SOMEWHERE = Multiaddr.tcp(new Endpoint(IpAddress.of(192, 0, 2, 1), 4001));
    private static final Multiaddr ELSEWHERE = Multiaddr.tcp(new Endpoint(IpAddress.of(192, 0, 2, 2), 4001));

    protected abstract MachineFixture fixture();

    /** How hosts secure their connections. */
    protected abstract Security security();

    /** A test in a group that two machines can join, each at its address. */
    @FunctionalInterface
    private interface TwoPlaces {
        void run(Machine a, MdnsSettings atA, Machine b, MdnsSettings atB, Scope near, Scope far) throws Exception;
    }

    /** In a group of its own, so as not to be heard by others who test. */
    private void inGroup(TwoPlaces test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> {
            String reason = fixture.withoutGroups(a).orElse("");
            assumeTrue(reason.isEmpty(), reason);
            int port;
            try (DatagramSocket free = a.network().bind(new Endpoint(fixture.addressOf(a), 0))) {
                port = free.local().port();
            }
            MdnsSettings settings = new MdnsSettings(
                    new Endpoint(IpAddress.of(239, 255, 70, 53), port), List.of(), Duration.ofSeconds(10), 8);
            try (Scope near = a.tasks().open("near");
                    Scope far = b.tasks().open("far")) {
                test.run(
                        a,
                        settings.at(List.of(fixture.addressOf(a))),
                        b,
                        settings.at(List.of(fixture.addressOf(b))),
                        near,
                        far);
            }
        });
    }

    private static <T> T onOther(Scope far, Body<T, Exception> body) throws InterruptedException {
        return far.start("on the other machine", body).join();
    }

    private static boolean closeOn(Scope far, AutoCloseable what) throws InterruptedException {
        return onOther(far, () -> {
            what.close();
            return true;
        });
    }

    private static void eventually(Clock clock, BooleanSupplier condition) throws InterruptedException {
        long begun = clock.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(clock.nanoTime() - begun)).isLessThan(PATIENCE);
            clock.sleep(Duration.ofMillis(20));
        }
    }

    @Test
    void hosts_that_know_nothing_of_each_other_reach_each_other() throws Exception {
        inGroup((a, atA, b, atB, near, far) -> {
            Host alice = host(1, a, near);
            Host bob = onOther(far, () -> host(2, b, far));
            Mdns nearMdns = look(alice, atA, a, near);
            Mdns farMdns = onOther(far, () -> look(bob, atB, b, far));

            eventually(
                    a.clock(),
                    () -> !alice.book().addresses(bob.id()).isEmpty()
                            && !bob.book().addresses(alice.id()).isEmpty());

            assertThat(alice.ping(bob.id())).isPositive();
            assertThat(nearMdns.peers()).isEqualTo(Map.of(bob.id(), bob.addresses()));
            nearMdns.close();
            alice.close();
            assertThat(closeOn(far, farMdns) && closeOn(far, bob)).isTrue();
        });
    }

    private Host host(int identity, Machine machine, Scope scope) {
        return Host.start(
                Identities.of(identity),
                HostSettings.of(List.of(new Endpoint(fixture().addressOf(machine), 0)))
                        .secured(security()),
                machine,
                scope);
    }

    private static Mdns look(Host host, MdnsSettings settings, Machine machine, Scope scope) {
        return Mdns.start(
                host.id(),
                host::addresses,
                (peer, addresses) -> host.book().add(peer, addresses, AddressBook.HEARSAY),
                settings,
                machine,
                scope);
    }

    @Test
    void nobody_hears_of_itself_and_addresses_that_change_are_heard() throws Exception {
        inGroup((a, atA, b, atB, near, far) -> {
            List<PeerId> heard = new CopyOnWriteArrayList<>();
            List<Multiaddr> places = new CopyOnWriteArrayList<>(List.of(SOMEWHERE));
            Mdns mine = Mdns.start(ALICE, List::of, (peer, _) -> heard.add(peer), atA, a, near);
            Mdns other = onOther(far, () -> Mdns.start(BOB, () -> places, (_, _) -> {}, atB, b, far));
            eventually(a.clock(), () -> mine.peers().equals(Map.of(BOB, List.of(SOMEWHERE))));

            places.add(ELSEWHERE);

            eventually(a.clock(), () -> mine.peers().equals(Map.of(BOB, List.of(SOMEWHERE, ELSEWHERE))));
            assertThat(heard).containsOnly(BOB);
            assertThat(other.peers()).as("who cannot be reached says nothing").isEmpty();
            mine.close();
            assertThat(closeOn(far, other)).isTrue();
        });
    }

    @Test
    void garbage_and_forged_answers_change_nothing() throws Exception {
        inGroup((a, atA, _, _, near, _) -> {
            Endpoint group = atA.group();
            Mdns mdns = Mdns.start(ALICE, () -> List.of(SOMEWHERE), (_, _) -> {}, atA, a, near);
            Bytes forged = Service.announcement("nobody", BOB, List.of(ELSEWHERE))
                    .orElseThrow()
                    .encode();
            IpAddress here = atA.at().getFirst();
            try (DatagramSocket member = a.network().join(group, here);
                    DatagramSocket stranger = a.network().join(new Endpoint(group.address(), group.port() + 1), here)) {
                for (int i = 0; i < 200; i++) {
                    byte[] garbage = new byte[RandomStream.of(i, "size").nextInt(1_000)];
                    RandomStream.of(i, "garbage").fill(garbage);
                    member.send(group, ByteBuffer.wrap(garbage));
                }
                member.send(group, ByteBuffer.allocate(DnsMessage.MAX_BYTES + 100));
                stranger.send(group, forged.asBuffer()); // from another port
                a.clock().sleep(Duration.ofMillis(200));
                assertThat(mdns.peers()).isEmpty();

                member.send(group, forged.asBuffer());

                eventually(a.clock(), () -> mdns.peers().equals(Map.of(BOB, List.of(ELSEWHERE))));
            }
            mdns.close();
        });
    }

    @Test
    void however_many_ask_there_is_an_answer_a_second() throws Exception {
        inGroup((a, atA, _, _, near, _) -> {
            Mdns mdns = Mdns.start(ALICE, () -> List.of(SOMEWHERE), (_, _) -> {}, atA, a, near);
            a.clock().sleep(Duration.ofMillis(1_500)); // it has said by itself that it is there
            AtomicInteger answers = new AtomicInteger();
            try (DatagramSocket asking = a.network().join(atA.group(), atA.at().getFirst())) {
                Bytes question = DnsMessage.question(Service.NAME).encode();
                var _ = near.start("ask", () -> {
                    for (int i = 0; i < 150; i++) {
                        asking.send(atA.group(), question.asBuffer());
                        a.clock().sleep(Duration.ofMillis(10));
                    }
                    return true;
                });
                assertThatThrownBy(() -> a.clock().within(Duration.ofMillis(2_500), () -> {
                            while (true) {
                                ByteBuffer target = ByteBuffer.allocate(DnsMessage.MAX_BYTES);
                                Endpoint _ = asking.receive(target);
                                byte[] bytes = new byte[target.flip().remaining()];
                                target.get(bytes);
                                if (DnsMessage.decode(Bytes.wrap(bytes)).response()) {
                                    int _ = answers.incrementAndGet();
                                }
                            }
                        }))
                        .isInstanceOf(DeadlineExceeded.class);
            }
            assertThat(answers.get()).isBetween(1, 3);
            mdns.close();
        });
    }

    @Test
    void newcomers_beyond_the_bound_push_nobody_out() throws Exception {
        inGroup((a, atA, _, _, near, _) -> {
            Mdns mdns = Mdns.start(ALICE, List::of, (_, _) -> {}, atA, a, near);
            try (DatagramSocket others = a.network().join(atA.group(), atA.at().getFirst())) {
                for (int i = 10; i < 40; i++) {
                    Bytes said = Service.announcement(
                                    "peer" + i, Identities.of(i).peerId(), List.of(SOMEWHERE))
                            .orElseThrow()
                            .encode();
                    others.send(atA.group(), said.asBuffer());
                }
                eventually(a.clock(), () -> mdns.peers().size() == 8);
            }
            assertThat(mdns.peers().keySet()).contains(Identities.of(10).peerId());
            mdns.close();
        });
    }

    @Test
    void closed_or_cancelled_it_leaves_nothing() throws Exception {
        inGroup((a, atA, _, _, near, _) -> {
            Mdns closed = Mdns.start(ALICE, () -> List.of(SOMEWHERE), (_, _) -> {}, atA, a, near);
            closed.close();
            closed.close();
            try (Scope scope = a.tasks().open("cancelled")) {
                Mdns _ = Mdns.start(BOB, () -> List.of(SOMEWHERE), (_, _) -> {}, atA, a, scope);
            }
            try (DatagramSocket listening =
                    a.network().join(atA.group(), atA.at().getFirst())) {
                listening.send(
                        atA.group(), DnsMessage.question(Service.NAME).encode().asBuffer());
                Endpoint _ = listening.receive(ByteBuffer.allocate(100)); // the question itself
                assertThatThrownBy(() -> a.clock()
                                .within(Duration.ofMillis(1_500), () -> listening.receive(ByteBuffer.allocate(100))))
                        .isInstanceOf(DeadlineExceeded.class);
            }
        });
    }

    @Test
    void without_a_network_that_can_be_used_it_does_not_start() throws Exception {
        fixture().on(machine -> {
            try (Scope scope = machine.tasks().open("nowhere")) {
                MdnsSettings nowhere = MdnsSettings.DEFAULT.at(List.of(IpAddress.of(198, 51, 100, 7)));
                assertThatThrownBy(() -> Mdns.start(ALICE, List::of, (_, _) -> {}, nowhere, machine, scope))
                        .isInstanceOf(NetworkFailure.class)
                        .hasMessageContaining("198.51.100.7");
            }
        });
    }
}
