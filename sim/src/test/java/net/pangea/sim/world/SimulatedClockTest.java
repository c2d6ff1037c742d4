package net.pangea.sim.world;

import net.pangea.machine.ClockContract;
import net.pangea.machine.MachineFixture;
import net.pangea.sim.engine.Policy;

/** {@link ClockContract} in virtual time. */
final class SimulatedClockTest extends ClockContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }
}
