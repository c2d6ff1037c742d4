package net.pangea.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import net.pangea.libp2p.AddressBook;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.JsOptions;
import net.pangea.libp2p.JsPeer;
import net.pangea.libp2p.JsPeers;
import net.pangea.libp2p.Security;
import net.pangea.machine.DatagramSocket;
import net.pangea.machine.DeadlineExceeded;
import net.pangea.machine.Endpoint;
import net.pangea.machine.IpAddress;
import net.pangea.machine.Machine;
import net.pangea.machine.NetworkFailure;
import net.pangea.machine.Scope;
import net.pangea.machine.system.SystemFixture;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import net.pangea.multiformats.PeerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link Mdns} and that of js-libp2p find each other. Over the first network outside of this computer, for js-libp2p passes
 * loopback by; in a group of its own, so that nobody in that network hears of it who does not listen there.
 */
class JsMdnsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void each_finds_the_other_and_reaches_it() throws Exception {
        new SystemFixture(folder).on(machine -> {
            IpAddress here = outside(machine);
            Endpoint group = new Endpoint(IpAddress.of(239, 255, 70, 54), freePort(machine, here));
            assumeTrue(carriesGroups(machine, here, group), "no multicast in the network of " + here);
            try (JsPeers peers = JsPeers.launch();
                    Scope scope = machine.tasks().open("mdns")) {
                JsPeer js = peers.start(JsOptions.tcp(Security.NOISE).withMdns(group));
                PeerId theirs = PeerId.parse(js.id()).orElseThrow();
                BlockingQueue<PeerId> heard = new LinkedBlockingQueue<>();
                Host host = Host.start(
                        Identities.of(1),
                        HostSettings.of(List.of(new Endpoint(here, 0))).secured(Security.NOISE),
                        machine,
                        scope);
                Mdns mdns = Mdns.start(
                        host.id(),
                        host::addresses,
                        (peer, addresses) -> {
                            host.book().add(peer, addresses, AddressBook.HEARSAY);
                            heard.add(peer);
                        },
                        new MdnsSettings(group, List.of(here), Duration.ofSeconds(1), 8),
                        machine,
                        scope);

                assertThat(machine.clock().within(PATIENCE, heard::take)).isEqualTo(theirs);
                assertThat(mdns.peers())
                        .containsEntry(
                                theirs,
                                js.addrs().stream()
                                        .map(address -> Multiaddr.parse(address).withoutPeer())
                                        .toList());
                assertThat(host.ping(theirs)).isPositive();
                host.hangUp(theirs);
                assertThat(machine.clock().within(PATIENCE, () -> {
                            while (!js.connections().isEmpty()) {
                                machine.clock().sleep(Duration.ofMillis(20)); // it would try the one that is closed
                            }
                            return true;
                        }))
                        .isTrue();

                assertThat(js.awaitDiscovered(host.id().toString()))
                        .contains(host.addresses().getFirst().toString());
                assertThat(js.ping(host.id().toString(), 1)).hasSize(1);
                mdns.close();
                host.close();
            }
        });
    }

    private static IpAddress outside(Machine machine) {
        Optional<IpAddress> outside = machine.network().addresses().stream()
                .filter(address -> address instanceof IpAddress.V4 && !address.isLoopback())
                .findFirst();
        assumeTrue(outside.isPresent(), "this computer is in no IPv4 network");
        return outside.orElseThrow();
    }

    private static int freePort(Machine machine, IpAddress here) {
        try (DatagramSocket free = machine.network().bind(new Endpoint(here, 0))) {
            return free.local().port();
        }
    }

    private static boolean carriesGroups(Machine machine, IpAddress here, Endpoint group) throws InterruptedException {
        try (DatagramSocket socket = machine.network().join(group, here)) {
            socket.send(group, ByteBuffer.wrap(new byte[] {1}));
            Endpoint _ = machine.clock().within(Duration.ofSeconds(1), () -> socket.receive(ByteBuffer.allocate(1)));
            return true;
        } catch (NetworkFailure | DeadlineExceeded e) {
            return false;
        }
    }
}
