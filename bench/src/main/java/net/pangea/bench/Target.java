package net.pangea.bench;

import java.util.List;
import java.util.Optional;

/**
 * A figure of a race, and the least it should be.
 *
 * @param what names it
 * @param race where it is read off
 * @param work whose figure it is
 * @param to that it is divided by, the sum of their times; none for a speed in GB/s
 * @param least that it should be
 */
record Target(String what, Race race, String work, List<String> to, double least) {

    Target {
        to = List.copyOf(to);
    }

    /** {@return the figure, unless something that it needs did not run} */
    Optional<Double> figure() {
        if (to.isEmpty()) {
            return race.has(work) ? Optional.of(race.speed(work)) : Optional.empty();
        }
        return race.ratio(work, to);
    }

    boolean isMissed() {
        return figure().filter(figure -> figure < least).isPresent();
    }
}
