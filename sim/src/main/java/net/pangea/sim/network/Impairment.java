package net.pangea.sim.network;

/**
 * What faults do to the packets that a host sends and receives, beside loss and latency. Shares are millionths.
 *
 * @param reorder packets that are held back for up to four more latencies
 * @param duplicate packets that arrive twice
 * @param loss packets that are damaged on their way, as the checksums of TCP and UDP tell: nobody takes them
 * @param damage packets in which a bit is turned without the checksums telling; those of QUIC are lost, as it has its own
 * @param upBytesPerSecond the most that is sent; 0 for no bound
 * @param downBytesPerSecond the most that is received; 0 for no bound
 * @param mtuBytes what an IP packet may take; larger ones vanish and nobody is told
 */
public record Impairment(
        int reorder,
        int duplicate,
        int loss,
        int damage,
        long upBytesPerSecond,
        long downBytesPerSecond,
        int mtuBytes) {

    /** Packets pass as the link lets them. */
    public static final Impairment NONE = new Impairment(0, 0, 0, 0, 0, 0, Integer.MAX_VALUE);

    private static final long MILLION = 1_000_000;

    /** {@return that packets overtake each other} */
    public static Impairment reorder(int perMillion) {
        return new Impairment(perMillion, 0, 0, 0, 0, 0, Integer.MAX_VALUE);
    }

    /** {@return that packets arrive twice} */
    public static Impairment duplicate(int perMillion) {
        return new Impairment(0, perMillion, 0, 0, 0, 0, Integer.MAX_VALUE);
    }

    /**
     * {@return that packets are damaged}
     *
     * @param unnoticedPerMillion of those, how many pass the checksums
     */
    public static Impairment corrupt(int perMillion, int unnoticedPerMillion) {
        int damage = (int) ((long) perMillion * unnoticedPerMillion / MILLION);
        return new Impairment(0, 0, perMillion - damage, damage, 0, 0, Integer.MAX_VALUE);
    }

    /** {@return that no more passes; 0 leaves a direction as it is} */
    public static Impairment throttle(long upBytesPerSecond, long downBytesPerSecond) {
        return new Impairment(0, 0, 0, 0, upBytesPerSecond, downBytesPerSecond, Integer.MAX_VALUE);
    }

    /** {@return that larger packets vanish} */
    public static Impairment mtu(int bytes) {
        return new Impairment(0, 0, 0, 0, 0, 0, bytes);
    }

    /** {@return what packets suffer that suffer both} */
    public Impairment and(Impairment other) {
        return new Impairment(
                Loss.ofBoth(reorder, other.reorder),
                Loss.ofBoth(duplicate, other.duplicate),
                Loss.ofBoth(loss, other.loss),
                Loss.ofBoth(damage, other.damage),
                slower(upBytesPerSecond, other.upBytesPerSecond),
                slower(downBytesPerSecond, other.downBytesPerSecond),
                Math.min(mtuBytes, other.mtuBytes));
    }

    /** {@return the lower of two rates, of which 0 is none} */
    static long slower(long one, long other) {
        return one == 0 || other == 0 ? Math.max(one, other) : Math.min(one, other);
    }
}
