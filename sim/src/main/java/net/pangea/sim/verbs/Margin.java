package net.pangea.sim.verbs;

import net.pangea.sim.experiment.Acknowledged;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Distribution;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Stripes are whole again. */
final class Margin implements Check {
    private static final Param<Distribution> AT_LEAST = Param.required(
            "at-least",
            Types.shardCount(),
            "So many different shards of every stripe, at the end, on machines that run.");

    private static final Verb VERB = Verb.check(
            Shape.of(
                    "margin",
                    "Every stripe of what was acknowledged has so many different shards on machines that run.",
                    Get.OF,
                    AT_LEAST),
            "{finally: [{margin: {of: photo, at-least: 12}}]}",
            Place.EVENTUALLY,
            Place.FINALLY);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public boolean holdsWithinBudget() {
        return true;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        long wanted = with.number(AT_LEAST);
        String name = with.get(Get.OF);
        return ending -> rule(ending, name, wanted);
    }

    private static Ruling rule(Ending ending, String name, long wanted) {
        long objects = 0;
        long thin = 0;
        long fewest = Long.MAX_VALUE;
        String first = "";
        for (Acknowledged object : ending.acknowledged()) {
            if (object.name().equals(name)) {
                objects++;
                long shards = ending.shards().fewest(object.handle().id(), ending.up()::contains);
                fewest = Math.min(fewest, shards);
                if (shards < wanted && thin++ == 0) {
                    first = object.words() + " with " + shards;
                }
            }
        }
        if (objects == 0) {
            return Ruling.fail("nothing was acknowledged as " + name + ", so nothing was shown");
        }
        return thin == 0
                ? Ruling.pass("all " + objects + " have at least " + fewest + " shards of every stripe")
                : Ruling.fail(
                        thin + " of " + objects + " have fewer than " + wanted + " shards of a stripe, first " + first);
    }
}
