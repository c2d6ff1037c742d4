package net.pangea.sim.world;

import net.pangea.machine.MachineFixture;
import net.pangea.machine.QuicContract;
import net.pangea.sim.engine.Policy;

/** {@link QuicContract} in virtual time. */
final class SimulatedQuicTest extends QuicContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }
}
