package net.pangea.sim.verbs;

import java.util.LinkedHashMap;
import java.util.Map;
import net.pangea.machine.Event;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.EventFields;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** The values of the DHT that point to owners' catalogues never go back. */
final class CatalogueMovesOn implements Check {
    private static final Verb VERB = Verb.check(
            Shape.of(
                    "catalogue-moves-on",
                    "The value of the DHT that points to an owner's catalogue never goes back: each is published under"
                            + " a higher number than the last, and what comes back from the network is no older than what"
                            + " was published."),
            "{always: [catalogue-moves-on]}",
            Place.ALWAYS);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        return new Judge() {
            private final Map<String, Long> newest = new LinkedHashMap<>();
            private long published;
            private long wrong;
            private String first = "";

            @Override
            public void event(String machine, Event event) {
                if (event.name().equals("catalogue-published")) {
                    published++;
                    long sequence = EventFields.of(event).number("sequence");
                    if (sequence <= newest.getOrDefault(machine, -1L)) {
                        report(machine, "published", sequence);
                    }
                    newest.merge(machine, sequence, Math::max);
                } else if (event.name().equals("catalogue-restored")) {
                    long sequence = EventFields.of(event).number("sequence");
                    if (sequence < newest.getOrDefault(machine, -1L)) {
                        report(machine, "restored", sequence);
                    }
                }
            }

            private void report(String machine, String what, long sequence) {
                if (wrong++ == 0) {
                    first = machine + " " + what + " number " + sequence + " after " + newest.get(machine);
                }
            }

            @Override
            public Standing standing() {
                return wrong == 0 ? Standing.OPEN : Standing.BROKEN;
            }

            @Override
            public Ruling rule(Ending ending) {
                if (wrong > 0) {
                    return Ruling.fail(wrong + " times a catalogue went back, first " + first);
                }
                return published == 0
                        ? Ruling.fail("no catalogue was ever published, so nothing was shown")
                        : Ruling.pass(
                                published + " published by " + newest.size() + " owners, each newer than the last");
            }
        };
    }
}
