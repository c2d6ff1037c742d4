package net.pangea.sim.scenario;

/**
 * How a machine reaches the network. The way of a packet takes the latencies and jitters of both ends, and half of the
 * regions' round trip.
 *
 * @param name the link's name in the scenario
 * @param latencyNanos drawn for each packet
 * @param jitterNanos drawn for each packet and added
 * @param queueBytes what may wait for the way up before datagrams are lost
 */
public record LinkSpec(
        String name,
        long upBitsPerSecond,
        long downBitsPerSecond,
        Distribution latencyNanos,
        Distribution jitterNanos,
        int lossPerMillion,
        int reorderPerMillion,
        int duplicatePerMillion,
        long queueBytes) {}
