package net.pangea.sim.world;

import net.pangea.libp2p.HostContract;
import net.pangea.libp2p.Security;
import net.pangea.libp2p.TcpWire;
import net.pangea.libp2p.Wire;
import net.pangea.machine.MachineFixture;
import net.pangea.sim.engine.Policy;

/** {@link HostContract} in virtual time, with TLS. */
final class SimulatedTlsHostTest extends HostContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }

    @Override
    protected Wire wire() {
        return new TcpWire(Security.TLS);
    }
}
