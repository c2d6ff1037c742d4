package net.pangea.kad;

/**
 * How densely the key space is settled, as a {@link NetworkSize} has it: how far the {@link RoutingTable#K}-th closest peer
 * to a key usually is, as a fraction of the key space.
 *
 * @param usual in the latest lookups
 * @param least at the least, if the network has grown since
 */
public record Density(double usual, double least) {
    /** Of innocent neighbourhoods, at most one in so many looks too dense. */
    public static final int FALSE_ALARMS_ONE_IN = 1_000;

    /** Too dense is what is below this fraction of the usual: F(40, 40) at {@link #FALSE_ALARMS_ONE_IN}. */
    static final double DENSE_RATIO = 0.365;

    /** Sparse is what is above this multiple of the usual: one in ten neighbourhoods. It means nothing by itself. */
    static final double SPARSE_RATIO = 1.5;

    private static final double MEDIAN_OF_GAMMA = RoutingTable.K - 1.0 / 3;

    /** {@return about how many peers there are} */
    public long peers() {
        return Math.round(MEDIAN_OF_GAMMA / usual);
    }

    /** {@return whether chance puts the {@link RoutingTable#K}-th closest so close less than once in a thousand times} */
    boolean isTooDense(double reach) {
        return reach < DENSE_RATIO * least;
    }

    boolean isSparse(double reach) {
        return reach > SPARSE_RATIO * usual;
    }
}
