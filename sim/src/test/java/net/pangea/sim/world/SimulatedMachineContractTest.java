package net.pangea.sim.world;

import net.pangea.machine.MachineContract;
import net.pangea.machine.MachineFixture;
import net.pangea.sim.engine.Policy;

/** {@link MachineContract} in virtual time. */
final class SimulatedMachineContractTest extends MachineContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }
}
