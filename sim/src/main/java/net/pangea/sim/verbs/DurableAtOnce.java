package net.pangea.sim.verbs;

import net.pangea.sim.experiment.Acknowledged;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.PutDone;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.experiment.ShardMap;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Dimension;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/**
 * An acknowledgment is not given early. It is the moment that counts: what is missing then, repair may have brought when the
 * run is over.
 */
final class DurableAtOnce implements Check {
    private static final Param<Distribution> COLUMNS = Param.required(
            "columns",
            Types.fixed(Dimension.COUNT).from("1").to("256"),
            "So many different shards of every stripe; of 8+4, a put promises 10.");

    private static final Verb VERB = Verb.check(
            Shape.of(
                    "durable-at-once",
                    "When a put is acknowledged, so many different shards of every stripe are on disks. The nodes'"
                            + " events say so, which those of real processes may do a moment after the user has the"
                            + " answer.",
                    COLUMNS),
            "{always: [{durable-at-once: {columns: 10}}]}",
            Place.ALWAYS);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        long wanted = with.number(COLUMNS);
        return new Judge() {
            private long puts;
            private long early;
            private String first = "";

            @Override
            public void put(PutDone put, ShardMap shards) {
                if (put.acknowledged().isEmpty()) {
                    return;
                }
                puts++;
                Acknowledged object = put.acknowledged().get();
                long durable = shards.fewest(object.handle().id(), _ -> true);
                if (durable < wanted && early++ == 0) {
                    first = object.words() + " with " + durable + " shards of a stripe";
                }
            }

            @Override
            public Standing standing() {
                return early == 0 ? Standing.OPEN : Standing.BROKEN;
            }

            @Override
            public Ruling rule(Ending ending) {
                if (early > 0) {
                    return Ruling.fail(early + " of " + puts + " puts were acknowledged early, first " + first);
                }
                return puts == 0
                        ? Ruling.fail("no put was ever acknowledged, so nothing was shown")
                        : Ruling.pass("all " + puts + " puts had " + wanted + " shards of every stripe on disks");
            }
        };
    }
}
