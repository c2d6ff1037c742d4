package net.pangea.sim.verbs;

import net.pangea.sim.experiment.Check;
import net.pangea.sim.experiment.Ending;
import net.pangea.sim.experiment.GetDone;
import net.pangea.sim.experiment.Judge;
import net.pangea.sim.experiment.Ruling;
import net.pangea.sim.experiment.StorageFailure;
import net.pangea.sim.scenario.Arguments;
import net.pangea.sim.scenario.Expectation;
import net.pangea.sim.scenario.Expectation.Place;
import net.pangea.sim.scenario.Shape;
import net.pangea.sim.scenario.Verb;

/** Whatever was acknowledged can be read. */
final class AcknowledgedRetrievable implements Check {
    private static final Verb VERB = Verb.check(
            Shape.of(
                    "acknowledged-retrievable",
                    "Whatever was acknowledged can be read: at the end through some machine that runs, and under"
                            + " 'always' at every get too, except through machines that do not answer themselves."),
            "{always: [acknowledged-retrievable]}",
            Place.ALWAYS,
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
        return new Judge() {
            private long read;
            private long lost;
            private String first = "";

            @Override
            public void got(GetDone get) {
                boolean counts = get.last()
                        || (place == Place.ALWAYS
                                && get.result() instanceof GetDone.Result.Failed(StorageFailure.Kind kind, String _)
                                && kind == StorageFailure.Kind.REFUSED);
                if (!counts) {
                    return;
                }
                if (get.result() instanceof GetDone.Result.Same) {
                    read++;
                } else if (lost++ == 0) {
                    first = get.object().words() + " through " + get.node() + ": " + get.result();
                }
            }

            @Override
            public Standing standing() {
                return lost == 0 ? Standing.OPEN : Standing.BROKEN;
            }

            @Override
            public Ruling rule(Ending ending) {
                if (lost > 0) {
                    return Ruling.fail(lost + " reads of acknowledged files failed, first " + first);
                }
                return ending.acknowledged().isEmpty() && ending.deleted().isEmpty()
                        ? Ruling.fail("nothing was ever acknowledged, so nothing was shown")
                        : Ruling.pass("all " + read + " acknowledged files came back");
            }
        };
    }
}
