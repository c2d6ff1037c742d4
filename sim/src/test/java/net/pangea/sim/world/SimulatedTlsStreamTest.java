package net.pangea.sim.world;

import net.pangea.libp2p.tls.TlsUpgrade;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.StreamContract;
import net.pangea.machine.UpgradedFixture;
import net.pangea.sim.engine.Policy;

/** {@link StreamContract} of a TLS channel in virtual time. */
final class SimulatedTlsStreamTest extends StreamContract {

    @Override
    protected MachineFixture fixture() {
        return new UpgradedFixture(new SimulatedFixture(1, Policy.RANDOM), new TlsUpgrade());
    }
}
