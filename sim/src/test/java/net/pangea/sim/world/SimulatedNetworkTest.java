package net.pangea.sim.world;

import net.pangea.machine.MachineFixture;
import net.pangea.machine.NetworkContract;
import net.pangea.sim.engine.Policy;

/** {@link NetworkContract} in virtual time. */
final class SimulatedNetworkTest extends NetworkContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }
}
