package net.pangea.sim.network;

/**
 * How a host is attached to the network. A packet takes the way out of its sender, what their regions add, and the way
 * into its receiver; the sender's loss, reorder and duplicate count.
 *
 * @param out latency from the host into the network
 * @param in latency from the network to the host
 * @param upBytesPerSecond 0 for no bound
 * @param downBytesPerSecond 0 for no bound
 * @param queueBytes how much may wait for the uplink before datagrams are dropped
 * @param loss packets lost per million
 * @param reorder datagrams per million that are held back for up to four more latencies
 * @param duplicate datagrams per million that arrive twice
 */
public record LinkProfile(
        Sampler out,
        Sampler in,
        long upBytesPerSecond,
        long downBytesPerSecond,
        long queueBytes,
        int loss,
        int reorder,
        int duplicate) {

    /** A queue as home routers have them. */
    public static final long DEFAULT_QUEUE_BYTES = 256 * 1024;

    /** {@return a link with this latency on the way out, no bounds and no faults} */
    public static LinkProfile ideal(Sampler out) {
        return new LinkProfile(out, Sampler.NONE, 0, 0, Long.MAX_VALUE, 0, 0, 0);
    }
}
