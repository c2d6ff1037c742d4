package net.pangea.sim.world;

import net.pangea.machine.MachineFixture;
import net.pangea.machine.TasksContract;
import net.pangea.sim.engine.Policy;

/** {@link TasksContract} in virtual time. */
final class SimulatedTasksTest extends TasksContract {

    @Override
    protected MachineFixture fixture() {
        return new SimulatedFixture(1, Policy.RANDOM);
    }
}
