package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Listener;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import org.junit.jupiter.api.Test;

/** What a {@link Host} promises that speaks TCP and QUIC, on two machines of any kind. */
public abstract class TransportsContract {
    private static final String WHO = "/pangea/test/who/1.0.0";

    protected abstract MachineFixture fixture();

    /** A test of a host that is dialed, as tasks of its machine start and end it. */
    @FunctionalInterface
    private interface Dialed {
        void run(Machine a, Scope near, Host bob, List<Multiaddr> dialers) throws Exception;
    }

    /**
     * @param quic whether it listens with QUIC, too
     */
    private void dialed(boolean quic, Dialed test) throws Exception {
        MachineFixture fixture = fixture();
        fixture.onTwo((a, b) -> {
            try (Scope near = a.tasks().open("near");
                    Scope far = b.tasks().open("far")) {
                List<Multiaddr> dialers = new CopyOnWriteArrayList<>();
                Host bob = far.start("start", () -> {
                            Host host = Host.start(Identities.of(2), settings(fixture, b, quic), b, far);
                            host.serve(WHO, stream -> dialers.add(stream.address()));
                            return host;
                        })
                        .join();
                test.run(a, near, bob, dialers);
                boolean _ = far.start("close", () -> {
                            bob.close();
                            return true;
                        })
                        .join();
            }
        });
    }

    private static HostSettings settings(MachineFixture fixture, Machine machine, boolean quic) {
        List<Endpoint> place = List.of(new Endpoint(fixture.addressOf(machine), 0));
        return HostSettings.of(place).withQuic(quic ? place : List.of());
    }

    /** {@return where bob sees alice} */
    private static Multiaddr seenBy(Host bob, Host alice, List<Multiaddr> dialers) throws InterruptedException {
        try (Stream stream = alice.open(bob.id(), List.of(WHO))) {
            assertThat(stream.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
        return dialers.getLast();
    }

    @Test
    void who_listens_both_ways_says_so_and_is_dialed_over_quic() throws Exception {
        dialed(true, (a, near, bob, dialers) -> {
            try (Host alice = Host.start(Identities.of(1), settings(fixture(), a, false), a, near)) {
                assertThat(bob.addresses())
                        .satisfiesExactly(
                                tcp -> assertThat(tcp.tcpEndpoint()).isPresent(),
                                quic -> assertThat(quic.quicEndpoint()).isPresent());
                alice.book().add(bob.id(), bob.addresses(), AddressBook.HEARSAY);

                Multiaddr seen = seenBy(bob, alice, dialers);

                assertThat(seen.quicEndpoint()).isPresent();
                assertThat(alice.connections()).isEqualTo(1);
            }
        });
    }

    @Test
    void who_listens_with_quic_dials_from_that_port() throws Exception {
        dialed(true, (a, near, bob, dialers) -> {
            try (Host alice = Host.start(Identities.of(1), settings(fixture(), a, true), a, near)) {
                alice.book().add(bob.id(), bob.addresses(), AddressBook.HEARSAY);

                assertThat(seenBy(bob, alice, dialers))
                        .isEqualTo(alice.addresses().getLast());
            }
        });
    }

    @Test
    void where_quic_is_not_answered_tcp_is() throws Exception {
        dialed(false, (a, near, bob, dialers) -> {
            MachineFixture fixture = fixture();
            try (Host alice = Host.start(Identities.of(1), settings(fixture, a, true), a, near);
                    DatagramSocket mute = a.network().bind(new Endpoint(fixture.addressOf(a), 0))) {
                alice.book().add(bob.id(), List.of(Multiaddr.quic(mute.local())), AddressBook.HEARSAY);
                alice.book().add(bob.id(), bob.addresses(), AddressBook.HEARSAY);

                Multiaddr seen = seenBy(bob, alice, dialers);

                assertThat(seen.tcpEndpoint()).isPresent();
                assertThat(alice.connections()).isEqualTo(1);
            }
        });
    }

    @Test
    void who_cannot_listen_at_one_place_listens_at_none() throws Exception {
        dialed(true, (a, near, bob, _) -> {
            Endpoint here = new Endpoint(fixture().addressOf(a), 0);
            Listener probe = a.network().listen(here);
            Endpoint free = probe.local();
            probe.close();
            try (DatagramSocket taken = a.network().bind(here)) {
                HostSettings settings = HostSettings.of(List.of(free)).withQuic(List.of(here, taken.local()));

                NetworkFailure failure = catchThrowableOfType(
                        NetworkFailure.class, () -> Host.start(Identities.of(1), settings, a, near));

                assertThat(failure.kind()).isEqualTo(NetworkFailure.Kind.ADDRESS_IN_USE);
                a.network().listen(free).close();
            }
        });
    }

    @Test
    void identify_tells_a_peer_where_it_is_seen() throws Exception {
        dialed(true, (a, near, bob, _) -> {
            try (Host alice = Host.start(Identities.of(1), settings(fixture(), a, true), a, near)) {
                alice.book().add(bob.id(), bob.addresses(), AddressBook.HEARSAY);

                IdentifyMessage said;
                try (Stream stream = alice.open(bob.id(), List.of(Identify.PROTOCOL))) {
                    stream.closeOutput();
                    said = IdentifyMessage.NOTHING.plus(Delimited.next(stream, IdentifyMessage.MESSAGE_BYTES_MAX)
                            .orElseThrow());
                }

                assertThat(said.observed())
                        .isEqualTo(Optional.of(alice.addresses().getLast()));
            }
        });
    }
}
