package net.pangea.sim.scenario;

import java.util.List;

/**
 * What a fault that goes on for a time consists of: plain faults with their times, drawn before the run, so that the
 * resolved scenario lists them and a shrinker can take single ones away.
 */
@FunctionalInterface
public interface Unfolding {
    /** More parts of one entry are refused; drawing may stop behind it. */
    int PARTS_MAX = FaultPlan.OCCURRENCES_MAX;

    /**
     * {@return the plain faults}
     *
     * @param with the entry's keys, with the machines found
     * @param draws where its random streams come from
     */
    List<Part> unfold(Arguments with, Draws draws, long fromNanos, long untilNanos);

    /** {@return a time after another, however much later, without overflow} */
    static long later(long nanos, long by) {
        return Math.addExact(nanos, Math.min(by, Long.MAX_VALUE / 4));
    }

    /**
     * One plain fault.
     *
     * @param name what tells it from the others of its entry, of small letters, digits, hyphens and dots
     * @param atNanos since the start of the run
     */
    record Part(String name, long atNanos, Verb verb, Arguments arguments) {}
}
