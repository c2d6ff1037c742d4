package net.pangea.sim.world;

import net.pangea.machine.MachineFixture;
import net.pangea.machine.QuicStreamContract;
import net.pangea.sim.engine.Policy;

/** {@link QuicStreamContract} in virtual time. */
final class SimulatedQuicStreamTest extends QuicStreamContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }
}
