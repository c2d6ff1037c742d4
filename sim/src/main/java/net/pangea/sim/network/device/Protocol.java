package net.pangea.sim.network.device;

/** What devices tell flows apart by, beside endpoints. QUIC is UDP to them. */
public enum Protocol {
    TCP,
    UDP
}
