package net.pangea.sim.world;

import net.pangea.machine.MachineFixture;
import net.pangea.sim.engine.Policy;
import net.pangea.store.LogStoreContract;

/** {@link LogStoreContract} in virtual time. */
final class SimulatedLogStoreTest extends LogStoreContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }
}
