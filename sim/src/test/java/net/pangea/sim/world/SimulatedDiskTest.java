package net.pangea.sim.world;

import net.pangea.machine.DiskContract;
import net.pangea.machine.MachineFixture;
import net.pangea.sim.engine.Policy;

/** {@link DiskContract} in virtual time. */
final class SimulatedDiskTest extends DiskContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }
}
