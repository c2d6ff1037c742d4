package net.pangea.sim.network;

/**
 * How a host is attached to the network. What a packet meets is drawn from the sender's profile on its way out;
 * bandwidths are both ends' own.
 *
 * @param latency one way, from this host to another, beside what regions add
 * @param upBytesPerSecond 0 for no bound
 * @param downBytesPerSecond 0 for no bound
 * @param queueBytes how much may wait for the uplink before datagrams are dropped
 * @param loss packets lost per million
 * @param reorder datagrams per million that are held back for up to four more latencies
 * @param duplicate datagrams per million that arrive twice
 */
public record LinkProfile(
        Sampler latency,
        long upBytesPerSecond,
        long downBytesPerSecond,
        long queueBytes,
        int loss,
        int reorder,
        int duplicate) {

    /** A queue as home routers have them. */
    public static final long DEFAULT_QUEUE_BYTES = 256 * 1024;

    /** {@return a link with this latency, no bounds and no faults} */
    public static LinkProfile ideal(Sampler latency) {
        return new LinkProfile(latency, 0, 0, Long.MAX_VALUE, 0, 0, 0);
    }
}
