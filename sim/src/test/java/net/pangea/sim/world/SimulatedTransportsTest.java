package net.pangea.sim.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.pangea.libp2p.Host;
import net.pangea.libp2p.HostSettings;
import net.pangea.libp2p.TransportsContract;
import net.pangea.machine.Endpoint;
import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.Scope;
import net.pangea.multiformats.Identities;
import net.pangea.multiformats.PeerId;
import net.pangea.sim.engine.Policy;
import org.junit.jupiter.api.Test;

/** {@link TransportsContract} in virtual time. */
final class SimulatedTransportsTest extends TransportsContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }

    @Test
    void a_seed_gives_one_run_of_hosts_that_speak_quic_and_another_seed_another() throws Exception {
        assertThat(hashOfPings(1)).isEqualTo(hashOfPings(1)).isNotEqualTo(hashOfPings(2));
    }

    private static String hashOfPings(long seed) throws Exception {
        SimulatedFixture fixture = new SimulatedFixture(seed, Policy.RANDOM);
        fixture.onTwo((a, b) -> {
            try (Scope near = a.tasks().open("near");
                    Scope far = b.tasks().open("far")) {
                Host bob = far.start("start", () -> host(2, b, far)).join();
                try (Host alice = host(1, a, near)) {
                    PeerId peer = alice.connect(bob.addresses().getFirst().withPeer(bob.id()));
                    for (int i = 0; i < 10; i++) {
                        assertThat(alice.ping(peer)).isPositive();
                    }
                }
                boolean _ = far.start("close", () -> {
                            bob.close();
                            return true;
                        })
                        .join();
            }
        });
        return fixture.traceHash();
    }

    private static Host host(int number, Machine machine, Scope tasks) {
        Endpoint place = new Endpoint(machine.network().addresses().getFirst(), 0);
        HostSettings settings = HostSettings.of(List.of()).withQuic(List.of(place));
        return Host.start(Identities.of(number), settings, machine, tasks);
    }
}
