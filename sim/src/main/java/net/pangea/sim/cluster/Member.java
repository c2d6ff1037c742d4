package net.pangea.sim.cluster;

import net.pangea.machine.Endpoint;

/**
 * A machine of the cluster that runs a node.
 *
 * @param name its stable name, {@code group/number}
 * @param group the group of the scenario that it belongs to
 * @param endpoint where its node accepts clients, the same after every restart
 */
public record Member(String name, String group, Endpoint endpoint) {}
