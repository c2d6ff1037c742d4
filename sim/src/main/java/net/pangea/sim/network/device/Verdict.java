package net.pangea.sim.network.device;

/** What a device does with a packet. */
public enum Verdict {
    PASS,
    /** It vanishes. */
    DROP,
    /** Its sender is told: a reset answers TCP. */
    REJECT
}
