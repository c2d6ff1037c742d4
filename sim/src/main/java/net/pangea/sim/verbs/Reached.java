package net.pangea.sim.verbs;

import net.pangea.machine.Event;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Param;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Types;
import net.pangea.sim.scenario.Verb;

/** Some node emits an event. */
final class Reached implements Check {
    private static final Param<String> EVENT =
            Param.required("event", Types.name(), "The name of an event that nodes emit.");

    private static final Verb VERB = Verb.check(
            Shape.of("reached", "Some node emits an event: the story really went where it should.", EVENT),
            "{sometimes: [{reached: shard-rejected}]}",
            Place.SOMETIMES,
            Place.FINALLY);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        String name = with.get(EVENT);
        return new Judge() {
            private long times;

            @Override
            public void event(String machine, Event event) {
                if (event.name().equals(name)) {
                    times++;
                }
            }

            @Override
            public Standing standing() {
                return times == 0 ? Standing.OPEN : Standing.MET;
            }

            @Override
            public Ruling rule(Ending ending) {
                if (times > 0) {
                    return Ruling.pass(name + " " + times + " times");
                }
                return place == Place.SOMETIMES
                        ? Ruling.unreached(name + " never")
                        : Ruling.fail(name + " never happened");
            }
        };
    }
}
