package net.pangea.sim.verbs;

import java.util.List;
import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Everybody finds its own neighbours. */
final class RoutingConverges implements Check {
    private static final Verb VERB = Verb.check(
            Shape.of(
                    "routing-converges",
                    "After the run every node that runs is asked for the closest to itself in the key space of the"
                            + " DHT, and names all of the twenty that really are, of those that run."),
            "{finally: [routing-converges]}",
            Place.EVENTUALLY,
            Place.FINALLY);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        return new Judge() {
            private long asked;
            private long wrong;
            private String first = "";

            @Override
            public boolean asksForNeighbours() {
                return true;
            }

            @Override
            public void neighbours(String machine, List<String> missing, String failure) {
                asked++;
                if ((!missing.isEmpty() || !failure.isEmpty()) && wrong++ == 0) {
                    first = machine
                            + (failure.isEmpty()
                                    ? ", which does not name " + String.join(" ", missing)
                                    : ", which does not answer: " + failure);
                }
            }

            @Override
            public Ruling rule(Ending ending) {
                if (asked < 2) {
                    return Ruling.fail("fewer than two machines ran at the end, so nothing was shown");
                }
                return wrong == 0
                        ? Ruling.pass("all " + asked + " nodes name their closest neighbours")
                        : Ruling.fail(wrong + " of " + asked + " nodes do not know their neighbours, first " + first);
            }
        };
    }
}
