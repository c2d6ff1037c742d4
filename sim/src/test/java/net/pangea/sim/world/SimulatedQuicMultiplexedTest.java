package net.pangea.sim.world;

import net.pangea.machine.Machine;
import net.pangea.machine.MachineFixture;
import net.pangea.machine.QuicMultiplexedContract;
import net.pangea.machine.QuicPair;
import net.pangea.sim.engine.Policy;

/** {@link QuicMultiplexedContract} in virtual time. */
final class SimulatedQuicMultiplexedTest extends QuicMultiplexedContract {
    private final SimulatedFixture fixture = new SimulatedFixture(1, Policy.RANDOM);

    @Override
    protected MachineFixture fixture() {
        return fixture;
    }

    @Override
    protected void silence(Machine a, Machine b, QuicPair pair) {
        fixture.cut();
    }
}
