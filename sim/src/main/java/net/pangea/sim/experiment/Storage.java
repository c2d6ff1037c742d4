package net.pangea.sim.experiment;

import net.pangea.machine.Machine;

/** Makes the client that speaks the nodes' protocol. */
@FunctionalInterface
public interface Storage {

    /** {@return a client on {@code machine}, which uses nothing but its network, its clock and its tasks} */
    StorageClient on(Machine machine);
}
