package net.pangea.sim.verbs;

import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Stopped nodes leave nothing behind. */
final class NoLeaks implements Check {
    private static final Verb VERB = Verb.check(
            Shape.of("no-leaks", "Stopped nodes leave no connection, listener, file or task behind."),
            "{finally: [no-leaks]}",
            Place.FINALLY);

    @Override
    public Verb verb() {
        return VERB;
    }

    @Override
    public Judge judge(Arguments with, Expectation.Place place) {
        return ending -> ending.leaks().isEmpty()
                ? Ruling.pass("nothing left behind")
                : Ruling.fail(ending.leaks().size() + " left behind, first "
                        + ending.leaks().getFirst());
    }
}
