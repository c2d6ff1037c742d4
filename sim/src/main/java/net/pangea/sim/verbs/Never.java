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

/** No node emits an event. */
final class Never implements Check {
    private static final Param<String> EVENT =
            Param.required("event", Types.name(), "The name of an event that nodes can emit.");

    private static final Verb VERB = Verb.check(
            Shape.of("never", "No node emits an event.", EVENT),
            "{always: [{never: {event: repair-started}}]}",
            Place.ALWAYS);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        String name = with.get(EVENT);
        return new Judge() {
            private long times;
            private String first = "";

            @Override
            public void event(String machine, Event event) {
                if (event.name().equals(name) && times++ == 0) {
                    first = machine;
                }
            }

            @Override
            public Standing standing() {
                return times == 0 ? Standing.OPEN : Standing.BROKEN;
            }

            @Override
            public Ruling rule(Ending ending) {
                return times == 0
                        ? Ruling.pass(name + " never happened")
                        : Ruling.fail(name + " happened " + times + " times, first on " + first);
            }
        };
    }
}
