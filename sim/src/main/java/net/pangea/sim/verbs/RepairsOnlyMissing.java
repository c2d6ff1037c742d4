package net.pangea.sim.verbs;

import java.util.Set;
import net.pangea.machine.Event;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.EventFields;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.experiment.ShardMap;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Repair leaves alone what is there. */
final class RepairsOnlyMissing implements Check {
    private static final Verb VERB = Verb.check(
            Shape.of(
                    "intact-untouched",
                    "No machine is given a shard anew that it holds intact: repair writes only what is missing."),
            "{always: [intact-untouched]}",
            Place.ALWAYS);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        return new Judge() {
            private long stored;
            private long again;
            private String first = "";

            @Override
            public void event(String machine, Event event, ShardMap before) {
                if (!event.name().equals("shard-stored")) {
                    return;
                }
                stored++;
                EventFields fields = EventFields.of(event);
                Set<String> holders =
                        before.holders(fields.text("object"), fields.number("segment"), fields.number("index"));
                if (holders.contains(machine) && again++ == 0) {
                    first = "shard " + fields.number("index") + " of segment " + fields.number("segment") + " on "
                            + machine;
                }
            }

            @Override
            public Standing standing() {
                return again == 0 ? Standing.OPEN : Standing.BROKEN;
            }

            @Override
            public Ruling rule(Ending ending) {
                return again == 0
                        ? Ruling.pass(stored + " shards stored, none over an intact one")
                        : Ruling.fail(again + " intact shards were stored again, first " + first);
            }
        };
    }
}
