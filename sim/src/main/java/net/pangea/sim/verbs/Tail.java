package net.pangea.sim.verbs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.GetDone;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** The slowest reads of one time stay near the usual ones of another. */
final class Tail implements Check {
    private static final Param<String> OF =
            Param.required("of", Types.name(), "The id of the workload whose 99th percentile is looked at.");
    private static final Param<String> MEDIAN_OF =
            Param.required("median-of", Types.name(), "The id of the workload whose median it is compared with.");
    private static final Param<Distribution> TIMES = Param.required(
            "times", Types.fixed(Dimension.COUNT).from("1").to("1000"), "It stays below so many times that median.");

    private static final Verb VERB = Verb.check(
            Shape.of(
                    "tail",
                    "The 99th percentile of one workload's reads stays below a multiple of the median of another's: what"
                            + " went wrong meanwhile is hardly felt.",
                    OF,
                    MEDIAN_OF,
                    TIMES),
            "{finally: [{tail: {of: slow-gets, median-of: calm-gets, times: 3}}]}",
            Place.FINALLY);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        return new Judge() {
            private final List<Long> slow = new ArrayList<>();
            private final List<Long> calm = new ArrayList<>();

            @Override
            public void got(GetDone get) {
                if (get.last() || !(get.result() instanceof GetDone.Result.Same)) {
                    return;
                }
                if (get.workload().equals(with.get(OF))) {
                    slow.add(get.tookNanos());
                }
                if (get.workload().equals(with.get(MEDIAN_OF))) {
                    calm.add(get.tookNanos());
                }
            }

            @Override
            public Ruling rule(Ending ending) {
                if (slow.isEmpty() || calm.isEmpty()) {
                    return Ruling.fail("no reads to compare: " + slow.size() + " of " + with.get(OF) + ", "
                            + calm.size() + " of " + with.get(MEDIAN_OF));
                }
                long tail = at(slow, 99);
                long median = at(calm, 50);
                String detail = "p99 " + Dimension.DURATION.format(tail) + " against a median of "
                        + Dimension.DURATION.format(median);
                return tail < Math.multiplyExact(median, with.number(TIMES))
                        ? Ruling.pass(detail)
                        : Ruling.fail(detail + ", to be below " + with.number(TIMES) + " times that");
            }
        };
    }

    /** The nearest rank. */
    private static long at(List<Long> nanos, int percent) {
        Collections.sort(nanos);
        return nanos.get(Math.ceilDiv(nanos.size() * percent, 100) - 1);
    }
}
