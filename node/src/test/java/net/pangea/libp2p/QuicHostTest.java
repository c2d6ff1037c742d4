package net.pangea.libp2p;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import net.pangea.machine.Endpoint;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.Scope;
import net.pangea.machine.system.SystemFixture;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.Multiaddr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link HostContract} over loopback, with QUIC. */
class QuicHostTest extends HostContract {
    /** All from one address, as it is on loopback. */
    private static final HostLimits FEW = limits(8);

    private static HostLimits limits(int handshakes) {
        return HostLimits.DEFAULT.withHandshakes(handshakes, HostLimits.DEFAULT.handshakesPerSecond());
    }

    @TempDir
    private Path folder;

    @Override
    protected MachineFixture fixture() {
        return new SystemFixture(folder);
    }

    @Override
    protected Wire wire() {
        return new LoopbackQuicWire();
    }

    @Test
    void while_forged_handshakes_flood_a_host_others_prove_their_address_and_get_in() throws Exception {
        fixture().onTwo((a, b) -> {
            Endpoint free = new Endpoint(a.network().addresses().getFirst(), 0);
            try (Scope near = a.tasks().open("alice");
                    Scope far = b.tasks().open("bob")) {
                Host bob = far.start(
                                "start",
                                () -> Host.start(
                                        Identities.of(2), wire().settings(free).within(FEW), b, far))
                        .join();
                Host alice = Host.start(Identities.of(1), wire().settings(free), a, near);
                Multiaddr address = bob.addresses().getFirst();
                try (Wire.HalfOpen flood = wire().halfOpen(a, wire().port(address), 100)) {
                    while (!flood.areTurnedAway(0)) {
                        a.clock().sleep(Duration.ofMillis(10));
                    }

                    assertThat(alice.ping(alice.connect(address.withPeer(bob.id()))))
                            .isPositive();
                    assertThat(bob.tally()).doesNotContainKey("refused: too many handshakes under way");
                }
                alice.close();
                bob.close();
            }
        });
    }
}
