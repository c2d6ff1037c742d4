package net.pangea.sim.world;

import net.pangea.machine.MachineFixture;
import net.pangea.machine.StreamContract;
import net.pangea.sim.engine.Policy;

/** {@link StreamContract} in virtual time. */
final class SimulatedStreamTest extends StreamContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }
}
