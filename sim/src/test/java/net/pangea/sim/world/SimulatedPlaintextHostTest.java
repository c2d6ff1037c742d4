package net.pangea.sim.world;

import net.pangea.libp2p.HostContract;
import net.pangea.libp2p.Security;
import net.pangea.machine.MachineFixture;
import net.pangea.sim.engine.Policy;

/** {@link HostContract} in virtual time, unencrypted. */
final class SimulatedPlaintextHostTest extends HostContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }

    @Override
    protected Security security() {
        return Security.PLAINTEXT;
    }
}
