package net.pangea.sim.network.device;

import net.pangea.machine.Endpoint;

/**
 * The packets between two endpoints, both ways, as the device's own machine sees it.
 *
 * @param local at the machine
 * @param remote at the other side, as the machine sees it
 */
public record Flow(Protocol protocol, Endpoint local, Endpoint remote) {}
