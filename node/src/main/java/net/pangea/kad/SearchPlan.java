package net.pangea.kad;

import java.time.Duration;

/**
 * How a {@link Search} goes about it.
 *
 * @param wanted so many of the closest are to have answered
 * @param parallel so many requests at a time, in all
 * @param paths so many paths, which share no peer
 * @param askedMax so many requests on each path at most
 * @param reach peers farther away than this fraction of the key space are left out
 * @param evenly asks in each subtree beside the target in turn, rather than the closest first
 */
record SearchPlan(int wanted, int parallel, int paths, int askedMax, Duration timeout, double reach, boolean evenly) {
    /** The whole key space. */
    static final double EVERYWHERE = 1;
}
