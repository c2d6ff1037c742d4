package net.pangea.sim.world;

import net.pangea.libp2p.noise.NoiseUpgrade;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.StreamContract;
import net.pangea.machine.UpgradedFixture;
import net.pangea.sim.engine.Policy;

/** {@link StreamContract} of a Noise channel in virtual time. */
final class SimulatedNoiseStreamTest extends StreamContract {

    @Override
    protected MachineFixture fixture() {
        return new UpgradedFixture(new SimulatedFixture(1, Policy.RANDOM), new NoiseUpgrade());
    }
}
