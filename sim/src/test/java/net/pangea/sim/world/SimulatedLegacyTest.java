package net.pangea.sim.world;

import net.pangea.legacy.LegacyContract;
import net.pangea.libp2p.Security;
import net.pangea.machine.MachineFixture;
import net.pangea.sim.engine.Policy;

/** {@link LegacyContract} in virtual time. */
final class SimulatedLegacyTest extends LegacyContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }

    @Override
    protected Security security() {
        return Security.PLAINTEXT;
    }
}
